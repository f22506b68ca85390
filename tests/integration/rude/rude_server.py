# SPDX-License-Identifier: GPL-3.0-or-later
"""A watch.v1 server written from the protocol text alone, with every fault on demand.

It shares no code with the gateway, so a misreading of the protocol by client and gateway alike shows here.
A scenario hands in a Faults object; its hooks are asked at each request, snapshot, event and heartbeat.
Plain sockets and threads; loopback only; port 0.
"""
import base64
import hashlib
import json
import socket
import struct
import threading
import time
from email.utils import formatdate
from urllib.parse import parse_qs, unquote, urlsplit

WS_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Closed(Exception):
    """The connection must end now."""


class Faults:
    """What goes wrong. Every hook has a well-behaved default."""

    def request(self, server, req):
        """A complete raw answer (bytes) instead of the right one, or None."""

    def snapshot(self, server, doc):
        """The snapshot document, or raw bytes of a whole HTTP answer."""
        return doc

    def deliver(self, conn, event):
        """What goes out for one event: a list of dicts (sent as events), bytes (sent raw), or callables(conn)."""
        return [event]

    def heartbeat(self, conn, beat):
        return [beat]

    def opened(self, conn):
        """Just after the head and before the opening heartbeat."""

    def head(self, conn, head):
        """The response head (bytes) of a stream."""
        return head


class World:
    """The truth: one resource with a full log."""

    def __init__(self, epoch="e1", first=1, items=20, step=1):
        self.cond = threading.Condition()
        self.epoch = epoch
        self.version = first
        self.step = step
        self.floor = first  # cursors before this are too old
        self.items = {}
        self.log = []  # (version, event without prev)
        for n in range(items):
            self.items[f"ord-{n}"] = {"version": first, "object": {"n": n, "status": "new", "price": 9.99}}

    def write(self, kind, key, value=None, extra=None):
        with self.cond:
            self.version += self.step
            event = {"event": f"order_{kind}", "resource": "orders", "id": key, "version": self.version, "ts": time.time() * 1000}
            if kind == "updated" and key in self.items:
                event["changes"] = value
                merged = dict(self.items[key]["object"])
                for name, part in value.items():
                    if part is None:
                        merged.pop(name, None)
                    else:
                        merged[name] = part
                self.items[key] = {"version": self.version, "object": merged}
            elif kind == "deleted":
                self.items.pop(key, None)
            elif kind == "noted":
                pass
            else:
                event["object"] = value
                self.items[key] = {"version": self.version, "object": value}
            event.update(extra or {})
            self.log.append((self.version, event))
            self.cond.notify_all()

    def new_epoch(self, epoch, version, items):
        with self.cond:
            self.epoch, self.version, self.floor, self.log = epoch, version, version, []
            self.items = {key: {"version": version, "object": value} for key, value in items.items()}
            self.cond.notify_all()

    def roll_back(self, version):
        """A restore from a backup under the same epoch: later versions never happened."""
        with self.cond:
            self.log = [(v, e) for v, e in self.log if v <= version]
            self.version = version
            self.items = {key: item for key, item in self.items.items() if item["version"] <= version}
            self.cond.notify_all()

    def compact(self):
        with self.cond:
            self.floor, self.log = self.version, []

    def snapshot(self):
        with self.cond:
            return {"resource": "orders", "epoch": self.epoch, "version": self.version,
                    "items": [{"id": key, **item} for key, item in self.items.items()]}

    def after(self, version):
        return [(v, e) for v, e in self.log if v > version]


class Request:
    def __init__(self, head):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ", 2)
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.strip().lower()] = value.strip()
        parts = urlsplit(self.target)
        self.path = unquote(parts.path)
        self.query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        self.at = time.monotonic()

    @property
    def transport(self):
        if self.headers.get("upgrade", "").lower() == "websocket":
            return "ws"
        accept = self.headers.get("accept", "*/*")
        if "text/event-stream" in accept:
            return "sse"
        if "ndjson" in accept:
            return "ndjson"
        return "longpoll"


class Conn:
    """One watch connection: knows its number, transport and what it delivered."""

    def __init__(self, server, sock, req, number):
        self.server, self.sock, self.req, self.number = server, sock, req, number
        self.transport = req.transport
        self.sent = 0  # events offered to deliver()
        self.prev = None
        self.chunked = True

    def raw(self, data):
        try:
            self.sock.sendall(data)
        except OSError as error:
            raise Closed from error

    def body(self, data):
        if self.transport in ("sse", "ndjson") and self.chunked:
            data = b"%x\r\n%s\r\n" % (len(data), data)
        self.raw(data)

    def text(self, payload, event=None, cursor=None):
        """One message with this payload text (bytes), framed for the transport."""
        if self.transport == "sse":
            head = b""
            if cursor is not None:
                head += b"id: " + cursor.encode() + b"\n"
            if event:
                head += b"event: " + event.encode() + b"\n"
            self.body(head + b"data: " + payload + b"\n\n")
        elif self.transport == "ndjson":
            self.body(payload + b"\n")
        else:
            self.raw(ws_frame(1, payload))

    def send(self, doc):
        doc = dict(doc)
        if self.transport == "ws" and "op" not in doc:
            doc = {"op": "event", "sid": "0", **doc}
        cursor = f"{doc['epoch']}:{doc['version']}" if "version" in doc and "epoch" in doc else None
        self.text(json.dumps(doc).encode(), doc.get("event"), cursor)

    def error(self, code, detail="as asked", retry_after=None):
        doc = {"code": code, "detail": detail}
        if retry_after is not None:
            doc["retry_after"] = retry_after
        if self.transport == "ws":
            self.send({"op": "error", **doc})
        else:
            self.text(json.dumps({"event": "error", **doc}).encode(), "error")

    def close(self, code=1000, reason=b""):
        if self.transport == "ws":
            self.raw(ws_frame(8, struct.pack(">H", code) + reason))
        elif self.chunked:
            self.raw(b"0\r\n\r\n")
        raise Closed

    def cut(self):
        """Ends the TCP connection without any closing words."""
        raise Closed

    def reset(self):
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Closed

    def stall(self, seconds=60.0):
        """Half open: silent, but not closed."""
        self.server.stopping.wait(seconds)
        raise Closed

    def event_doc(self, event):
        return {**event, "prev": self.prev, "epoch": self.server.world.epoch}

    def beat_doc(self, version):
        return {"event": "heartbeat", "resource": "orders", "version": version, "prev": self.prev,
                "epoch": self.server.world.epoch, "ts": time.time() * 1000}


def ws_frame(opcode, payload, fin=True, mask=False):
    head = bytes([(0x80 if fin else 0) | opcode])
    size = len(payload)
    flag = 0x80 if mask else 0
    if size < 126:
        head += bytes([flag | size])
    elif size < 65536:
        head += bytes([flag | 126]) + struct.pack(">H", size)
    else:
        head += bytes([flag | 127]) + struct.pack(">Q", size)
    if mask:
        head += b"\1\2\3\4"
        payload = bytes(b ^ (1, 2, 3, 4)[i % 4] for i, b in enumerate(payload))
    return head + payload


def answer(status, doc=None, headers=(), content_type="application/json", body=None):
    if body is None:
        body = b"" if doc is None else json.dumps(doc).encode()
    lines = [f"HTTP/1.1 {status} Status", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", f"Date: {formatdate(usegmt=True)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def problem(status, code, headers=()):
    return answer(status, {"status": status, "code": code, "title": code}, headers, "application/problem+json")


class RudeServer:
    def __init__(self, faults=None, world=None, token=None):
        self.faults = faults or Faults()
        self.world = world or World()
        self.token = token
        self.requests = []  # every Request, in order of arrival
        self.watches = 0    # watch connections and polls that were let in
        self.watching = threading.Event()
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/v1/orders"

    def stop(self):
        self.stopping.set()
        self.listener.close()

    def accept(self):
        while not self.stopping.is_set():
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()

    def serve(self, sock):
        buffer = b""
        try:
            while not self.stopping.is_set():
                while b"\r\n\r\n" not in buffer:
                    data = sock.recv(65536)
                    if not data:
                        return
                    buffer += data
                head, buffer = buffer.split(b"\r\n\r\n", 1)
                req = Request(head)
                with self.lock:
                    self.requests.append(req)
                if not self.handle(sock, req):
                    return
        except (OSError, Closed, ValueError):
            pass
        finally:
            sock.close()

    def handle(self, sock, req):
        """Answers one request; True if the connection stays open for another."""
        raw = self.faults.request(self, req)
        if raw is None and self.token is not None and req.headers.get("authorization") != f"Bearer {self.token}":
            raw = problem(401, "unauthorized")
        if raw is not None:
            sock.sendall(raw)
            return b"Content-Length" in raw.split(b"\r\n\r\n")[0]
        if req.path == "/v1":
            sock.sendall(answer(200, {"resources": [{"name": "orders", "events": ["order_created", "order_updated", "order_deleted"],
                                                     "transports": ["ws", "sse", "ndjson", "longpoll", "poll"]}],
                                      "epoch": self.world.epoch, "server": "rude"}))
            return True
        if req.path == "/v1/orders":
            return self.answer_snapshot(sock, req)
        if req.path == "/v1/orders/watch":
            with self.lock:
                self.watches += 1
                number = self.watches
            conn = Conn(self, sock, req, number)
            if conn.transport == "longpoll":
                self.watching.set()
                return self.answer_long_poll(conn)
            self.stream(conn)
            return False
        sock.sendall(problem(404, "not_found"))
        return True

    def answer_snapshot(self, sock, req):
        doc = self.world.snapshot()
        tag = f'W/"{doc["epoch"]}:{doc["version"]}"'
        if req.headers.get("if-none-match") == tag:
            sock.sendall(b"HTTP/1.1 304 Not Modified\r\nETag: " + tag.encode() + b"\r\nContent-Length: 0\r\n\r\n")
            return True
        if "if-none-match" in req.headers:
            self.watching.set()
        doc = self.faults.snapshot(self, doc)
        if isinstance(doc, bytes):
            sock.sendall(doc)
            return False
        tag = f'W/"{doc["epoch"]}:{doc["version"]}"'
        sock.sendall(answer(200, doc, [("ETag", tag)]))
        self.watching.set()
        return True

    def cursor(self, req):
        """The version to start after, or None if the cursor is too old or foreign."""
        text = req.headers.get("last-event-id") or req.query.get("since") or "now"
        if text == "now":
            return self.world.version
        epoch, _, version = text.rpartition(":")
        if epoch != self.world.epoch or not version.isdigit():
            return None
        number = int(version)
        return number if self.world.floor <= number <= self.world.version else None

    def answer_long_poll(self, conn):
        deadline = time.monotonic() + min(float(conn.req.query.get("wait", 30)), 30)
        with self.world.cond:
            start = self.cursor(conn.req)
            if start is None:
                conn.raw(problem(410, "version_expired"))
                return True
            while not self.world.after(start) and not self.stopping.is_set():
                left = deadline - time.monotonic()
                if left <= 0 or not self.world.cond.wait(left):
                    break
            found = self.world.after(start)[:50]
            end = found[-1][0] if found else max(start, self.world.version)
        conn.prev = start
        events = []
        for version, event in found:
            for part in self.faults.deliver(conn, conn.event_doc(event)):
                if isinstance(part, dict):
                    events.append(part)
                elif callable(part):
                    part(conn)
            conn.sent += 1
            conn.prev = version
        conn.raw(answer(200, {"epoch": self.world.epoch, "version": end, "prev": start, "events": events}))
        return True

    def stream(self, conn):
        with self.world.cond:
            start = self.cursor(conn.req)
        if start is None:
            conn.raw(problem(410, "version_expired"))
            return
        conn.raw(self.faults.head(conn, stream_head(conn)))
        self.watching.set()
        if conn.transport == "ws":
            threading.Thread(target=self.read_frames, args=(conn,), daemon=True).start()
            conn.send({"op": "subscribed", "sid": "0", "epoch": self.world.epoch, "version": start})
        self.faults.opened(conn)
        conn.prev = start
        self.put(conn, self.faults.heartbeat(conn, conn.beat_doc(start)))
        interval = float(conn.req.query.get("heartbeat", 15))
        next_beat = time.monotonic() + interval
        epoch = self.world.epoch
        while not self.stopping.is_set():
            with self.world.cond:
                found = self.world.after(conn.prev)
                if not found and self.world.epoch == epoch:
                    self.world.cond.wait(min(0.5, max(0.01, next_beat - time.monotonic())))
                    found = self.world.after(conn.prev)
                if self.world.epoch != epoch:
                    raise Closed
            for version, event in found:
                parts = self.faults.deliver(conn, conn.event_doc(event))
                conn.sent += 1
                conn.prev = version
                self.put(conn, parts)
            if time.monotonic() >= next_beat:
                beat = conn.beat_doc(max(conn.prev, self.world.version))
                self.put(conn, self.faults.heartbeat(conn, beat))
                conn.prev = beat["version"]
                next_beat = time.monotonic() + interval

    @staticmethod
    def put(conn, parts):
        for part in parts:
            if isinstance(part, dict):
                conn.send(part)
            elif isinstance(part, bytes):
                conn.raw(part)
            else:
                part(conn)

    def read_frames(self, conn):
        """Answers pings and sees the client's close."""
        buffer = b""
        try:
            while True:
                data = conn.sock.recv(65536)
                if not data:
                    return
                buffer += data
                while len(buffer) >= 6:
                    size, offset = buffer[1] & 0x7F, 2
                    if size == 126:
                        size, offset = struct.unpack(">H", buffer[2:4])[0], 4
                    if len(buffer) < offset + 4 + size:
                        break
                    mask = buffer[offset:offset + 4]
                    payload = bytes(b ^ mask[i % 4] for i, b in enumerate(buffer[offset + 4:offset + 4 + size]))
                    opcode = buffer[0] & 0x0F
                    buffer = buffer[offset + 4 + size:]
                    if opcode == 9:
                        conn.raw(ws_frame(10, payload))
                    elif opcode == 8:
                        conn.sock.shutdown(socket.SHUT_RDWR)
                        return
        except (OSError, Closed):
            pass


def stream_head(conn):
    if conn.transport == "ws":
        key = conn.req.headers.get("sec-websocket-key", "")
        accept = base64.b64encode(hashlib.sha1((key + WS_GUID).encode()).digest()).decode()
        return ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: watch.v1\r\n\r\n").encode()
    kind = "text/event-stream" if conn.transport == "sse" else "application/x-ndjson"
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\nCache-Control: no-store\r\n\r\n".encode()
