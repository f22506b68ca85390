# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs and connections that a test starts and stops by itself: a process read line by line, and a TCP line to cut."""
import os
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time


def wait_until(condition, patience, what):
    """Polls until condition() is true and gives its value; fails with a sentence."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen within {patience:g} s")
        time.sleep(0.02)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """A process whose standard output is collected line by line while it runs."""

    def __init__(self, command):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, stdin=subprocess.DEVNULL, text=True)
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def stop(self, number=signal.SIGINT, patience=10):
        """Sends the signal if it still runs; gives the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(5)
        return self.process.returncode

    def error_text(self):
        position = self.errors.tell()
        self.errors.seek(0)
        text = self.errors.read().decode(errors="replace")
        self.errors.seek(position)
        return text


class TcpLine:
    """Passes bytes to a port of this machine; cut() resets every connection, freeze() keeps them open and silent."""

    def __init__(self, target_port):
        self.target_port = target_port
        self.opened = 0
        self._pairs = []
        self._frozen = False
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target_port), 5)
            except OSError:
                near.close()
                continue
            with self._lock:
                self.opened += 1
                self._pairs.append((near, far))
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source, sink):
        try:
            while piece := source.recv(65536):
                if not self._frozen:
                    sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def cut(self):
        with self._lock:
            pairs, self._pairs = self._pairs, []
            self._frozen = False
        for pair in pairs:
            for end in pair:
                try:  # a linger of zero sends a reset
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                end.close()

    def freeze(self):
        self._frozen = True

    def close(self):
        self._listener.close()
        self.cut()


def which(name, folders=("/usr/sbin", "/sbin", "/usr/local/sbin")):
    """Path of a program, also where an ordinary user's PATH does not reach; None if it is not there."""
    for folder in os.environ.get("PATH", "").split(os.pathsep) + list(folders):
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK):
            return path
    return None
