"""Servers on this machine that keep what the real SDKs send them."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast


@dataclass
class Receiver:
    """An HTTP server's address, and the bodies that were posted to it, by path."""

    port: int
    bodies: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])

    def wait_for(self, condition: Callable[[], bool], timeout_s: float = 45) -> None:
        deadline = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < deadline, self.bodies
            time.sleep(0.02)


@contextmanager
def receiving() -> Generator[Receiver]:
    """Takes every POST and answers 200."""
    taken = Receiver(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            taken.bodies.append((self.path, body))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    taken.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()


def events_of(envelope: bytes) -> list[dict[str, object]]:
    """The error events of a Sentry envelope (https://develop.sentry.dev/sdk/data-model/envelopes/)."""
    lines = envelope.split(b"\n")
    found: list[dict[str, object]] = []
    for header, payload in zip(lines[1::2], lines[2::2], strict=False):
        if header and json.loads(header).get("type") == "event":
            found.append(cast("dict[str, object]", json.loads(payload)))
    return found
