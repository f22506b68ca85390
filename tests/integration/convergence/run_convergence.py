#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""watchglassctl state against the gateway with every --chaos fault on, and over stops and restarts: the copy ends exactly as
the gateway's state and the counters add up.

run_convergence.py CTL GATEWAY [--only TEXT] [--seed N]
WG_CONVERGENCE_SECONDS (8): how long the world changes in each case. WG_CONVERGENCE_DOWN (4): seconds that the gateway is away.
"""
import argparse
import concurrent.futures
import functools
import json
import os
import signal
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "support"))
from case_report import run_cases  # noqa: E402
from gateway import Gateway  # noqa: E402
from running import Running, wait_until  # noqa: E402

CHANGES_S = float(os.environ.get("WG_CONVERGENCE_SECONDS", "8"))
DOWN_S = float(os.environ.get("WG_CONVERGENCE_DOWN", "4"))
PATIENCE_S = 90 + 3 * CHANGES_S
COUNTED = ("applied", "bookmarks", "stale", "duplicate", "ignored", "undecodable")
ALL_FAULTS = ("drop=0.004,dup=0.01,reorder=0.004,corrupt=0.002,epoch=0.001,delay=0.004:150,cut=0.002,stall=0.0003,"
              "slow=0.1:20000,410=0.1,429=0.05,503=0.05")
# Two refusals without progress between them mean Sign-in needed, so a transport of many requests gets few.
REFUSED = {"ws": 0.01, "sse": 0.01, "ndjson": 0.01, "longpoll": 0.003, "poll": 0.003}
FILTERS = {"orders": "status == \"shipped\"", "stocks": "price > 50", "sensors": "exists(id)", "pods": "!exists(nothing)"}
RESOURCES = {"ws": "orders", "sse": "stocks", "ndjson": "sensors", "longpoll": "orders", "poll": "pods"}


class Case:
    """One gateway and one client on it."""

    def __init__(self, ctl, gateway, transport, *options, rate=150, server_filter=None):
        self.folder = tempfile.TemporaryDirectory(prefix="convergence-")
        self.resource = RESOURCES[transport]
        self.gateway = Gateway(gateway, "--rate", str(rate), "--resources", self.resource, *options)
        self.query = "?filter=" + urllib.parse.quote(server_filter) if server_filter else ""
        self.client = Running([ctl, "state", f"{self.gateway.url}/v1/{self.resource}", "--transport", transport, "--heartbeat", "1",
                               "--poll-interval", "0.5", "--token-file", Gateway.token_file(self.folder.name),
                               "--quiet-after", "3s", "--max-time", f"{PATIENCE_S:g}s",
                               *(["--server-filter", server_filter] if server_filter else [])])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop()
        self.gateway.stop()
        self.folder.cleanup()

    def expect_truth(self):
        """Freezes the world, waits for the client's end and holds its copy against the gateway's."""
        self.gateway.post("/control/pause")
        begun = time.monotonic()
        wait_until(lambda: self.client.process.poll() is not None, PATIENCE_S + 20, "the end of the client")
        code = self.client.stop()
        said = self.client.error_text()
        assert code == 0, f"exit {code} after {time.monotonic() - begun:.0f} s of quiet; said: {said[-2500:]}"
        state = json.loads("\n".join(self.client.lines))
        truth = self.gateway.snapshot(self.resource + self.query)
        wanted = {item["id"]: (item["version"], item["object"]) for item in truth["items"]}
        copy = {key: (int(item["version"]), item["object"]) for key, item in state["items"].items()}
        assert wanted, "the gateway has no items: nothing was compared"
        wrong = [key for key in sorted(set(wanted) | set(copy)) if wanted.get(key) != normal(copy.get(key), wanted.get(key))]
        assert not wrong, f"{len(wrong)} of {len(wanted)} items differ, first {wrong[0]}: {copy.get(wrong[0])} is not {wanted.get(wrong[0])}; said: {said[-2500:]}"
        assert state["state"] == "live", state["state"]
        assert int(state["version"]) == int(truth["version"]), f"version {state['version']}, not {truth['version']}"
        assert state["epoch"] == truth["epoch"], f"epoch {state['epoch']}, not {truth['epoch']}"
        counters = state["counters"]
        assert counters["received"] == sum(counters[name] for name in COUNTED), f"the counters do not add up: {counters}"
        assert counters["applied"] > 0, f"nothing was applied: {counters}"
        return state


def normal(copied, wanted):
    """Versions may come as numbers or as text."""
    return (type(wanted[0])(copied[0]), copied[1]) if copied and wanted else copied


def stays_right_under_every_fault(ctl, gateway, transport, seed):
    with Case(ctl, gateway, transport, "--chaos", f"{ALL_FAULTS},401={REFUSED[transport]}", "--seed", str(seed)) as case:
        time.sleep(CHANGES_S)
        counters = case.expect_truth()["counters"]
        if transport in ("ws", "sse", "ndjson"):
            assert counters["gaps"] + counters["reconnects"] + counters["resyncs"] > 0, f"no fault was met: {counters}"


def survives_a_restart_with_history(ctl, gateway, transport):
    with tempfile.TemporaryDirectory() as folder:
        with Case(ctl, gateway, transport, "--state", os.path.join(folder, "state")) as case:
            time.sleep(CHANGES_S / 4)
            case.gateway.stop(signal.SIGTERM)
            time.sleep(DOWN_S)
            case.gateway.start()
            time.sleep(CHANGES_S / 4)
            state = case.expect_truth()
            assert state["counters"]["resyncs"] == 0, f"the history was there, yet a snapshot was taken: {state['counters']}"


def survives_a_restart_without_history(ctl, gateway, transport):
    with Case(ctl, gateway, transport) as case:
        time.sleep(CHANGES_S / 4)
        case.gateway.stop(signal.SIGKILL)
        time.sleep(DOWN_S)
        case.gateway.start()
        time.sleep(CHANGES_S / 4)
        state = case.expect_truth()
        assert state["counters"]["resyncs"] > 0, f"another history began, yet no resync: {state['counters']}"
        assert any(span["status"] in ("refilled", "gap", "snapshot") for span in state["ledger"][1:]), state["ledger"]


def notices_a_compacted_history(ctl, gateway, transport):
    with Case(ctl, gateway, transport, "--chaos", "cut=0.01") as case:
        for _ in range(int(CHANGES_S)):
            time.sleep(0.5)
            case.gateway.post("/control/compact")
        case.expect_truth()


def a_well_behaved_server_gives_no_marker(ctl, gateway, transport):
    with Case(ctl, gateway, transport, server_filter=FILTERS[RESOURCES[transport]]) as case:
        time.sleep(CHANGES_S / 4)
        counters = case.expect_truth()["counters"]
        for name in ("gaps", "resyncs", "reconnects", "stale", "duplicate", "undecodable"):
            assert counters[name] == 0, f"{name}: {counters}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ctl")
    parser.add_argument("gateway")
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=4)
    args = parser.parse_args()
    work = {}
    for transport in RESOURCES:
        work[f"stays_right_under_every_fault/{transport}"] = functools.partial(stays_right_under_every_fault, args.ctl, args.gateway,
                                                                               transport, args.seed)
        for function in (survives_a_restart_with_history, survives_a_restart_without_history, a_well_behaved_server_gives_no_marker):
            work[f"{function.__name__}/{transport}"] = functools.partial(function, args.ctl, args.gateway, transport)
    for transport in ("ws", "sse"):
        work[f"notices_a_compacted_history/{transport}"] = functools.partial(notices_a_compacted_history, args.ctl, args.gateway, transport)
    work = {name: function for name, function in work.items() if args.only in name}
    # All of them wait most of the time, so they run beside each other; the report is in order.
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        running = {name: pool.submit(function) for name, function in work.items()}
        return run_cases("convergence", [(name, future.result) for name, future in running.items()])


if __name__ == "__main__":
    sys.exit(main())
