"""A small server that speaks the protocol as a test tells it to: real sockets, real streams."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server:
    """Answers in turn what was enqueued, and remembers what it was asked."""

    def __init__(self):
        self.asked, self.headers, self.turn = [], [], []
        self.models = ["tiny"]
        self.pause = 0.0
        handler = type("Handler", (_Handler,), {"server_of_test": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    def enqueue(self, *answers):
        """Each a text, a status, (status, headers), or a list of raw lines; the last one stays."""
        self.turn += answers

    def next(self):
        return self.turn.pop(0) if len(self.turn) > 1 else self.turn[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._remember(b"")
        listed = {"data": [{"id": name} for name in self.server_of_test.models]}
        self._reply(200, json.dumps(listed).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self._remember(body)
        said = self.server_of_test.next()
        if isinstance(said, int):
            said = (said, {})
        if isinstance(said, tuple):
            self._reply(said[0], b'{"error": {"message": "no such thing"}}', said[1])
        else:
            self._stream(events(said) if isinstance(said, str) else said)

    def _remember(self, body):
        self.server_of_test.headers.append(dict(self.headers))
        self.server_of_test.asked.append(json.loads(body) if body else self.path)

    def _reply(self, status, body, headers=()):
        self.send_response(status)
        for name, value in {**dict(headers), "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, lines):
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for line in lines:
                time.sleep(self.server_of_test.pause)
                self.wfile.write(f"{line}\n\n".encode())
                self.wfile.flush()
        except OSError:
            self.server_of_test.asked.append("the client went away")


def events(text) -> Iterator[str]:
    """A text as server-sent events, a few characters each."""
    for at in range(0, len(text), 7):
        yield f"data: {json.dumps({'choices': [{'delta': {'content': text[at : at + 7]}}]})}"
    yield f"data: {json.dumps({'choices': [{'delta': {}, 'finish_reason': 'stop'}]})}"
    yield "data: [DONE]"
