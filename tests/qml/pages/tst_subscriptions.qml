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
        SubscriptionsPage { anchors.fill: parent }
    }

    TestCase {
        name: "SubscriptionsPage"
        when: windowShown

        function start(isEmpty) {
            fixture.start(isEmpty);
            root.page = factory.createObject(root, { session: fixture.session });
            root.page.forceActiveFocus();
        }
        function init() { start(false); }
        function cleanup() {
            root.page.destroy();
            root.page = null;
            wait(0);
        }
        function child(name) { return findChild(root.page, name); }
        function type(text) {
            for (const c of text)
                keyClick(c);
        }

        function test_arrowsMoveThroughConnectionsAndPastGroups() {
            const tree = child("subscriptionTree");
            verify(tree.activeFocus);
            compare(tree.currentIndex, 1);
            for (let i = 0; i < 3; ++i)
                keyClick(Qt.Key_Down);
            compare(tree.currentIndex, 5);
            keyClick(Qt.Key_Right);
            keyClick(Qt.Key_J);
            compare(tree.currentIndex, 6);
            compare(child("pathField").text, "/v1/quotes");
            keyClick(Qt.Key_K);
            compare(tree.currentIndex, 5);
        }
        function test_anUnsavedChangeIsMarkedAndAskedAbout() {
            const field = child("nameField");
            field.forceActiveFocus();
            type("x");
            verify(field.isChanged);
            compare(child("unsavedTag").text, "1 unsaved");
            child("subscriptionTree").forceActiveFocus();
            keyClick(Qt.Key_Down);
            const question = findChild(root.page, "discardQuestion");
            tryVerify(() => question.opened);
            question.reject();
            compare(child("subscriptionTree").currentIndex, 1);
            keyClick(Qt.Key_Down);
            tryVerify(() => question.opened);
            question.accept();
            compare(child("subscriptionTree").currentIndex, 2);
            verify(!child("unsavedTag").visible);
        }
        function test_ctrlSSavesAndGoesToTheFieldThatIsWrong() {
            const url = child("urlField");
            url.forceActiveFocus();
            url.selectAll();
            type("nonsense");
            verify(url.isInvalid);
            child("nameField").forceActiveFocus();
            keyClick(Qt.Key_S, Qt.ControlModifier);
            verify(url.activeFocus);
            compare(fixture.posted("update"), 0);
            url.selectAll();
            type("https://host.example");
            verify(!url.isInvalid);
            keyClick(Qt.Key_S, Qt.ControlModifier);
            compare(fixture.posted("update"), 1);
            verify(!child("unsavedTag").visible);
        }
        function test_aNewConnectionIsTypedAndSaved() {
            mouseClick(child("addConnection"));
            const url = child("urlField");
            verify(url.activeFocus);
            const before = fixture.posted("add");
            type("http://127.0.0.1:8787/v1/orders");
            keyClick(Qt.Key_S, Qt.ControlModifier);
            compare(fixture.posted("add"), before + 1);
        }
        function test_transportsAreOrderedByTheKeyboard() {
            const mode = child("transportMode");
            mode.forceActiveFocus();
            keyClick(Qt.Key_Right);
            const sse = child("transport-sse");
            sse.forceActiveFocus();
            keyClick(Qt.Key_Left, Qt.ControlModifier);
            compare(child("transport-sse").index, 0);
            compare(child("transport-ws").index, 1);
            child("transport-poll").forceActiveFocus();
            keyClick(Qt.Key_Space);
            verify(!child("transport-poll").isOn);
        }
        function test_bearerShowsATokenFieldOfDots() {
            const mode = child("authMode");
            mode.forceActiveFocus();
            keyClick(Qt.Key_Right);
            const token = child("tokenField");
            verify(token.visible);
            compare(token.echoMode, TextInput.Password);
        }
        function test_removeIsUndoneByCtrlZ() {
            const before = fixture.posted("add");
            mouseClick(child("removeButton"));
            compare(fixture.posted("remove"), 1);
            verify(child("undoNotice").visible);
            child("subscriptionTree").forceActiveFocus();
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            compare(fixture.posted("add"), before + 1);
            verify(!child("undoNotice").visible);
        }
        function test_theSwitchTurnsTheWatchOffAndOn() {
            const box = child("enabledSwitch");
            box.forceActiveFocus();
            keyClick(Qt.Key_Space);
            compare(fixture.posted("enable"), 1);
            verify(!box.checked);
        }
        function test_findNarrowsTheTree() {
            fixture.session.shell.askFilter();
            verify(child("subscriptionFinder").activeFocus);
            type("trades");
            compare(child("subscriptionTree").count, 3);
            keyClick(Qt.Key_Escape);
            verify(child("subscriptionTree").count > 3);
        }
        function test_withNothingWatchedThePageOffersToConnect() {
            root.page.destroy();
            wait(0);
            start(true);
            verify(!child("urlField").visible);
        }
    }
}
