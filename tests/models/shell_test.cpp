// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"
#include "support/fixture_link.h"
#include "ui/app/gui_watch.h"
#include "ui/app/session.h"
#include "ui/firstrun/first_run_model.h"
#include "ui/overview/overview_model.h"
#include "ui/theme/icon_provider.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QDir>
#include <QMetaProperty>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <map>

namespace wg::ui {
namespace {

constexpr double kNow = 1'700'000'000'000;

class MemoryPreferences final : public PreferenceStore {
public:
    [[nodiscard]] QString value(const QString& name) const override { return kept.count(name) ? kept.at(name) : QString(); }
    void set(const QString& name, const QString& value) override { kept[name] = value; }
    std::map<QString, QString> kept;
};

class FakeDemo final : public DemoGateway {
public:
    [[nodiscard]] std::vector<DemoResource> resources() const override
    {
        return {{"orders", "orders-demo", "Orders API", engine::Transport::WebSocket, "1,200 keys", 40},
                {"stocks", "stocks-demo", "Stock ticker", engine::Transport::Sse, "64 symbols", 200}};
    }
    Result<std::string> start(bool faults) override
    {
        ++starts;
        withFaults = faults;
        if (failure.code != ErrorCode::None)
            return failure;
        return std::string("http://127.0.0.1:8787");
    }
    [[nodiscard]] bool isRunning() const override { return starts > 0; }
    Error failure{ErrorCode::None, {}, {}};
    int starts = 0;
    bool withFaults = false;
};

struct Bench {
    Bench()
    {
        Theme::instance()->setMode(Theme::Mode::Dark);
        Tokens::instance()->setScale(1);
    }
    ~Bench()
    {
        Theme::instance()->setMode(Theme::Mode::Dark);
        Tokens::instance()->setScale(1);
    }
    test::FixtureLink link;
    FakeDemo demo;
    MemoryPreferences preferences;
    template <typename Command>
    [[nodiscard]] std::vector<Command> posted() const
    {
        std::vector<Command> found;
        for (const auto& command : link.commands())
            if (const auto* each = std::get_if<Command>(&command))
                found.push_back(*each);
        return found;
    }
};

TEST(FrameClock, TicksEvery250MsWithoutFramesAndFasterWhileAViewFollows)
{
    FrameClock clock;
    QSignalSpy ticks(&clock, &FrameClock::tick);
    QTest::qWait(1100);
    EXPECT_GE(ticks.count(), 2);
    EXPECT_LE(ticks.count(), 5);
    clock.setFollowing(true);
    ticks.clear();
    QTest::qWait(1000);
    EXPECT_GT(ticks.count(), 4);
    EXPECT_LE(ticks.count(), 11);
}

TEST(Session, ReadsEachPublicationOnceAndAsksForTheRange)
{
    Bench bench;
    Session session({&bench.link, nullptr, nullptr, &bench.demo, &bench.preferences});
    ASSERT_EQ(bench.posted<engine::SetSeriesRange>().size(), 1u);
    EXPECT_EQ(bench.posted<engine::SetSeriesRange>()[0].rangeS, 900);
    QSignalSpy published(&session, &Session::published), series(&session, &Session::seriesPublished);
    emit session.clock().tick();
    EXPECT_EQ(published.count(), 0) << "nothing new";
    auto publication = test::mockPublication(kNow);
    bench.link.publish(publication);
    emit session.clock().tick();
    emit session.clock().tick();
    EXPECT_EQ(published.count(), 1);
    EXPECT_EQ(series.count(), 1);
    auto next = std::make_shared<engine::Publication>(*publication);
    bench.link.publish(next); // the same series
    emit session.clock().tick();
    EXPECT_EQ(published.count(), 2);
    EXPECT_EQ(series.count(), 1);
    session.shell()->setRangeIndex(0);
    EXPECT_EQ(bench.posted<engine::SetSeriesRange>().back().rangeS, 300);
}

TEST(ShellModel, KeepsWhatWasChosen)
{
    Bench bench;
    {
        ShellModel shell(&bench.preferences);
        shell.setRangeIndex(2);
        shell.cycleTheme();
        shell.stepScale(1);
    }
    EXPECT_EQ(bench.preferences.kept.at("range_s"), "3600");
    EXPECT_EQ(bench.preferences.kept.at("theme"), "light");
    Theme::instance()->setMode(Theme::Mode::Dark);
    Tokens::instance()->setScale(1);
    ShellModel again(&bench.preferences);
    EXPECT_EQ(again.rangeS(), 3600);
    EXPECT_FALSE(Theme::instance()->isDark());
    EXPECT_NEAR(Tokens::instance()->scale(), 1.1, 1e-9);
}

TEST(ShellModel, UnknownPagesAndRangesChangeNothing)
{
    ShellModel shell(nullptr);
    shell.setPage("no-such-page");
    EXPECT_EQ(shell.page(), "overview");
    shell.setRangeIndex(99);
    EXPECT_EQ(shell.rangeS(), 900);
    shell.showPage(3);
    EXPECT_EQ(shell.page(), "subscriptions");
}

TEST(HealthModel, SaysTheFiguresOfTheStatusBar)
{
    HealthModel health;
    health.read(*test::mockPublication(kNow));
    const auto text = [&](const char* name) { return health.property(name).toString(); };
    EXPECT_EQ(text("liveOfTotal"), "8/12");
    EXPECT_EQ(text("rate"), "1,842");
    EXPECT_EQ(text("p95"), "84");
    EXPECT_EQ(text("gapsAndResyncs"), "3 gaps, 2 resyncs");
    EXPECT_EQ(text("events"), "1,648,220");
    EXPECT_EQ(text("evictedNote"), "");
    const auto states = health.states();
    ASSERT_LE(states.size(), 4);
    EXPECT_EQ(states.first().toMap().value("text").toString(), "8 live");
    EXPECT_EQ(states.last().toMap().value("state").toString(), "retrying") << "the worst stands last";
}

TEST(HealthModel, EvictionsAreSaidNeverSilent)
{
    auto publication = test::mockPublication(kNow);
    publication->log.evicted = 12'345;
    HealthModel health;
    health.read(*publication);
    EXPECT_TRUE(health.property("evictedNote").toString().contains("12,345 evicted"));
}

TEST(HealthModel, AnEmptyEngineHasNoFiguresToShow)
{
    HealthModel health;
    health.read(*test::emptyPublication(kNow));
    EXPECT_EQ(health.property("liveOfTotal").toString(), "0/0");
    EXPECT_EQ(health.property("p95").toString(), "–");
    EXPECT_EQ(health.property("memory").toString(), "0 / 512 MB");
    EXPECT_EQ(health.property("liveState").toString(), "closed");
    EXPECT_TRUE(health.states().isEmpty());
}

TEST(FirstRun, AnAddressThatCannotBeUsedGivesASentenceAndAddsNothing)
{
    Bench bench;
    Session session({&bench.link, nullptr, nullptr, &bench.demo, &bench.preferences});
    FirstRunModel model;
    model.setProperty("session", QVariant::fromValue(&session));
    for (const char* bad : {"", "   ", "not a url", "ftp://host/x", "https://user:secret@host/x", "https://"}) {
        const QString problem = model.connectTo(QString::fromLatin1(bad));
        EXPECT_FALSE(problem.isEmpty()) << bad;
        EXPECT_FALSE(problem.contains("secret"));
    }
    EXPECT_TRUE(bench.posted<engine::AddWatch>().empty());
    EXPECT_EQ(model.connectTo(" wss://host.example/v1/orders "), "");
    ASSERT_EQ(bench.posted<engine::AddWatch>().size(), 1u);
    EXPECT_EQ(bench.posted<engine::AddWatch>()[0].spec.url(), "wss://host.example/v1/orders");
}

TEST(FirstRun, TheDemoAddsTheChosenConnectionsOnceAndSaysItsFaults)
{
    Bench bench;
    Session session({&bench.link, nullptr, nullptr, &bench.demo, &bench.preferences});
    FirstRunModel model;
    model.setProperty("session", QVariant::fromValue(&session));
    model.setProperty("withFaults", false);
    model.setOn(0, false);
    EXPECT_EQ(model.startDemo(), "");
    ASSERT_EQ(bench.posted<engine::AddWatch>().size(), 1u);
    const auto spec = bench.posted<engine::AddWatch>()[0].spec;
    EXPECT_EQ(spec.connection.name, "stocks-demo");
    EXPECT_EQ(spec.url(), "http://127.0.0.1:8787/v1/stocks/watch");
    EXPECT_EQ(spec.route.transports, std::vector{engine::Transport::Sse});
    EXPECT_FALSE(bench.demo.withFaults);
    EXPECT_EQ(model.startDemo(), "");
    EXPECT_EQ(bench.posted<engine::AddWatch>().size(), 1u) << "what is there already is left as it is";
    bench.demo.failure = {ErrorCode::Io, "Port 8787 cannot be used.", "Close what uses it."};
    EXPECT_EQ(model.startDemo(), "Port 8787 cannot be used. Close what uses it.");
}

TEST(OverviewModel, FillsTilesAndPicturesAndStandsStillWhilePaused)
{
    Bench bench;
    Session session({&bench.link, nullptr, nullptr, &bench.demo, &bench.preferences});
    OverviewModel model;
    model.setSession(&session);
    EXPECT_FALSE(model.hasWatches());
    bench.link.publish(test::mockPublication(kNow));
    emit session.clock().tick();
    EXPECT_TRUE(model.hasWatches());
    QSignalSpy lanes(&model, &OverviewModel::lanesFed);
    ASSERT_TRUE(lanes.wait(2000));
    const auto* tile = model.tiles().at(1).value<KpiTile*>();
    EXPECT_EQ(tile->value, "1,842");
    EXPECT_EQ(tile->lead, "\u25b2 6.1 %");
    const auto picture = model.property("latencyPicture").value<ChartPicturePtr>();
    ASSERT_TRUE(picture);
    session.shell()->setPaused(true);
    bench.link.publish(test::mockPublication(kNow + 5000));
    emit session.clock().tick();
    QTest::qWait(200);
    EXPECT_EQ(model.property("latencyPicture").value<ChartPicturePtr>(), picture);
    session.shell()->setPaused(false);
    ASSERT_TRUE(lanes.wait(2000));
    EXPECT_NE(model.property("latencyPicture").value<ChartPicturePtr>(), picture);
    const auto reading = model.readingAt(OverviewModel::LatencyChart, picture->beginWall + 60'000);
    EXPECT_EQ(reading.value("rows").toList().size(), 3);
    model.retry(4);
    ASSERT_EQ(bench.posted<engine::RetryWatch>().size(), 1u);
    EXPECT_EQ(bench.posted<engine::RetryWatch>()[0].id, 4u);
}

TEST(Theme, EveryColourIsThereInBothModesAndASwitchIsOneSignal)
{
    Bench bench;
    for (const auto mode : {Theme::Mode::Dark, Theme::Mode::Light}) {
        QSignalSpy changed(Theme::instance(), &Theme::changed);
        Theme::instance()->setMode(mode);
        EXPECT_EQ(changed.count(), 1);
        const QMetaObject& meta = Theme::staticMetaObject;
        for (int i = meta.propertyOffset(); i < meta.propertyCount(); ++i) {
            if (meta.property(i).metaType().id() == QMetaType::QColor) {
                EXPECT_TRUE(meta.property(i).read(Theme::instance()).value<QColor>().isValid()) << meta.property(i).name();
            }
        }
    }
    EXPECT_EQ(Theme::instance()->bgCanvas, QColor("#F2F4F6"));
}

TEST(Tokens, ScaleMultipliesLengthsAndLeavesHairlines)
{
    Bench bench;
    auto* tokens = Tokens::instance();
    EXPECT_EQ(tokens->control, 28);
    tokens->setScale(1.5);
    EXPECT_EQ(tokens->control, 42);
    EXPECT_EQ(tokens->borderHairline, 1);
    EXPECT_EQ(tokens->body.pixelSize(), 20);
    tokens->setScale(9);
    EXPECT_EQ(tokens->scale(), 2.0) << "the largest there is";
}

TEST(Icons, EveryIconIsDrawnInTheColourAskedFor)
{
    const auto names = QDir(":/watchglass/icons").entryList({"*.svg"});
    ASSERT_GE(names.size(), 71);
    for (const QString& file : names) {
        const QImage image = renderIcon(file.chopped(4), QColor("#FF0000"), 32);
        int inked = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() < 200)
                    continue;
                ++inked;
                EXPECT_GT(pixel.red(), 200) << file.toStdString();
                EXPECT_LT(pixel.green() + pixel.blue(), 60) << file.toStdString();
            }
        EXPECT_GT(inked, 8) << file.toStdString();
    }
}

} // namespace
} // namespace wg::ui
