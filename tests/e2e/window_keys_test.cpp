// SPDX-License-Identifier: GPL-3.0-or-later
// The keys that work everywhere, in the real window on made-up figures.
#include "scene.h"
#include "support/fixture_link.h"
#include "ui/app/window_engine.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QDateTime>
#include <QTest>
#include <gtest/gtest.h>

namespace wg {
namespace {

using namespace test;

class WindowKeys : public testing::Test {
protected:
    void SetUp() override
    {
        show(mockPublication(static_cast<double>(QDateTime::currentMSecsSinceEpoch())));
        ASSERT_TRUE(m_engine.load(1440, 900));
        m_window = m_engine.window();
        m_window->requestActivate();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window));
    }
    void TearDown() override
    {
        ui::Theme::instance()->setMode(ui::Theme::Mode::Dark);
        ui::Tokens::instance()->setScale(1);
    }
    void show(std::shared_ptr<engine::Publication> publication)
    {
        m_link.publish(std::move(publication));
        emit m_session.clock().tick();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(m_window, key, modifiers); }
    [[nodiscard]] QString focusName() const { return m_window->activeFocusItem() ? m_window->activeFocusItem()->objectName() : QString(); }

    FixtureLink m_link;
    ui::Session m_session{{&m_link, nullptr, nullptr, nullptr, nullptr}};
    ui::WindowEngine m_engine{m_session};
    QQuickWindow* m_window = nullptr;
};

TEST_F(WindowKeys, ControlAndANumberShowThePagesInRailOrder)
{
    const auto& pages = ui::ShellModel::pages();
    for (int i = static_cast<int>(pages.size()) - 1; i >= 0; --i) {
        if (!m_session.shell()->isBuilt(QStringLiteral("%1/%2Page.qml").arg(pages[i], pages[i].left(1).toUpper() + pages[i].mid(1))))
            continue;
        press(static_cast<Qt::Key>(Qt::Key_1 + i), Qt::ControlModifier);
        EXPECT_EQ(m_session.shell()->page(), pages[i]);
        EXPECT_TRUE(waitUntil([&] { return itemNamed(m_window, "page-" + pages[i]) != nullptr; }));
    }
}

TEST_F(WindowKeys, SpacePausesAndResumesButNotInATextField)
{
    press(Qt::Key_Space);
    EXPECT_TRUE(m_session.shell()->isPaused());
    press(Qt::Key_Space);
    EXPECT_FALSE(m_session.shell()->isPaused());
    press(Qt::Key_Slash);
    ASSERT_EQ(focusName(), "connectionsFilter");
    press(Qt::Key_Space);
    EXPECT_FALSE(m_session.shell()->isPaused());
}

TEST_F(WindowKeys, SlashFocusesTheFilterAndEscapeClearsIt)
{
    press(Qt::Key_Slash);
    ASSERT_EQ(focusName(), "connectionsFilter");
    for (const auto key : {Qt::Key_S, Qt::Key_T, Qt::Key_A, Qt::Key_L, Qt::Key_E})
        press(key);
    EXPECT_EQ(m_session.shell()->connectionFilter(), "stale");
    EXPECT_TRUE(waitUntil([&] { return showsText(m_window, "1 of 12, needs attention first"); }));
    press(Qt::Key_Escape);
    EXPECT_EQ(m_session.shell()->connectionFilter(), "");
}

TEST_F(WindowKeys, F6GoesThroughTheRegionsAndBack)
{
    const auto region = [&] {
        for (QQuickItem* item = m_window->activeFocusItem(); item; item = item->parentItem())
            if (item->objectName() == "rail" || item->objectName().startsWith("page-"))
                return item->objectName();
        return QStringLiteral("top");
    };
    const QString first = region();
    press(Qt::Key_F6);
    const QString second = region();
    press(Qt::Key_F6);
    const QString third = region();
    EXPECT_NE(first, second);
    EXPECT_NE(second, third);
    press(Qt::Key_F6);
    EXPECT_EQ(region(), first);
    press(Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(region(), third);
}

TEST_F(WindowKeys, ThemeAndScaleChangeAtOnce)
{
    const QColor before = m_window->color();
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_FALSE(ui::Theme::instance()->isDark());
    EXPECT_NE(m_window->color(), before);
    press(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_NEAR(ui::Tokens::instance()->scale(), 1.1, 1e-9);
    press(Qt::Key_Minus, Qt::ControlModifier);
    press(Qt::Key_Minus, Qt::ControlModifier);
    EXPECT_NEAR(ui::Tokens::instance()->scale(), 0.9, 1e-9);
    press(Qt::Key_0, Qt::ControlModifier);
    EXPECT_NEAR(ui::Tokens::instance()->scale(), 1.0, 1e-9);
}

TEST_F(WindowKeys, QuestionMarkOpensTheListOfKeys)
{
    QTest::keyClick(m_window, '?');
    EXPECT_TRUE(waitUntil([&] { return showsText(m_window, "Keyboard"); }));
    press(Qt::Key_Escape);
    EXPECT_TRUE(waitUntil([&] { return !showsText(m_window, "Keyboard"); }));
}

TEST_F(WindowKeys, ConnectDialogSaysWhatIsWrongWithAnAddress)
{
    press(Qt::Key_N, Qt::ControlModifier);
    ASSERT_TRUE(waitUntil([&] { return showsText(m_window, "Connect to a route") && focusName() == "connectDialogUrl"; }));
    for (const char letter : std::string("nonsense"))
        QTest::keyClick(m_window, letter);
    const auto before = m_link.commands().size();
    press(Qt::Key_Return);
    EXPECT_EQ(m_link.commands().size(), before);
    EXPECT_EQ(focusName(), "connectDialogUrl") << "it stays open";
    QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
    for (const char letter : std::string("wss://host.example/v1/orders"))
        QTest::keyClick(m_window, letter);
    press(Qt::Key_Return);
    EXPECT_GT(m_link.commands().size(), before);
    EXPECT_TRUE(waitUntil([&] { return focusName() != "connectDialogUrl"; }));
}

TEST_F(WindowKeys, ArrowsMoveThroughTheConnectionsAndTheSentenceOfTheSelectedOneShows)
{
    QQuickItem* list = itemNamed(m_window, "connectionsList");
    ASSERT_TRUE(list);
    list->forceActiveFocus(Qt::TabFocusReason);
    press(Qt::Key_Down);
    EXPECT_EQ(list->property("currentIndex").toInt(), 0);
    EXPECT_TRUE(waitUntil([&] { return showsPart(m_window, "billing-hooks: The connection was reset by the server."); }));
    EXPECT_TRUE(showsText(m_window, "Retry now"));
    press(Qt::Key_End);
    EXPECT_EQ(list->property("currentIndex").toInt(), 11);
    press(Qt::Key_Home);
    EXPECT_EQ(list->property("currentIndex").toInt(), 0);
    press(Qt::Key_Escape);
    EXPECT_EQ(list->property("currentIndex").toInt(), -1);
}

TEST_F(WindowKeys, WithNothingWatchedTheFirstRunIsShown)
{
    show(emptyPublication(static_cast<double>(QDateTime::currentMSecsSinceEpoch())));
    EXPECT_TRUE(waitUntil([&] { return showsText(m_window, "Nothing is being watched yet"); }));
    EXPECT_TRUE(showsText(m_window, "No connections"));
    press(Qt::Key_N, Qt::ControlModifier);
    EXPECT_EQ(focusName(), "connectUrl");
}

} // namespace
} // namespace wg
