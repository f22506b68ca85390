#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every include and every link line and holds them against layers.txt. Names the offending line.

Rules: a layer includes only itself and the layers in its row; its CMake target links only those; from engine down no
Qt header and no Qt library; io and ui never meet; nothing under src includes from app; no file outside .ci speaks of a
folder beside the project. Sizes: no source file over the hard limit of lines.
`check_layers.py ROOT` exits 1 with one line per offence; `--self-test` proves that each rule can fail.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
QT_FREE = {"base", "codec", "sync", "series", "filter", "dialect", "protocol", "events", "engine", "gateway"}
QT_LINK = re.compile(r"\b(Qt6::\w+|qt6keychain)\b")
OUTSIDE = "/".join(("..", "shared"))  # what lies beside a checkout is not part of the project
HARD_LINES = 900
QML_HARD_LINES = 400


def read_rules(root):
    rules = {}
    for line in (root / "tests/arch/layers.txt").read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            layer, _, allowed = line.partition(":")
            rules[layer.strip()] = set(allowed.split())
    return rules


def check_includes(root, rules):
    for layer, allowed in rules.items():
        for path in sorted((root / "src" / layer).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                quoted, name = match.group(1) == '"', match.group(2)
                where = f"{path.relative_to(root)}:{number}"
                first = name.split("/")[0]
                if quoted and "/" in name and first in rules and first != layer and first not in allowed:
                    yield f"{where}: {layer} may not include {first} ({name})"
                if quoted and "/" in name and first == "app":
                    yield f"{where}: src may not include app ({name})"
                if layer in QT_FREE and re.match(r"^(Q[A-Z]\w*|Qt\w+/.*|qt6?keychain/.*)$", name):
                    yield f"{where}: {layer} is free of Qt ({name})"


def check_links(root, rules):
    for layer, allowed in rules.items():
        path = root / "src" / layer / "CMakeLists.txt"
        if not path.exists():
            yield f"src/{layer}: has a row in layers.txt but no CMakeLists.txt"
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            code = line.split("#")[0]
            where = f"{path.relative_to(root)}:{number}"
            if layer in QT_FREE and QT_LINK.search(code):
                yield f"{where}: {layer} is free of Qt ({QT_LINK.search(code).group(1)})"
            linked = set(re.findall(r"Watchglass::(\w+)", code)) | set(re.findall(r"\bwg_(\w+)", code)) - {"layer"}
            match = re.search(r"LAYERS((?:\s+[a-z]+)+)", code)
            if match:
                linked |= set(match.group(1).split())
            for other in sorted((linked & set(rules)) - allowed - {layer}):
                yield f"{where}: {layer} may not link {other}"


def check_rows(root, rules):
    for path in sorted((root / "src").iterdir()):
        if path.is_dir() and path.name not in rules:
            yield f"src/{path.name}: no row in tests/arch/layers.txt"
    order = []
    pending = dict(rules)
    while pending:
        ready = [layer for layer, allowed in pending.items() if allowed <= set(order)]
        if not ready:
            yield f"layers.txt: a cycle among {', '.join(sorted(pending))}"
            return
        order += ready
        for layer in ready:
            del pending[layer]


def tracked(root):
    try:
        out = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard"], capture_output=True, text=True, check=True)
        return [root / name for name in out.stdout.splitlines() if (root / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        return [path for path in root.rglob("*") if path.is_file()]


def check_files(root, _rules):
    for path in tracked(root):
        name = path.relative_to(root).as_posix()
        if path.suffix not in (".h", ".cpp", ".qml", ".py", ".txt", ".cmake", ".sh", ".md", ".mjs"):
            continue
        if name.startswith((".ci/", "tests/data/", "build")) or name == "tests/arch/check_layers.py":
            continue
        text = path.read_text(errors="replace")
        lines = text.splitlines()
        for number, line in enumerate(lines, 1):
            if OUTSIDE in line:
                yield f"{name}:{number}: speaks of a folder that is not part of the project"
        if path.suffix in (".h", ".cpp", ".qml", ".py", ".sh", ".mjs") and "SPDX-License-Identifier" not in text[:300]:
            yield f"{name}:1: the SPDX line is missing"
        limit = QML_HARD_LINES if path.suffix == ".qml" else HARD_LINES
        if path.suffix in (".h", ".cpp", ".qml") and len(lines) > limit:
            yield f"{name}: {len(lines)} lines, the hard limit is {limit}"


def offences(root):
    rules = read_rules(root)
    for check in (check_rows, check_includes, check_links, check_files):
        yield from check(root, rules)


def self_test():
    """Builds a small tree that breaks each rule once; every one must be named."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        files = {
            "tests/arch/layers.txt": "base:\nengine: base\nui: base engine\nio: base engine\n",
            "src/base/CMakeLists.txt": "wg_layer(base)\n",
            "src/base/a.h": '// SPDX-License-Identifier: x\n#include "engine/b.h"\n',
            "src/engine/CMakeLists.txt": "wg_layer(engine LAYERS base LIBS Qt6::Core)\n",
            "src/engine/b.h": "// SPDX-License-Identifier: x\n#include <QString>\n",
            "src/ui/CMakeLists.txt": "wg_layer(ui LAYERS base io)\n",
            "src/ui/c.cpp": '#include "io/d.h"\n',
            "src/io/CMakeLists.txt": "wg_layer(io LAYERS base)\n",
            "src/attic/e.h": "// SPDX-License-Identifier: x\n",
            "src/io/f.h": "// SPDX-License-Identifier: x\n" + "\n" * (HARD_LINES + 1),
            "README.md": f"see {OUTSIDE}\n",
        }
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = "\n".join(offences(root))
        wanted = ["base may not include engine", "engine is free of Qt (QString)", "engine is free of Qt (Qt6::Core)",
                  "ui may not link io", "ui may not include io", "src/attic: no row", "hard limit", "SPDX line is missing",
                  "not part of the project"]
        missing = [text for text in wanted if text not in found]
        for text in missing:
            print(f"self-test: the rule that says '{text}' did not fire")
        return 1 if missing else 0


def main():
    if len(sys.argv) == 2 and sys.argv[1] == "--self-test":
        return self_test()
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = list(offences(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
