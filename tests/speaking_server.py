"""A small server that speaks the protocol as a test tells it to: real sockets, real streams."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server:
    """Answers in turn what was enqueued, and remembers what it was asked."""

    def __init__(self):
        self.asked, self.headers, self.turn = [], [], []
        self.models = ["tiny"]
        self.before_models = []
        """What is answered before the models are listed, in turn."""
        self.pause = 0.0
        """Before each line of a stream."""
        self.speaks = threading.Event()
        """Cleared, it says nothing until it is set again."""
        self.speaks.set()
        """Before the models are listed."""
        handler = type("Handler", (_Handler,), {"server_of_test": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    def enqueue(self, *answers):
        """Each a text, a status, (status, headers), a list of raw lines, or bytes that are no
        stream; None, also as a line, hangs up. The last one stays.
        """
        self.turn += answers

    def next(self):
        return self.turn.pop(0) if len(self.turn) > 1 else self.turn[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._remember(b"")
        self.server_of_test.speaks.wait()
        if self.server_of_test.before_models:
            self._say(self.server_of_test.before_models.pop(0))
            return
        listed = {"data": [{"id": name} for name in self.server_of_test.models]}
        self._reply(200, json.dumps(listed).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self._remember(body)
        self._say(self.server_of_test.next())

    def _say(self, said):
        if isinstance(said, int):
            said = (said, {})
        if said is None:
            self._hang_up()
        elif isinstance(said, bytes):
            self._reply(200, said)
        elif isinstance(said, tuple):
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
                if line is None:
                    self._hang_up()
                    return
                self.wfile.write(f"{line}\n\n".encode())
                self.wfile.flush()
        except OSError:
            self.server_of_test.asked.append("the client went away")

    def _hang_up(self):
        """As a process that is killed does: without a last word."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())


def events(text) -> Iterator[str]:
    """A text as server-sent events, a few characters each."""
    for at in range(0, len(text), 7):
        yield f"data: {json.dumps({'choices': [{'delta': {'content': text[at : at + 7]}}]})}"
    yield f"data: {json.dumps({'choices': [{'delta': {}, 'finish_reason': 'stop'}]})}"
    yield "data: [DONE]"
