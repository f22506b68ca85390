// SPDX-License-Identifier: GPL-3.0-or-later
// Every control: works by mouse and by keyboard, has a name for a screen reader, shows its focus, obeys enabled.
import QtQuick
import QtTest
import Watchglass

Item {
    id: root
    width: 800
    height: 600

    TestCase {
        name: "Button"
        when: windowShown
        Component { id: button; WgButton { text: "Export" } }
        SignalSpy { id: clicked; signalName: "clicked" }
        function make(properties) {
            const item = createTemporaryObject(button, root, properties ?? {});
            clicked.target = item;
            clicked.clear();
            return item;
        }
        function test_clickedByMouse() {
            const item = make();
            mouseClick(item);
            compare(clicked.count, 1);
        }
        function test_clickedByKeys_data() { return [{ key: Qt.Key_Space }, { key: Qt.Key_Return }, { key: Qt.Key_Enter }]; }
        function test_clickedByKeys(row) {
            const item = make();
            item.forceActiveFocus(Qt.TabFocusReason);
            keyClick(row.key);
            compare(clicked.count, 1);
        }
        function test_disabledDoesNothing() {
            const item = make({ enabled: false });
            mouseClick(item);
            compare(clicked.count, 0);
            compare(item.ink, Theme.textDisabled);
        }
        function test_hasAName() {
            compare(make().Accessible.name, "Export");
            compare(make({ text: "", iconName: "close", tip: "Dismiss" }).Accessible.name, "Dismiss");
        }
        function test_sizes() {
            compare(make().implicitHeight, Tokens.control);
            compare(make({ size: WgButton.Small }).implicitHeight, Tokens.controlSmall);
            compare(make({ size: WgButton.Large }).implicitHeight, Tokens.controlLarge);
            const square = make({ text: "", iconName: "close", tip: "Dismiss" });
            compare(square.implicitWidth, square.implicitHeight);
        }
        function test_ringShowsForTheKeyboard() {
            const item = make();
            item.forceActiveFocus(Qt.TabFocusReason);
            verify(item.visualFocus);
            verify(hasRing(item));
            const clickedOne = make();
            mouseClick(clickedOne);
            verify(clickedOne.activeFocus);
            verify(!hasRing(clickedOne));
        }
        function hasRing(item) {
            for (let i = 0; i < item.background.children.length; ++i)
                if (item.background.children[i].isShown === true && item.background.children[i].visible)
                    return true;
            return false;
        }
        function test_tipAppears() {
            const item = make({ tip: "Save as CSV" });
            mouseMove(item, 5, 5);
            tryVerify(() => item.hovered);
        }
    }

    TestCase {
        name: "TextField"
        when: windowShown
        Component { id: field; WgTextField { width: 200; placeholderText: "Filter" } }
        function test_typing() {
            const item = createTemporaryObject(field, root);
            mouseClick(item);
            verify(item.activeFocus);
            for (const key of [Qt.Key_A, Qt.Key_B])
                keyClick(key);
            compare(item.text, "ab");
        }
        function test_nameIsTheLabelOrThePlaceholder() {
            compare(createTemporaryObject(field, root).Accessible.name, "Filter");
            compare(createTemporaryObject(field, root, { label: "Address" }).Accessible.name, "Address");
        }
        function test_stateColours() {
            const item = createTemporaryObject(field, root, { isInvalid: true });
            compare(item.background.children[0].border.color, Theme.errorFg);
            const locked = createTemporaryObject(field, root, { readOnly: true });
            compare(locked.background.children[0].border.color, Theme.borderHairline);
        }
        function test_fitsItsText() {
            const item = createTemporaryObject(field, root, { suffix: "ms", iconName: "search" });
            verify(item.leftPadding > Tokens.icon);
            verify(item.rightPadding > Tokens.space2);
        }
    }

    TestCase {
        name: "Select"
        when: windowShown
        Component { id: select; WgSelect { model: ["One", "Two", "Three"]; label: "Count" } }
        SignalSpy { id: activated; signalName: "activated" }
        function test_byKeyboard() {
            const item = createTemporaryObject(select, root);
            activated.target = item;
            activated.clear();
            item.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Down);
            compare(item.currentIndex, 1);
            keyClick(Qt.Key_Space);
            tryVerify(() => item.popup.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            tryVerify(() => !item.popup.opened);
            compare(item.currentIndex, 2);
            compare(item.displayText, "Three");
            verify(activated.count >= 1);
        }
        function test_escapeChangesNothing() {
            const item = createTemporaryObject(select, root);
            item.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            tryVerify(() => item.popup.opened);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !item.popup.opened);
            compare(item.currentIndex, 0);
        }
        function test_name() { compare(createTemporaryObject(select, root).Accessible.name, "Count: One"); }
    }

    TestCase {
        name: "Segmented"
        when: windowShown
        Component {
            id: segmented
            WgSegmented {
                label: "Live or paused"
                options: [{ text: "Live", icon: "state-live", hue: "ok" }, { text: "Paused", icon: "state-paused" }]
                onChosen: index => currentIndex = index
            }
        }
        function test_arrowsMove() {
            const item = createTemporaryObject(segmented, root);
            item.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(item.currentIndex, 1);
            keyClick(Qt.Key_Right);
            compare(item.currentIndex, 1);
            keyClick(Qt.Key_Left);
            compare(item.currentIndex, 0);
        }
        function test_clickChooses() {
            const item = createTemporaryObject(segmented, root);
            mouseClick(item, item.width - 10, item.height / 2);
            compare(item.currentIndex, 1);
        }
        function test_name() { compare(createTemporaryObject(segmented, root).Accessible.name, "Live or paused"); }
    }

    TestCase {
        name: "Toggles"
        when: windowShown
        Component { id: switchControl; WgSwitch { text: "Add faults" } }
        Component { id: checkBox; WgCheckBox { text: "Orders" } }
        Component { id: chip; WgChip { text: "Stale"; count: "22" } }
        function test_toggle_data() {
            return [{ tag: "switch", part: switchControl, name: "Add faults" }, { tag: "check", part: checkBox, name: "Orders" },
                    { tag: "chip", part: chip, name: "Stale, 22" }];
        }
        function test_toggle(row) {
            const item = createTemporaryObject(row.part, root);
            compare(item.Accessible.name, row.name);
            verify(!item.checked);
            mouseClick(item, 5, item.height / 2);
            verify(item.checked);
            compare(item.Accessible.checked, true);
            item.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            verify(!item.checked);
            keyClick(Qt.Key_Return);
            verify(item.checked);
            item.enabled = false;
            mouseClick(item, 5, item.height / 2);
            verify(item.checked);
            verify(item.height >= Tokens.hitTargetMin, "a target to hit of 24");
        }
    }

    TestCase {
        name: "States"
        when: windowShown
        Component { id: state; WgStateTag {} }
        Component { id: tag; WgTag { text: "3 unsaved"; iconName: "edit"; hue: "warn" } }
        function test_everyStateHasShapeWordAndHue() {
            for (const vocabulary of [Tokens.state, Tokens.freshness, Tokens.severity]) {
                for (const name of Object.keys(vocabulary)) {
                    const item = createTemporaryObject(state, root, { stateName: name, vocabulary: vocabulary });
                    compare(item.Accessible.name, vocabulary[name].word);
                    compare(item.children[0].name, vocabulary[name].icon);
                    tryCompare(item.children[0], "status", Image.Ready);
                    compare(item.ink, Theme.hue[vocabulary[name].hue].fg);
                }
            }
        }
        function test_anUnknownStateIsShownAsClosed() {
            compare(createTemporaryObject(state, root, { stateName: "no-such-state" }).text, Tokens.state["closed"].word);
        }
        function test_tag() {
            const item = createTemporaryObject(tag, root);
            compare(item.Accessible.name, "3 unsaved");
            compare(item.color, Theme.warnTint);
        }
        function test_themeSwitchIsInstant() {
            const item = createTemporaryObject(state, root, { stateName: "live" });
            const before = item.ink.toString();
            Theme.mode = Theme.Light;
            verify(item.ink.toString() !== before);
            Theme.mode = Theme.Dark;
            compare(item.ink.toString(), before);
        }
    }

    TestCase {
        name: "Text"
        when: windowShown
        Component { id: text; WgText {} }
        function test_hostileTextIsShownAsItIs() {
            const hostile = "<img src='http://127.0.0.1:9/x.png'><b>bold</b>";
            const item = createTemporaryObject(text, root, { text: hostile });
            compare(item.textFormat, Text.PlainText);
            const plain = createTemporaryObject(text, root, { text: "x".repeat(hostile.length) });
            verify(item.implicitWidth > plain.implicitWidth / 2, "the marks themselves are drawn");
            compare(item.resources.length, 0);
        }
    }

    TestCase {
        name: "Dialog"
        when: windowShown
        Component {
            id: dialog
            WgDialog {
                property bool isAllowed: true
                title: "Resync orders-us?"
                message: "Loads 18,204 keys."
                confirmText: "Resync now"
                function mayConfirm(): bool { return isAllowed; }
            }
        }
        SignalSpy { id: accepted; signalName: "accepted" }
        SignalSpy { id: rejected; signalName: "rejected" }
        function open(properties) {
            const item = createTemporaryObject(dialog, root, properties ?? {});
            accepted.target = rejected.target = item;
            accepted.clear();
            rejected.clear();
            item.open();
            tryVerify(() => item.opened);
            return item;
        }
        function test_theSafeButtonHasTheFocus() {
            open();
            keyClick(Qt.Key_Return);
            compare(rejected.count, 1);
            compare(accepted.count, 0);
        }
        function test_escapeCancels() {
            const item = open();
            keyClick(Qt.Key_Escape);
            tryVerify(() => !item.opened);
            compare(accepted.count, 0);
        }
        function test_confirmingMayBeHeldBack() {
            const item = open({ isAllowed: false });
            item.confirm();
            compare(accepted.count, 0);
            verify(item.opened);
            item.isAllowed = true;
            item.confirm();
            compare(accepted.count, 1);
        }
    }

    TestCase {
        name: "Notice"
        when: windowShown
        Component { id: notice; WgNotice { text: "Theme: dark" } }
        SignalSpy { id: dismissed; signalName: "dismissed" }
        function test_aCriticalOneStays() {
            const item = createTemporaryObject(notice, root, { severity: "error" });
            dismissed.target = item;
            verify(item.isSticky);
            compare(item.Accessible.name, "Theme: dark");
        }
    }

    TestCase {
        name: "TableHeader"
        when: windowShown
        Component {
            id: header
            WgTableHeader {
                width: 400
                columns: [{ title: "State", width: 100 }, { title: "Route", width: 0, sort: "route" }, { title: "Up", width: 50, isRight: true }]
            }
        }
        SignalSpy { id: sorted; signalName: "sortAsked" }
        function test_theFlexibleColumnTakesWhatIsLeft() {
            const item = createTemporaryObject(header, root);
            compare(item.columnWidth(0), 100);
            compare(item.columnWidth(1), 250);
            item.width = 600;
            compare(item.columnWidth(1), 450);
        }
        function test_onlyASortableColumnSorts() {
            const item = createTemporaryObject(header, root);
            sorted.target = item;
            sorted.clear();
            mouseClick(item, 20, 10);
            compare(sorted.count, 0);
            mouseClick(item, 150, 10);
            compare(sorted.count, 1);
            compare(sorted.signalArguments[0][0], "route");
        }
    }
}
