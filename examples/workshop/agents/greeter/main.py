"""Greets visitors and numbers them. Save this file while it runs: nobody is turned away."""

import json
import os
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

VISITORS = os.environ["PIRN_STATE_URL"] + "/visitors"
PAGES = json.loads((Path(__file__).parents[2] / "shared/pages.json").read_text("utf-8"))


def greet(name):
    topics = ", ".join(PAGES)
    return f"Welcome, {name}! You are visitor {next_visitor()}. Ask the librarian about: {topics}."


def next_visitor():
    """The number is kept by Pirn, so that it goes on when this process is replaced."""
    while True:
        count, condition = 0, {"If-None-Match": "*"}
        try:
            with urllib.request.urlopen(VISITORS, timeout=5) as found:
                count, condition = json.load(found), {"If-Match": found.headers["ETag"]}
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
        headers = {"Content-Type": "application/json", **condition}
        body = str(count + 1).encode()
        try:
            put = urllib.request.Request(VISITORS, data=body, headers=headers, method="PUT")
            urllib.request.urlopen(put, timeout=5).close()
            return count + 1
        except urllib.error.HTTPError as error:
            # 412: somebody else was counted in between, perhaps by the process that takes over.
            if error.code != 412:
                raise


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Or the end of an answer waits until the client has said that it has the beginning.
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path == "/health":
            self.answer(200, {"status": "ok"})
        else:
            self.answer(404, {"error": "not found"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != "/call/greet":
            self.answer(404, {"error": "no such tool", "tools": ["greet"]})
            return
        try:
            name = json.loads(body or b"{}").get("name", "stranger")
            self.answer(200, {"result": greet(name)})
        except (ValueError, AttributeError):
            self.answer(400, {"error": "send an object such as {\"name\": \"Ada\"}"})
        except OSError as error:
            self.answer(502, {"error": f"the number is not to be had: {error}"})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
