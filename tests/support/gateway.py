# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference watch server as a process of a test: started on a free port, frozen by its control routes, asked for its truth."""
import json
import os
import signal
import urllib.error
import urllib.request

from running import Running, free_port, wait_until

TOKEN = "test-token"


class Gateway:
    """options: further command line options. The port stays the same over stop() and start()."""

    def __init__(self, binary, *options):
        self.command = [binary, "--port", str(free_port()), "--control", "--token", TOKEN, *options]
        self.url = None
        self.process = None
        self.start()

    def start(self):
        self.process = Running(self.command)
        line = wait_until(lambda: self._ready(), 15, "READY of the gateway")
        self.url = line.split()[1]

    def _ready(self):
        if self.process.process.poll() is not None:
            raise AssertionError("the gateway ended: " + self.process.error_text()[-500:])
        return next((line for line in self.process.lines if line.startswith("READY ")), None)

    def stop(self, number=signal.SIGTERM):
        return self.process.stop(number)

    def post(self, path, body=b""):
        """Tries again where a fault of --chaos hits the request."""
        def done():
            request = urllib.request.Request(self.url + path, data=body, method="POST", headers={"Authorization": "Bearer " + TOKEN})
            try:
                with urllib.request.urlopen(request, timeout=5) as answer:
                    return answer.status in (200, 204)
            except (urllib.error.URLError, OSError):
                return False
        wait_until(done, 15, "POST " + path)

    def snapshot(self, resource):
        def whole():
            request = urllib.request.Request(f"{self.url}/v1/{resource}", headers={"Authorization": "Bearer " + TOKEN})
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    return json.loads(answer.read())
            except (urllib.error.URLError, OSError, ValueError):
                return None
        return wait_until(whole, 30, "a whole snapshot")

    @staticmethod
    def token_file(folder):
        path = os.path.join(folder, "token")
        with open(path, "w", encoding="utf-8") as file:
            file.write(TOKEN)
        return path
