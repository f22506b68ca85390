# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs named cases and writes a GoogleTest-style report where GTEST_OUTPUT=xml:DIR/ asks for one.

A case is a function; it fails by an exception (AssertionError with a sentence, usually) and is skipped by Skip.
"""
import os
import sys
import time
import traceback
import xml.etree.ElementTree as ET


class Skip(Exception):
    """The reason is printed and written into the report."""


def run_cases(suite_name, cases):
    """cases: (name, function) pairs, run in order. Gives the exit status."""
    suite = ET.Element("testsuite", name=suite_name)
    failed = 0
    for name, function in cases:
        begun = time.monotonic()
        case = ET.SubElement(suite, "testcase", name=name, classname=suite_name, status="run")
        word = "ok     "
        try:
            function()
        except Skip as reason:
            ET.SubElement(case, "skipped", message=str(reason))
            word = f"skipped ({reason})"
        except Exception as error:  # a case that breaks in any way has failed, and the others still run
            failed += 1
            ET.SubElement(case, "failure", message=str(error) or repr(error))
            word = "FAILED "
            traceback.print_exc(file=sys.stdout)
        case.set("time", f"{time.monotonic() - begun:.3f}")
        print(f"{word} {name} {time.monotonic() - begun:.1f} s", flush=True)
    target = os.environ.get("GTEST_OUTPUT", "")
    if target.startswith("xml:"):
        whole = ET.Element("testsuites")
        whole.append(suite)
        ET.ElementTree(whole).write(os.path.join(target[4:], suite_name + ".xml"))
    return 1 if failed else 0
