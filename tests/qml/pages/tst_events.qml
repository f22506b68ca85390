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
        EventsPage { anchors.fill: parent }
    }

    TestCase {
        name: "EventsPage"
        when: windowShown

        function init() {
            fixture.start(false);
            root.page = factory.createObject(root, { session: fixture.session });
            root.page.forceActiveFocus();
            fixture.tick();
        }
        function cleanup() {
            root.page.destroy();
            root.page = null;
            wait(0);
        }
        function rows() { return findChild(root.page, "eventRows"); }
        function inspector() { return findChild(root.page, "payloadTree"); }

        function test_theTableHasTheFocusAndFillsTheWindow() {
            verify(rows().activeFocus);
            verify(!fixture.session.shell.isPaused);
        }
        function test_arrowsAndLettersMoveAndPause_data() {
            return [{ tag: "down", key: Qt.Key_Down }, { tag: "up", key: Qt.Key_Up }, { tag: "J", key: Qt.Key_J },
                    { tag: "K", key: Qt.Key_K }, { tag: "page up", key: Qt.Key_PageUp }, { tag: "home", key: Qt.Key_Home },
                    { tag: "end", key: Qt.Key_End }];
        }
        function test_arrowsAndLettersMoveAndPause(data) {
            keyClick(data.key);
            verify(fixture.session.shell.isPaused);
            verify(findChild(root.page, "pausedPill").visible);
            verify(root.page.isInspectorShown);
        }
        function test_escapeClearsTheSelectionThenTheFilter() {
            keyClick(Qt.Key_Down);
            verify(root.page.isInspectorShown);
            keyClick(Qt.Key_Escape);
            verify(!root.page.isInspectorShown);
            findChild(root.page, "filterField").text = "latency > 10";
            rows().forceActiveFocus();
            keyClick(Qt.Key_Escape);
            compare(findChild(root.page, "filterField").text, "");
        }
        function test_enterOpensTheInspectorAndEscapeComesBack() {
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            verify(inspector().activeFocus);
            keyClick(Qt.Key_Down);
            compare(inspector().currentIndex, 0);
            keyClick(Qt.Key_Escape);
            verify(rows().activeFocus);
        }
        function test_altSwitchesTheInspectorTabs() {
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_2, Qt.AltModifier);
            compare(root.page.inspectorTab, 1);
            verify(findChild(root.page, "payloadRaw").visible);
            keyClick(Qt.Key_1, Qt.AltModifier);
            verify(inspector().visible);
        }
        function test_nGoesToTheNextMarkerAndShiftNBack() {
            tryVerify(() => { fixture.tick(); keyClick(Qt.Key_N, Qt.ShiftModifier); return root.page.isInspectorShown; });
            verify(!findChild(root.page, "payloadTree").visible);
        }
        function test_theFilterIsReachedByTheKeySaysWhatIsWrongAndIsLeftByEnter() {
            fixture.session.shell.askFilter();
            const field = findChild(root.page, "filterField");
            verify(field.activeFocus);
            for (const c of "latency >")
                keyClick(c);
            const verdict = findChild(root.page, "filterVerdict");
            verify(verdict.text !== "Valid");
            for (const c of " 50")
                keyClick(c);
            compare(verdict.text, "Valid");
            keyClick(Qt.Key_Return);
            verify(rows().activeFocus);
        }
        function test_fFiltersByTheKeyOfTheRow() {
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_F);
            verify(findChild(root.page, "filterField").text.startsWith("key == \""));
        }
        function test_aClickSelectsTheRowUnderIt() {
            mouseClick(rows(), 200, 100);
            verify(root.page.isInspectorShown);
            verify(rows().activeFocus);
        }
        function test_theWheelScrollsBackAndPauses() {
            mouseWheel(rows(), 100, 100, 0, 120);
            verify(fixture.session.shell.isPaused);
        }
        function test_thePillResumes() {
            keyClick(Qt.Key_Up);
            fixture.appendEvents(7);
            const pill = findChild(root.page, "pausedPill");
            tryVerify(() => { fixture.tick(); return pill.text === "7 new events"; });
            mouseClick(pill);
            verify(!fixture.session.shell.isPaused);
            verify(!pill.visible);
        }
        function test_quickFiltersAndMarkersToggle() {
            const chip = findChild(root.page, "gapsOnly");
            mouseClick(chip);
            verify(chip.checked);
            const box = findChild(root.page, "showMarkers");
            mouseClick(box);
            verify(!box.checked);
        }
        function test_tabLeavesTheFilterField() {
            fixture.session.shell.askFilter();
            keyClick(Qt.Key_Tab);
            verify(!findChild(root.page, "filterField").activeFocus);
        }
    }
}
