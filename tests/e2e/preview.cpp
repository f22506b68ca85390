// SPDX-License-Identifier: GPL-3.0-or-later
// watchglass-preview: the real window on made-up figures, for a look at a page without engine or network.
#include "support/fixture_link.h"
#include "support/mock_connections.h"
#include "support/mock_events.h"
#include "ui/app/gui_watch.h"
#include "ui/app/screenshot.h"
#include "ui/app/session.h"
#include "ui/app/window_engine.h"
#include "ui/theme/theme.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QQuickWindow>
#include <QTimer>

/// What the demo would serve; starting it is no part of a preview.
class MockDemo final : public wg::ui::DemoGateway {
public:
    std::vector<wg::ui::DemoResource> resources() const override
    {
        using wg::engine::Transport;
        return {{"orders", "orders-demo", "Orders API", Transport::WebSocket, "1,200 keys", 40},
                {"stocks", "stocks-demo", "Stock ticker", Transport::Sse, "64 symbols", 200},
                {"pods", "pods-demo", "Kubernetes pods", Transport::Ndjson, "180 pods", 6},
                {"sensors", "sensors-demo", "IoT sensors", Transport::LongPoll, "96 sensors", 25}};
    }
    wg::Result<std::string> start(bool) override
    {
        return wg::Error{wg::ErrorCode::Unavailable, "A preview has no gateway to start.", {}};
    }
    bool isRunning() const override { return false; }
};

int main(int argc, char** argv)
{
    wg::ui::WatchedApplication app(argc, argv);
    wg::ui::loadFonts();
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("theme"), QString(), QStringLiteral("t"), QStringLiteral("dark")},
                       {QStringLiteral("page"), QString(), QStringLiteral("p"), QStringLiteral("overview")},
                       {QStringLiteral("out"), QString(), QStringLiteral("file")},
                       {QStringLiteral("width"), QString(), QStringLiteral("w"), QStringLiteral("1440")},
                       {QStringLiteral("height"), QString(), QStringLiteral("h"), QStringLiteral("900")},
                       {QStringLiteral("after"), QString(), QStringLiteral("ms"), QStringLiteral("1500")},
                       {QStringLiteral("empty"), QString()}});
    parser.process(app);
    wg::test::FixtureLink link;
    const auto publish = [&] {
        const auto now = static_cast<double>(QDateTime::currentMSecsSinceEpoch());
        link.publish(parser.isSet(QStringLiteral("empty")) ? wg::test::emptyPublication(now) : wg::test::mockPublication(now));
    };
    publish();
    const auto isEmpty = parser.isSet(QStringLiteral("empty"));
    if (!isEmpty)
        link.answerResources();
    if (!isEmpty)
        wg::test::appendMockEvents(link.log(), 60'000, static_cast<double>(QDateTime::currentMSecsSinceEpoch()));
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, publish);
    timer.start(1000);
    wg::ui::SessionParts parts;
    parts.engine = &link;
    MockDemo demo;
    parts.demo = &demo;
    wg::ui::Session session(parts);
    if (!isEmpty)
        wg::test::addMockConnections(session.book());
    wg::ui::Theme::instance()->setMode(*wg::ui::Theme::modeFromText(parser.value(QStringLiteral("theme"))));
    session.shell()->setPage(parser.value(QStringLiteral("page")));
    wg::ui::WindowEngine window(session);
    if (!window.load(parser.value(QStringLiteral("width")).toInt(), parser.value(QStringLiteral("height")).toInt()))
        return 1;
    if (parser.isSet(QStringLiteral("out")))
        wg::ui::screenshotAndQuit(window.window(), parser.value(QStringLiteral("out")), parser.value(QStringLiteral("after")).toInt());
    const int code = app.exec();
    qInfo("longest block of the GUI thread %.1f ms (%s), %llu over the limit", wg::ui::GuiWatch::instance().longestMs(),
          qPrintable(wg::ui::GuiWatch::instance().longestWhere()),
          static_cast<unsigned long long>(wg::ui::GuiWatch::instance().overLimit()));
    return code;
}
