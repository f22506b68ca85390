# SPDX-License-Identifier: GPL-3.0-or-later
"""The faults of the fault table, one scenario each: what the server does wrong, and what must be true at the end."""
import json
import time
from email.utils import formatdate

from rude_server import Faults, World, answer, problem, ws_frame

STREAMS = ("ws", "sse", "ndjson")
ALL = ("ws", "sse", "ndjson", "longpoll")


class Scenario:
    """transports: where it runs. The defaults expect a live, exact copy at the end."""
    transports = STREAMS
    writes = 120
    write_gap = 0.004
    args = ()
    token = None
    client_token = None
    exit_code = 0
    max_s = 40.0
    expect_items = True

    def __init__(self):
        self.name = type(self).__name__
        self.world = self.make_world()
        self.faults = self.make_faults()

    def make_world(self):
        return World()

    def make_faults(self):
        return Faults()

    def write(self, server, n):
        """Write number n of the run; the default mixes updates, creations and deletions."""
        world = server.world
        if n % 17 == 16:
            world.write("deleted", f"ord-{n % 20}")
        elif n % 11 == 10:
            world.write("created", f"new-{n}", {"n": n, "name": "Zoë \u2028 <b>", "nested": {"a": [1, None, "x"]}})
        else:
            world.write("updated", f"ord-{n % 20}", {"status": f"s{n}", "price": n * 1.25, "gone": None})

    def check(self, state, server, transport):
        """Yields one sentence per thing that is wrong, beyond the exact copy."""
        return ()


def at(conn_number, index):
    """A deliver() condition: on that connection, at that event."""
    return lambda conn: conn.number == conn_number and conn.sent == index


class Well(Scenario):
    transports = ALL + ("poll",)
    args = ("--poll-interval", "0.2")

    def check(self, state, server, transport):
        c = state["counters"]
        if c["gaps"] or c["undecodable"] or c["stale"] or c["duplicate"]:
            yield f"a well-behaved server gave faults: {c}"


class Dropped(Scenario):
    transports = ALL

    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                return [] if conn.number <= 3 and conn.sent == 20 else [event]
        return F()

    def check(self, state, server, transport):
        if transport != "longpoll" and state["counters"]["gaps"] < 1:
            yield "an event was dropped and no gap was counted"


class Duplicated(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                return [event, event] if conn.sent % 10 == 5 else [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["duplicate"] + state["counters"]["stale"] < 5:
            yield "duplicates were not counted"
        if state["counters"]["gaps"]:
            yield "a duplicate is not a gap"


class Reordered(Scenario):
    def make_faults(self):
        class F(Faults):
            held = None

            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 30:
                    self.held = event
                    return []
                if self.held and conn.number == 1:
                    held, self.held = self.held, None
                    return [event, held]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["gaps"] < 1:
            yield "a swap on an ordered transport is a gap"


class CutInsideAMessage(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number <= 3 and conn.sent == 15:
                    text = json.dumps({"op": "event", "sid": "0", **event} if conn.transport == "ws" else event).encode()
                    if conn.transport == "ws":
                        return [ws_frame(1, text)[: len(text) // 2], lambda c: c.cut()]
                    lead = b"data: " if conn.transport == "sse" else b""
                    return [b"%x\r\n" % (len(text) + 8) + lead + text[: len(text) // 2], lambda c: c.reset()]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["reconnects"] < 3:
            yield "three cuts gave fewer than three reconnects"
        if state["counters"]["resyncs"] > 0:
            yield "a cut connection is resumed, not resynced"


class NewEpoch(Scenario):
    transports = ALL

    def write(self, server, n):
        if n == 60:
            server.world.new_epoch("e2", 3, {"ord-1": {"n": 1, "fresh": True}, "other": {"x": 1}})
            return
        super().write(server, n)

    def check(self, state, server, transport):
        if state["epoch"] != "e2":
            yield f"the epoch is {state['epoch']}, not e2"


class RolledBack(Scenario):
    """Restored from a backup under the same epoch: the version falls, then stays."""
    def write(self, server, n):
        if n == 60:
            server.world.roll_back(server.world.version - 20)
            self.fell = True
            return
        super().write(server, n)

    def make_faults(self):
        scenario = self

        class F(Faults):
            def deliver(self, conn, event):
                return [event]

            def heartbeat(self, conn, beat):
                if getattr(scenario, "fell", False) and conn.number == 1:
                    return [lambda c: c.cut()]
                return [beat]
        return F()
    args = ("--heartbeat", "1")


class Compacted(Scenario):
    """The history is gone when the client comes back: 410."""
    transports = ALL

    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number <= 2 and conn.sent == 25:
                    conn.server.world.compact()
                    return [lambda c: c.cut()]
                return [event]
        return F()

    def check(self, state, server, transport):
        if transport != "longpoll" and state["counters"]["snapshots"] < 2:
            yield "a 410 needs a new snapshot"


class TooOldInBand(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 25:
                    return [lambda c: c.error("version_expired"), lambda c: c.close(4410)]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["resyncs"] < 1:
            yield "version_expired in the stream needs a resync"


class HtmlFirst(Scenario):
    transports = ("sse", "ndjson", "longpoll")

    def make_faults(self):
        class F(Faults):
            left = 2

            def request(self, server, req):
                if req.path.endswith("/watch") and self.left:
                    self.left -= 1
                    return answer(200, content_type="text/html", body=b"<html>data: {\"event\":\"order_deleted\"}\n\n</html>")
                return None
        return F()


class HtmlForEver(Scenario):
    transports = ("sse", "ndjson")
    writes = 0
    exit_code = 1
    expect_items = False
    max_s = 60.0

    def make_faults(self):
        class F(Faults):
            def request(self, server, req):
                return answer(200, content_type="text/html", body=b"<html></html>") if req.path.endswith("/watch") else None
        return F()

    def check(self, state, server, transport):
        tries = sum(1 for r in server.requests if r.path.endswith("/watch"))
        if not 5 <= tries <= 7:
            yield f"gave up after {tries} tries, not 5"


class TokenRefused(Scenario):
    transports = ALL
    writes = 0
    token = "good"
    client_token = "bad"
    exit_code = 1
    expect_items = False

    def check(self, state, server, transport):
        if len(server.requests) > 8:
            yield f"a refused token was tried {len(server.requests)} times"


class TokenAccepted(Scenario):
    transports = ALL
    token = "good"
    client_token = "good"


class TokenExpires(Scenario):
    """401 once in mid-stream; the token file holds the new one by then."""
    token = "good"
    client_token = "good"

    def make_faults(self):
        class F(Faults):
            done = False

            def deliver(self, conn, event):
                if not self.done and conn.sent == 30:
                    self.done = True
                    conn.server.token = "better"
                    conn.server.on_token("better")
                    return [lambda c: c.error("token_expired"), lambda c: c.close(4401)]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["resyncs"]:
            yield "a refreshed token resumes at the same cursor, no resync"


class Forbidden(Scenario):
    transports = ALL
    writes = 0
    exit_code = 1
    expect_items = False

    def make_faults(self):
        class F(Faults):
            def request(self, server, req):
                return problem(403, "forbidden") if req.path != "/v1" else None
        return F()

    def check(self, state, server, transport):
        if len(server.requests) > 6:
            yield f"403 was asked again: {len(server.requests)} requests"


class NotFound(Forbidden):
    def make_faults(self):
        class F(Faults):
            def request(self, server, req):
                return problem(404, "not_found") if req.path != "/v1" else None
        return F()


class TooManyRequests(Scenario):
    """429 with Retry-After: 2 on the first try of the stream."""
    transports = ALL

    def make_faults(self):
        class F(Faults):
            refused_at = None
            back_at = None

            def request(self, server, req):
                if not req.path.endswith("/watch"):
                    return None
                if self.refused_at is None:
                    self.refused_at = req.at
                    return problem(429, "rate_limited", [("Retry-After", "2")])
                if self.back_at is None:
                    self.back_at = req.at
                return None
        return F()

    def check(self, state, server, transport):
        f = server.faults
        if f.back_at is None or f.back_at - f.refused_at < 2.0:
            yield "came back before Retry-After was over"


class UnavailableByDate(TooManyRequests):
    transports = ("sse", "ws")

    def make_faults(self):
        faults = super().make_faults()
        inner = faults.request

        def request(server, req):
            raw = inner(server, req)
            if raw is None:
                return None
            return problem(503, "unavailable", [("Retry-After", formatdate(time.time() + 3, usegmt=True))])
        faults.request = request
        return faults


class HalfOpen(Scenario):
    """The line goes silent without closing; only a read deadline finds it."""
    args = ("--heartbeat", "1")

    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    return [lambda c: c.stall()]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["reconnects"] < 1:
            yield "a half-open line was not noticed"


class LastEventLost(Scenario):
    """The very last event is dropped; only the heartbeat tells."""
    args = ("--heartbeat", "1")

    def make_faults(self):
        scenario = self

        class F(Faults):
            def deliver(self, conn, event):
                return [] if conn.number == 1 and event["version"] == scenario.world_end() else [event]
        return F()

    def world_end(self):
        return 1 + self.writes

    def check(self, state, server, transport):
        if state["counters"]["gaps"] < 1:
            yield "the lost last event was not noticed"


class BrokenJsonOnce(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    return [lambda c: c.text(b'{"event":"order_updated","id":"ord-1","vers', None)]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["undecodable"] != 1:
            yield f"undecodable is {state['counters']['undecodable']}, not 1"
        if state["counters"]["resyncs"]:
            yield "once unreadable is healed by resuming, without a resync"


class BrokenJsonAlways(Scenario):
    """The same event is unreadable every time: resume once, then a snapshot steps over it."""
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if event["version"] == 30:
                    return [lambda c: c.text(b'{"version":30,', None)]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["undecodable"] < 2 or state["counters"]["resyncs"] < 1:
            yield f"expected a resume, then a resync: {state['counters']}"


class TailAfterTheEnvelope(Scenario):
    """All wanted fields are there; the damage stands at the very end of the message."""
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    doc = {"op": "event", "sid": "0", **event} if conn.transport == "ws" else event
                    return [lambda c: c.text(json.dumps(doc).encode()[:-1] + b',"x":nul}')]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["undecodable"] < 1:
            yield "damage at the end of a message went unseen"


class InvalidUtf8(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    doc = {"op": "event", "sid": "0", **event} if conn.transport == "ws" else event
                    text = json.dumps(doc).encode().replace(b'"order_', b'"\xff\xfeorder_')
                    return [lambda c: c.text(text)]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["undecodable"] < 1:
            yield "invalid UTF-8 went unseen"


class WrongShape(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    return [{**event, "version": {"a": 1}}]
                if conn.number == 2 and conn.sent == 10:
                    broken = dict(event)
                    del broken["version"]
                    return [broken]
                if conn.number == 3 and conn.sent == 10:
                    return [lambda c: c.text(b"[1,2,3]")]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["undecodable"] < 3:
            yield f"only {state['counters']['undecodable']} of 3 wrong shapes were counted"


class TooDeep(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    text = json.dumps({"op": "event", "sid": "0", **event})[:-1] + ',"deep":' + "[" * 600 + "]" * 600 + "}"
                    return [lambda c: c.text(text.encode())]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["undecodable"] < 1:
            yield "nesting of 600 went unseen"


class TooBig(Scenario):
    """17 MiB in one event: over the limit. The stream closes with a named condition, a snapshot goes on."""
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if event["version"] == 30:
                    return [{**event, "pad": "x" * (17 * 1024 * 1024)}]
                return [event]
        return F()


class FiveMegabytes(Scenario):
    """Big, but allowed."""
    def write(self, server, n):
        if n == 40:
            server.world.write("created", "big", {"blob": "y" * (5 * 1024 * 1024)})
            return
        super().write(server, n)

    def check(self, state, server, transport):
        if state["counters"]["undecodable"] or state["counters"]["gaps"]:
            yield "5 MB is under the limit"


class SnapshotFails(Scenario):
    transports = ("sse", "ws")

    def make_faults(self):
        class F(Faults):
            left = 2

            def snapshot(self, server, doc):
                if self.left:
                    self.left -= 1
                    return problem(500, "internal")
                return doc
        return F()


class SnapshotCut(Scenario):
    transports = ("sse", "ws")

    def make_faults(self):
        class F(Faults):
            left = 3

            def snapshot(self, server, doc):
                if not self.left:
                    return doc
                self.left -= 1
                whole = json.dumps(doc).encode()
                if self.left == 2:  # the connection ends early
                    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(whole) + whole[:100]
                if self.left == 1:  # whole by length, cut inside
                    return answer(200, body=whole[:-10])
                return answer(200, body=b"")
        return F()


class SnapshotStale(Scenario):
    """A cache hands out an older snapshot when a resync is asked."""
    transports = ("sse", "ws")

    def make_faults(self):
        class F(Faults):
            old = None
            left = 1

            def snapshot(self, server, doc):
                if self.old is None:
                    self.old = doc
                    return doc
                if self.left:
                    self.left -= 1
                    return self.old
                return doc

            def deliver(self, conn, event):
                return [] if conn.number == 1 and conn.sent == 40 else [event]
        return F()


class OldEpochFromCache(Scenario):
    """After a change of epoch a cache still answers with the old epoch's snapshot, twice."""
    transports = ("sse", "ws")

    def make_faults(self):
        class F(Faults):
            old = None
            left = 2

            def snapshot(self, server, doc):
                if self.old is None:
                    self.old = doc
                if doc["epoch"] == "e2" and self.left:
                    self.left -= 1
                    return self.old
                return doc
        return F()

    def write(self, server, n):
        if n == 60:
            server.world.new_epoch("e2", 500, {"ord-1": {"n": 1, "fresh": True}})
            return
        super().write(server, n)

    def check(self, state, server, transport):
        if state["epoch"] != "e2":
            yield f"ended in epoch {state['epoch']}"


class EndsAtOnce(Scenario):
    """The stream ends cleanly right after its head, again and again for 6 s: no hot loop."""
    def make_faults(self):
        class F(Faults):
            first = None

            def opened(self, conn):
                self.first = self.first or time.monotonic()
                if time.monotonic() - self.first < 6:
                    conn.close(1000)
        return F()

    def check(self, state, server, transport):
        tries = [r.at for r in server.requests if r.path.endswith("/watch")]
        early = sum(1 for t in tries if t - tries[0] < 6)
        if early > 20:
            yield f"{early} tries in 6 s is a hot loop"


class UnknownTypes(Scenario):
    """A custom event with a version moves the version; one without is ignored and counted."""
    transports = ALL

    def write(self, server, n):
        if n % 10 == 3:
            server.world.write("noted", f"ord-{n % 20}", None, {"event": "price_alert", "note": "<img src=http://x>"})
            return
        super().write(server, n)

    def check(self, state, server, transport):
        if state["counters"]["gaps"] or state["counters"]["undecodable"]:
            yield f"an event without a change is no fault: {state['counters']}"
        if state["counters"]["ignored"] < 10 and transport != "poll":
            yield f"ignored is {state['counters']['ignored']}"


class PatchWithoutBase(Scenario):
    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    return [{**{k: v for k, v in event.items() if k != "object"}, "id": "nobody", "event": "order_updated", "changes": {"a": 1}}]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["resyncs"] < 1:
            yield "a patch of an unknown key needs a resync"


class DeleteUnknown(Scenario):
    def write(self, server, n):
        if n % 9 == 4:
            server.world.write("deleted", "never-was")
            return
        super().write(server, n)

    def check(self, state, server, transport):
        if state["counters"]["gaps"]:
            yield "deleting an unknown key is normal"


class HugeVersions(Scenario):
    transports = ALL

    def make_world(self):
        return World(first=9007199254740990)

    def make_faults(self):
        class F(Faults):
            def as_text(self, doc):
                for name in ("version", "prev"):
                    if isinstance(doc.get(name), int):
                        doc = {**doc, name: str(doc[name])}
                return doc

            def deliver(self, conn, event):
                return [self.as_text(event)]

            def heartbeat(self, conn, beat):
                return [lambda c: c.send(self.as_text(beat))]

            def snapshot(self, server, doc):
                return {**self.as_text(doc), "items": [self.as_text(item) for item in doc["items"]]}
        return F()

    def check(self, state, server, transport):
        if state["version"] != str(server.world.version):
            yield f"the version is {state['version']}, not {server.world.version}"


class SparseVersions(Scenario):
    """Versions jump by 7; only prev proves that nothing is missing."""
    transports = ALL

    def make_world(self):
        return World(step=7)

    def check(self, state, server, transport):
        if state["counters"]["gaps"]:
            yield "jumping versions with the right prev are no gap"


class Buffering(Scenario):
    """A proxy holds the body back: the head comes, no byte follows. Auto falls back to what works."""
    transports = ("auto",)
    max_s = 60.0

    def make_faults(self):
        class F(Faults):
            def opened(self, conn):
                if conn.transport in ("ws", "sse"):
                    conn.stall()
        return F()

    def check(self, state, server, transport):
        if state["transport"] not in ("ndjson", "longpoll", "sse"):
            yield f"ended on {state['transport']}"


class UpgradeRefused(Scenario):
    transports = ("auto",)
    status = 426

    def make_faults(self):
        status = self.status

        class F(Faults):
            def request(self, server, req):
                if req.headers.get("upgrade"):
                    return problem(status, "upgrade_required")
                return None
        return F()

    def check(self, state, server, transport):
        if state["transport"] != "sse":
            yield f"ended on {state['transport']}, not sse"


class UpgradeUnimplemented(UpgradeRefused):
    status = 501


class UpgradeIs404(UpgradeRefused):
    status = 404


class UpgradeIs400(UpgradeRefused):
    status = 400


class AllRefused(Scenario):
    """Every transport is refused: Failed, with a reason."""
    transports = ("auto",)
    writes = 0
    exit_code = 1
    expect_items = False

    def make_faults(self):
        class F(Faults):
            def request(self, server, req):
                return problem(404, "not_found") if req.path not in ("/v1",) else None
        return F()


class DripFeed(Scenario):
    """Bytes come in ones and twos."""
    writes = 20

    def make_faults(self):
        class F(Faults):
            def opened(self, conn):
                whole = conn.raw

                def drip(data):
                    for i in range(0, len(data), 7):
                        whole(data[i:i + 7])
                conn.raw = drip
        return F()


class SseDialectForms(Scenario):
    """Legal but unusual event stream: BOM, CRLF, comments, several data lines, no space, chunk extensions."""
    transports = ("sse",)

    def make_faults(self):
        class F(Faults):
            def opened(self, conn):
                conn.body(b"\xef\xbb\xbf: hello\r\n\r\nretry: 700\r\n\r\n")

            def deliver(self, conn, event):
                lines = json.dumps(event, indent=1).encode().split(b"\n")
                text = b"id:%s:%d\r\nevent:%s\r\n" % (event["epoch"].encode(), event["version"], event["event"].encode())
                text += b"".join(b"data:" + line + b"\r\n" for line in lines) + b": c\r\nunknown: field\r\n\r\n"
                return [b"%x;ext=1\r\n%s\r\n" % (len(text), text)]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["undecodable"]:
            yield "legal forms were not read"


class CloseDelimited(Scenario):
    """No chunks: the body ends when the connection does, and it does three times."""
    transports = ("sse", "ndjson")

    def make_faults(self):
        class F(Faults):
            def head(self, conn, head):
                conn.chunked = False
                return head.replace(b"Transfer-Encoding: chunked\r\n", b"").replace(b"HTTP/1.1", b"HTTP/1.0")

            def deliver(self, conn, event):
                return [lambda c: c.cut()] if conn.number <= 3 and conn.sent == 20 else [event]
        return F()


class Fragmented(Scenario):
    transports = ("ws",)

    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                text = json.dumps({"op": "event", "sid": "0", **event}, ensure_ascii=False).encode()
                cut = [0, 1, len(text) // 2, len(text) - 1, len(text)]
                out = []
                for n in range(4):
                    out.append(ws_frame(1 if n == 0 else 0, text[cut[n]:cut[n + 1]], fin=n == 3))
                    out.append(ws_frame(9, b"are you there"))
                return out
        return F()


class MaskedByServer(Scenario):
    """A server must not mask: protocol error, then it goes on properly."""
    transports = ("ws",)

    def make_faults(self):
        class F(Faults):
            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 10:
                    return [ws_frame(1, json.dumps(event).encode(), mask=True)]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["reconnects"] < 1:
            yield "a masked frame must end the connection"


class CloseCodes(Scenario):
    transports = ("ws",)

    def make_faults(self):
        class F(Faults):
            codes = [1001, 1011, 1012, 1013, 1000]

            def deliver(self, conn, event):
                if conn.number <= len(self.codes) and conn.sent == 8:
                    code = self.codes[conn.number - 1]
                    return [lambda c: c.close(code)]
                return [event]
        return F()

    def check(self, state, server, transport):
        if state["counters"]["reconnects"] < 5:
            yield f"only {state['counters']['reconnects']} reconnects"


class RetryAfterInBand(Scenario):
    """429 in the stream with retry_after: 2, then the close."""
    def make_faults(self):
        class F(Faults):
            at = None

            def deliver(self, conn, event):
                if conn.number == 1 and conn.sent == 20:
                    self.at = time.monotonic()
                    return [lambda c: c.error("rate_limited", retry_after=2), lambda c: c.close(4429)]
                return [event]
        return F()

    def check(self, state, server, transport):
        after = [r.at for r in server.requests if r.path.endswith("/watch") and r.at > server.faults.at]
        if not after or after[0] - server.faults.at < 2.0:
            yield "came back before retry_after was over"


class Redirected(Scenario):
    transports = ("sse", "ndjson")
    token = "good"
    client_token = "good"

    def make_faults(self):
        class F(Faults):
            def request(self, server, req):
                if req.path == "/v1/orders/watch" and "moved" not in req.query:
                    target = req.target + ("&" if "?" in req.target else "?") + "moved=1"
                    return answer(307, headers=[("Location", target)])
                return None
        return F()


class RedirectLoop(Scenario):
    transports = ("sse",)
    writes = 0
    expect_items = False
    exit_code = None
    max_s = 8.0

    def make_faults(self):
        class F(Faults):
            def request(self, server, req):
                return answer(302, headers=[("Location", req.target)]) if req.path.endswith("/watch") else None
        return F()

    def check(self, state, server, transport):
        if len(server.requests) > 120:
            yield f"{len(server.requests)} requests in a redirect loop"


class EveryFault(Scenario):
    """A bit of everything, by a fixed pattern."""
    args = ("--heartbeat", "1")
    writes = 400
    max_s = 90.0

    def make_faults(self):
        class F(Faults):
            n = 0

            def deliver(self, conn, event):
                self.n += 1
                if conn.number > 12:
                    return [event]
                return {13: [], 29: [event, event], 41: [lambda c: c.cut()], 53: [lambda c: c.text(b"{")],
                        67: [{**event, "prev": 1}]}.get(self.n % 71, [event])
        return F()


SCENARIOS = [value for value in list(globals().values())
             if isinstance(value, type) and issubclass(value, Scenario) and value is not Scenario]
