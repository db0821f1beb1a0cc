"""A gateway that signs for clients which cannot, and may cut the line once in the middle of a body."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sync.credentials import Credentials
from sync.signatures import Question

_HOP = {"connection", "transfer-encoding", "server", "date"}


class _Gateway(ThreadingHTTPServer):
    """Cuts the first body longer than `cut_after`. Without credentials nothing is signed."""

    daemon_threads = True

    def __init__(self, port: int, credentials: Credentials | None, cut_after: int | None) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.port, self.credentials, self.cut_after = port, credentials, cut_after


class _Passing(BaseHTTPRequestHandler):
    server: _Gateway

    def do_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        there = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        there.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self._forwarded(body).items():
            there.putheader(name, value)
        there.endheaders()
        limit = self.server.cut_after
        cut = limit if limit is not None and len(body) > limit else None
        there.send(body[:cut])
        if cut is None:
            self._pass_back(there.getresponse())
        else:
            self.server.cut_after = None
            self.close_connection = True
        there.close()

    do_POST = do_PUT = do_PATCH = do_HEAD = do_any  # noqa: N815  the names are http.server's

    def _forwarded(self, body: bytes) -> dict[str, str]:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        headers |= {"Content-Length": str(len(body))}
        if self.server.credentials is None:
            return headers
        question = Question(self.command, f"http://central{self.path}", headers)
        return self.server.credentials.sign(question, None if self.command == "PATCH" else body)

    def _pass_back(self, answer: http.client.HTTPResponse) -> None:
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def gateway(port: int, credentials: Credentials | None, cut_after: int | None = None) -> Iterator[str]:
    """Stand before central at this port until the end of the block; yields the address."""
    server = _Gateway(port, credentials, cut_after)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
