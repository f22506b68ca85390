#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs `watchglassctl state` against a server that misbehaves in every way of the fault table and holds the copy against the truth.

run_scenarios.py CTL [--only NAME] [--transport T] [--jobs N] [--verbose]
Writes a GoogleTest-style report where GTEST_OUTPUT=xml:DIR/ asks for one, so each case counts as one test.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET

from rude_server import RudeServer
from scenarios import SCENARIOS

COUNTED = ("applied", "bookmarks", "stale", "duplicate", "ignored", "undecodable")


def run_writer(scenario, server):
    if not server.watching.wait(20):
        return
    time.sleep(0.15)
    for n in range(scenario.writes):
        scenario.write(server, n)
        time.sleep(scenario.write_gap)


def run_client(ctl, scenario, server, transport, token_file):
    command = [ctl, "state", server.url, "--transport", transport, "--max-time", f"{scenario.max_s:g}s", *scenario.args]
    if scenario.exit_code == 0:
        command += ["--quiet-after", "2.5s"]
        if "--heartbeat" not in scenario.args:
            command += ["--heartbeat", "1"]
    if scenario.client_token:
        command += ["--token-file", token_file]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=scenario.max_s + 30, check=False)
    except subprocess.TimeoutExpired as error:
        return subprocess.CompletedProcess(command, 124, (error.stdout or b"").decode(), (error.stderr or b"").decode())


def compare(state, truth):
    """Sentences about where the copy differs from the truth."""
    copy = state["items"]
    wanted = {item["id"]: item for item in truth["items"]}
    for key in sorted(set(wanted) - set(copy))[:3]:
        yield f"key {key} is missing"
    for key in sorted(set(copy) - set(wanted))[:3]:
        yield f"key {key} should be gone"
    for key in sorted(set(copy) & set(wanted)):
        if copy[key]["object"] != wanted[key]["object"]:
            yield f"key {key} is {json.dumps(copy[key]['object'])[:200]}, not {json.dumps(wanted[key]['object'])[:200]}"
            return
        if copy[key]["version"] != str(wanted[key]["version"]):
            yield f"key {key} has version {copy[key]['version']}, not {wanted[key]['version']}"
            return


def problems(scenario, server, transport, done):
    if scenario.exit_code is not None and done.returncode != scenario.exit_code:
        yield f"exit {done.returncode}, not {scenario.exit_code}"
    if scenario.exit_code and len(done.stderr.strip()) < 30:
        yield "no sentence on stderr"
    try:
        state = json.loads(done.stdout)
    except ValueError:
        yield "stdout is not one JSON object"
        return
    counters = state["counters"]
    if counters["received"] != sum(counters[name] for name in COUNTED):
        yield f"the counters do not add up: {counters}"
    if scenario.expect_items:
        if state["state"] != "live":
            yield f"the state is {state['state']}, not live"
        yield from compare(state, server.world.snapshot())
    yield from scenario.check(state, server, transport)


def run_one(ctl, kind, transport):
    scenario = kind()
    server = RudeServer(scenario.faults, scenario.world, scenario.token)
    with tempfile.TemporaryDirectory() as folder:
        token_file = os.path.join(folder, "token")

        def put_token(text):
            with open(token_file + ".new", "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(token_file + ".new", token_file)
        put_token(scenario.client_token or "")
        server.on_token = put_token
        threading.Thread(target=run_writer, args=(scenario, server), daemon=True).start()
        begun = time.monotonic()
        done = run_client(ctl, scenario, server, transport, token_file)
        try:
            found = list(problems(scenario, server, transport, done))
        except (KeyError, TypeError, AttributeError) as error:
            found = [f"the state lacks a field: {error!r}"]
        server.stop()
    return scenario.name, transport, time.monotonic() - begun, found, done


def write_report(results):
    target = os.environ.get("GTEST_OUTPUT", "")
    name = os.environ.get("WG_TEST_NAME", "rude_scenarios")
    if not target.startswith("xml:"):
        return
    suite = ET.Element("testsuites")
    inner = ET.SubElement(suite, "testsuite", name=name)
    for scenario, transport, seconds, found, _ in results:
        case = ET.SubElement(inner, "testcase", name=f"{scenario}/{transport}", classname=name, time=f"{seconds:.3f}", status="run")
        for text in found:
            ET.SubElement(case, "failure", message=text)
    ET.ElementTree(suite).write(os.path.join(target[4:], name + ".xml"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ctl")
    parser.add_argument("--only")
    parser.add_argument("--transport")
    parser.add_argument("--jobs", type=int, default=6)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    work = [(kind, transport) for kind in SCENARIOS for transport in kind.transports
            if (not args.only or args.only == kind.__name__) and (not args.transport or args.transport == transport)]
    results = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        futures = [pool.submit(run_one, args.ctl, kind, transport) for kind, transport in work]
        for future in concurrent.futures.as_completed(futures):
            result = future.result()
            results.append(result)
            scenario, transport, seconds, found, done = result
            print(f"{'FAILED' if found else 'ok    '} {scenario}/{transport} {seconds:.1f} s", flush=True)
            for text in found:
                print(f"       {text}")
            if found or args.verbose:
                print("       stderr: " + done.stderr.strip().replace("\n", "\n               ")[-1500:])
                print("       stdout: " + done.stdout[:600].strip())
    write_report(results)
    failed = sum(1 for result in results if result[3])
    print(f"{len(results) - failed} of {len(results)} scenarios hold")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
