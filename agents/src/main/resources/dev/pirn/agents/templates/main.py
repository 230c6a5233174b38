"""A small agent. Save this file while it runs: its callers will not notice the change."""

import json
import os
import signal
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATE_URL = os.environ.get("PIRN_STATE_URL")


def greet(arguments):
    return f"Hello, {arguments.get('name', 'world')}!"


def add(arguments):
    return arguments["a"] + arguments["b"]


def counter(arguments):
    """Counts its calls. The number is kept outside of this process, so that it outlives it."""
    if not STATE_URL:
        raise ValueError("there is no PIRN_STATE_URL")
    url = STATE_URL + "/counter"
    while True:
        count, etag = 0, None
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                count, etag = json.load(answer), answer.headers["ETag"]
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
        # Another process may count at the same time: write only over what was read.
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = {"Content-Type": "application/json", **condition}
        body = json.dumps(count + 1).encode()
        request = urllib.request.Request(url, data=body, headers=headers, method="PUT")
        try:
            urllib.request.urlopen(request, timeout=5).close()
            return count + 1
        except urllib.error.HTTPError as error:
            if error.code != 412:
                raise


TOOLS = {"greet": greet, "add": add, "counter": counter}


def count_requests(method):
    def counted(self):
        with self.server.idle:
            self.server.working += 1
        try:
            method(self)
        finally:
            with self.server.idle:
                self.server.working -= 1
                self.server.idle.notify_all()

    return counted


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes: the second one would wait for the first to be acknowledged.
    disable_nagle_algorithm = True

    @count_requests
    def do_GET(self):
        if self.path == "/health":
            self.answer(200, {"status": "ok"})
        else:
            self.answer(404, {"error": "not found"})

    @count_requests
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        tool = TOOLS.get(self.path.removeprefix("/call/"))
        if tool is None:
            self.answer(404, {"error": "no such tool", "tools": list(TOOLS)})
            return
        try:
            self.answer(200, {"result": tool(json.loads(body or b"{}"))})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.answer(400, {"error": repr(error)})
        except OSError as error:
            self.answer(502, {"error": str(error)})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.server.ending.is_set():
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def handle_one_request(self):
        super().handle_one_request()
        if self.server.ending.is_set():
            self.close_connection = True

    def log_message(self, form, *values):
        print(f"{self.command} {self.path} {values[1]}", flush=True)


class Server(ThreadingHTTPServer):
    # The process does not wait for connections on which nothing is asked.
    daemon_threads = True

    def __init__(self, address):
        super().__init__(address, Handler)
        self.ending = threading.Event()
        self.idle = threading.Condition()
        self.working = 0


def main():
    server = Server(("127.0.0.1", int(os.environ.get("PORT", "8080"))))

    def end(*_):
        server.ending.set()
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print(f"listening on {server.server_address[1]}", flush=True)
    server.serve_forever(poll_interval=0.05)
    server.server_close()
    with server.idle:
        server.idle.wait_for(lambda: server.working == 0, timeout=2)
    print("ended", flush=True)


if __name__ == "__main__":
    main()
