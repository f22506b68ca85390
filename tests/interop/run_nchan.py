#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches Nchan channels over WebSocket and EventSource with the generic dialects: every message, in order, also after the
connection was cut and after nginx was restarted.

run_nchan.py CTL
"""
import functools
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from case_report import Skip, run_cases  # noqa: E402
from running import Running, TcpLine, wait_until  # noqa: E402
import nginx_nchan  # noqa: E402

PATIENCE = 30
ODD = ['{"n": 1, "text": "Zo\u00eb \u2028 <b>"}', "plain text", "two\nlines", '{"pretty":\n  [1, 2]}', "x" * 100_000, '"quoted"', " edge "]


class Watching:
    """A tail of one channel through a line that can be cut."""

    def __init__(self, ctl, transport, channel):
        self.server = nginx_nchan.NchanServer()
        self.line = TcpLine(self.server.port)
        self.channel = channel
        self.sent = []
        scheme = "ws" if transport == "ws" else "http"
        self.tail = Running([ctl, "tail", f"{scheme}://127.0.0.1:{self.line.port}/watch/{channel}", "--transport", transport,
                             "--dialect", "generic-ws" if transport == "ws" else "generic-sse"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tail.stop()
        self.line.close()
        self.server.close()

    def publish(self, *texts):
        for text in texts:
            self.server.publish(self.channel, text)
            self.sent.append(text)

    def shown(self):
        return [payload(line) for line in list(self.tail.lines)]

    def expect_all(self):
        def complete():
            return len(self.tail.lines) >= len(self.sent)
        try:
            wait_until(complete, PATIENCE, "")
        except AssertionError:
            pass
        wanted = [as_shown(text) for text in self.sent]
        if self.shown() != wanted:
            raise AssertionError(f"shown {[short(s) for s in self.shown()]}, published {[short(s) for s in wanted]}; said: {self.tail.error_text()[-1500:]}")


def short(value):
    return str(value)[:30]


def as_shown(text):
    """JSON comes as JSON, anything else as a string."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def payload(line):
    return json.loads(line)["payload"]


def shows_every_message(ctl, transport):
    with Watching(ctl, transport, "plain") as watching:
        watching.publish("before anybody watched")
        watching.publish(*ODD)
        watching.expect_all()
        watching.publish(*[json.dumps({"n": n}) for n in range(500)])
        watching.expect_all()
        assert watching.tail.stop() == 130, "an interrupt gives 130"


def resumes_after_a_cut(ctl, transport):
    with Watching(ctl, transport, "cut") as watching:
        for round_number in range(3):
            watching.publish(*[json.dumps({"round": round_number, "n": n}) for n in range(20)])
            watching.expect_all()
            opened = watching.line.opened
            watching.line.cut()
            watching.publish(*[json.dumps({"round": round_number, "away": n}) for n in range(20)])
            wait_until(lambda: watching.line.opened > opened, PATIENCE, "a new connection")
            watching.expect_all()


def resumes_after_a_restart(ctl, transport):
    with Watching(ctl, transport, "restart") as watching:
        watching.publish(*[json.dumps({"before": n}) for n in range(20)])
        watching.expect_all()
        watching.server.stop()
        wait_until(lambda: "retrying" in watching.tail.error_text(), PATIENCE, "a word about the lost connection")
        # Ids are SECOND:NUMBER: a server that comes back within the second of its last message uses them again.
        second = int(time.time())
        wait_until(lambda: int(time.time()) > second, 2, "the next second")
        opened = watching.line.opened
        watching.server.start()
        wait_until(lambda: watching.line.opened > opened, PATIENCE, "a new connection")
        watching.publish(*[json.dumps({"after": n}) for n in range(20)])
        watching.expect_all()


def main():
    ctl = sys.argv[1]
    cases = []
    for transport in ("ws", "sse"):
        for function in (shows_every_message, resumes_after_a_cut, resumes_after_a_restart):
            cases.append((f"{function.__name__}/{transport}", functools.partial(function, ctl, transport)))
    reason = nginx_nchan.missing()
    if reason:
        print(f"Skipped: {reason}.")

        def skip():
            raise Skip(reason)
        cases = [(name, skip) for name, _ in cases]
    return run_cases("interop_nchan", cases)


if __name__ == "__main__":
    sys.exit(main())
