# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx with the Nchan module on a free port of this machine, to publish to channels and to watch them."""
import glob
import os
import subprocess
import tempfile
import urllib.request

from running import free_port, wait_until, which

CONFIG = """
load_module {module};
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
{user}
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  nchan_message_buffer_length {length};
  nchan_message_timeout 10m;
  server {{
    listen 127.0.0.1:{port};
    nchan_websocket_ping_interval 2;
    nchan_eventsource_ping_interval 2;
    location = / {{ return 200 "ready"; }}
    location ~ ^/publish/(\\w+)$ {{ nchan_publisher; nchan_channel_id $1; nchan_store_messages on; }}
    location ~ ^/watch/(\\w+)$ {{ nchan_subscriber; nchan_channel_id $1; nchan_subscriber_first_message oldest; }}
  }}
}}
"""


def missing():
    """Why the server cannot be started here; None if it can."""
    if not which("nginx"):
        return "nginx is not installed (package nginx)"
    if not find_module():
        return "the Nchan module of nginx is not installed (package libnginx-mod-nchan)"
    return None


def find_module():
    found = [path for folder in ("lib", "lib64", "share", "local/lib") for path in glob.glob(f"/usr/{folder}/nginx/modules/ngx_nchan_module.so")]
    return found[0] if found else None


class NchanServer:
    def __init__(self, length=10000):
        self.port = free_port()
        self.length = length
        self.folder = tempfile.TemporaryDirectory(prefix="nchan-")
        self.process = None
        self.start()

    def start(self):
        path = os.path.join(self.folder.name, "nginx.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(module=find_module(), folder=self.folder.name, port=self.port, length=self.length,
                                     user="user root;" if os.getuid() == 0 else ""))
        with open(os.path.join(self.folder.name, "output.log"), "ab") as log:
            self.process = subprocess.Popen([which("nginx"), "-p", self.folder.name, "-e", os.path.join(self.folder.name, "error.log"),
                                             "-c", path], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        wait_until(self.answers, 10, "the start of nginx")

    def answers(self):
        if self.process.poll() is not None:
            with open(os.path.join(self.folder.name, "error.log"), encoding="utf-8", errors="replace") as log:
                raise AssertionError("nginx ended: " + log.read()[-500:])
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=1) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def publish(self, channel, text):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/publish/{channel}", data=text.encode(), method="POST",
                                         headers={"Content-Type": "text/plain"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            assert answer.status in (200, 201, 202), answer.status

    def close(self):
        self.stop()
        self.folder.cleanup()
