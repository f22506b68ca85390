// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtTest
import Watchglass

Item {
    id: root
    width: 1360
    height: 820
    property var page: null
    Component {
        id: factory
        ResourcesPage { anchors.fill: parent }
    }

    TestCase {
        name: "ResourcesPage"
        when: windowShown

        function init() {
            fixture.start(false);
            root.page = factory.createObject(root, { session: fixture.session });
            root.page.forceActiveFocus();
            settle();
        }
        function cleanup() {
            root.page.destroy();
            root.page = null;
            wait(0);
        }
        function settle() {
            for (let i = 0; i < 3; ++i) {
                wait(1);
                fixture.tick();
            }
        }
        function rows() { return findChild(root.page, "resourceRows"); }

        function test_arrowsSelectAndShowTheDetail() {
            verify(rows().activeFocus);
            keyClick(Qt.Key_Down);
            settle();
            verify(root.page.isDetailShown);
            keyClick(Qt.Key_Return);
            verify(findChild(root.page, "payloadTree").activeFocus);
            keyClick(Qt.Key_Escape);
            verify(!root.page.isDetailShown);
            verify(rows().activeFocus);
        }
        function test_pageAndEndMoveFurther_data() {
            return [{ tag: "page down", key: Qt.Key_PageDown }, { tag: "end", key: Qt.Key_End }, { tag: "J", key: Qt.Key_J }];
        }
        function test_pageAndEndMoveFurther(data) {
            keyClick(data.key);
            settle();
            verify(root.page.isDetailShown);
        }
        function test_rResyncsTheWatch() {
            keyClick(Qt.Key_R);
            compare(fixture.posted("resync"), 1);
        }
        function test_rDoesNothingInTheSearchField() {
            fixture.session.shell.askFilter();
            verify(findChild(root.page, "resourceFinder").activeFocus);
            keyClick(Qt.Key_R);
            compare(findChild(root.page, "resourceFinder").text, "r");
            compare(fixture.posted("resync"), 0);
            keyClick(Qt.Key_Escape);
            compare(findChild(root.page, "resourceFinder").text, "");
        }
        function test_theButtonRetriesWhereTheWatchWaits() {
            const select = findChild(root.page, "watchSelect");
            select.forceActiveFocus();
            for (let i = 0; i < 3; ++i)
                keyClick(Qt.Key_Down);
            settle();
            compare(findChild(root.page, "resyncButton").text, "Retry now");
            mouseClick(findChild(root.page, "resyncButton"));
            compare(fixture.posted("retry"), 1);
        }
    }
}
