#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ctest and sums up: GoogleTest programs count test by test, everything else counts as one.

Ends with one plain line `N passed, N failed` (and `, N skipped` where there were any); exit status 1 on a failure.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET


def run_ctest(build, results, args):
    env = dict(os.environ)
    env["GTEST_OUTPUT"] = f"xml:{results}/"
    env["GTEST_COLOR"] = "no"
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    env.setdefault("QT_QUICK_BACKEND", "software")
    if "XDG_RUNTIME_DIR" not in env:
        runtime = build / "runtime"
        runtime.mkdir(exist_ok=True)
        runtime.chmod(0o700)
        env["XDG_RUNTIME_DIR"] = str(runtime)
    command = ["ctest", "--test-dir", str(build), "--output-on-failure", "--output-junit", str(results / "ctest.junit"),
               "--no-tests=error", "-j", str(args.jobs)]
    if args.only:
        command += ["-R", args.only]
    if args.label:
        command += ["-L", args.label]
    return subprocess.run(command, env=env, check=False).returncode


def gtest_counts(path):
    """(passed, failed, skipped, names of the failed) of one GoogleTest report."""
    passed = failed = skipped = 0
    names = []
    for case in ET.parse(path).getroot().iter("testcase"):
        if case.find("failure") is not None:
            failed += 1
            names.append(f"{case.get('classname')}.{case.get('name')}")
        elif case.find("skipped") is not None or case.get("result") == "skipped" or case.get("status") == "notrun":
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped, names


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--only")
    parser.add_argument("--label")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    args = parser.parse_args()
    build = args.build.resolve()
    results = build / "test-results"
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir()

    status = run_ctest(build, results, args)
    passed = failed = skipped = 0
    failures = []
    junit = results / "ctest.junit"
    if not junit.exists():
        print("No test was run: ctest wrote no report.")
        print("0 passed, 1 failed")
        return 1
    for case in ET.parse(junit).getroot().iter("testcase"):
        name = case.get("name")
        ok = case.get("status") == "run"
        was_skipped = case.get("status") in ("notrun", "disabled") or case.find("skipped") is not None
        report = results / f"{re.sub('[^A-Za-z0-9_.-]', '_', name)}.xml"
        if report.exists():
            p, f, s, names = gtest_counts(report)
            if not ok and f == 0:  # it crashed or ran out of time after (or between) its tests
                f, names = 1, [f"{name} (ended abnormally)"]
            passed, failed, skipped = passed + p, failed + f, skipped + s
            failures += names
        elif was_skipped:
            skipped += 1
        elif ok:
            passed += 1
        else:
            failed += 1
            failures.append(name)
    if status != 0 and failed == 0:
        failed, failures = 1, [f"ctest itself ended with {status}"]
    for name in failures:
        print(f"FAILED {name}")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
