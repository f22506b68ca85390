#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules of the QML that no compiler checks. Usage: check_qml.py QML_FOLDER. Prints FILE:LINE: what is wrong.

Outside theme/: no literal colour, no literal size or duration (0, 1, 2, -1 and 0.5 are arithmetic, not measures).
Everywhere: plain text only, no default-styled controls, a licence line first, at most 250 lines a file.
"""
import pathlib
import re
import sys
import tempfile

ALLOWED_NUMBERS = {"0", "1", "2", "-1", "0.5"}
# Words whose number is not a length: counts and positions in lists, maths, versions.
NOT_A_MEASURE = re.compile(r"^\s*(import|pragma|case)\b|\bMath\.pow\b|\btoFixed\(|\.slice\(|\.substring\(|columnWidth\(\d+\)|\bcolumn:\s*\d+|"
                           r"\bmodel:\s*\d+\b|\bcolumns:\s*\d+\b|Qt\.Key_|\.includes\(|\.at\(|Slot \{ column|sequence|\bwg-count\b")
TEXT_TYPES = re.compile(r"(?<![\w.])(Text|Label|TextEdit)\s*\{")
HARD_LIMIT = 250


def bare(line: str) -> str:
    """The line without its strings and comments."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)
    return re.sub(r"//.*", "", line)


def problems(path: pathlib.Path, root: pathlib.Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    in_theme = path.relative_to(root).parts[0] == "theme"
    if not lines or "SPDX-License-Identifier: GPL-3.0-or-later" not in lines[0]:
        yield 1, "no licence line"
    if len(lines) > HARD_LIMIT:
        yield len(lines), f"{len(lines)} lines, the limit is {HARD_LIMIT}"
    for number, raw in enumerate(lines, 1):
        line = bare(raw)
        if re.search(r"import QtQuick\.Controls", line):
            yield number, "default-styled controls: use QtQuick.Templates and the Wg controls"
        if TEXT_TYPES.search(line):
            block = "\n".join(lines[number - 1:number + 12])
            if "Text.PlainText" not in block and "TextEdit.PlainText" not in block:
                yield number, "a text that is not Text.PlainText: use WgText"
        if in_theme:
            continue
        code = re.sub(r"(?<!:)//.*", "", raw)
        if re.search(r'"#[0-9A-Fa-f]{3,8}"', code) or re.search(r"\bQt\.(rgba|hsla|hsva|lighter|darker)\(", line):
            yield number, "a literal colour: take it from Theme"
        if re.search(r'[cC]olor:\s*"(?!transparent")[a-z]', code):
            yield number, "a named colour: take it from Theme"
        if NOT_A_MEASURE.search(raw):
            continue
        for literal in re.findall(r"(?<![\w.#])-?\d+(?:\.\d+)?(?![\w.])", line):
            if literal.lstrip("-") not in ALLOWED_NUMBERS and literal not in ALLOWED_NUMBERS:
                yield number, f"literal {literal}: name it in theme/Measures.qml or take it from Tokens"


BAD = """// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick.Controls
Item {
    Text { text: outside }
    Rectangle { color: "#123456" }
    Rectangle { color: "red"; width: 37 }
    Timer { interval: 250 }
}
"""
GOOD = """// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
Item {
    WgText { text: outside }
    Rectangle { color: "transparent"; width: Tokens.row * 2 } // 37 in a comment, "#123456" too
}
"""


def self_test() -> int:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "page").mkdir()
        (root / "page" / "Bad.qml").write_text(BAD, encoding="utf-8")
        (root / "page" / "Good.qml").write_text(GOOD, encoding="utf-8")
        bad = [line for line, _ in problems(root / "page" / "Bad.qml", root)]
        good = list(problems(root / "page" / "Good.qml", root))
    if bad != [2, 4, 5, 6, 6, 7] or good:
        print(f"the checker itself is wrong: {bad} {good}")
        return 1
    print("the checker finds what it must")
    return 0


def main() -> int:
    if sys.argv[1] == "--self-test":
        return self_test()
    root = pathlib.Path(sys.argv[1])
    files = sorted(root.rglob("*.qml"))
    if not files:
        print(f"{root}: no QML files")
        return 1
    bad = 0
    for path in files:
        for number, what in problems(path, root):
            print(f"{path}:{number}: {what}")
            bad += 1
    print(f"{len(files)} files, {bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
