"""A port of its own for Prometheus, off unless one is set, on loopback unless told; nobody has to say who they are."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tembea.kernel.exposition import CONTENT_TYPE, worker_text


@contextmanager
def serving_metrics(host: str, port: int, text: Callable[[], bytes] = worker_text) -> Generator[None]:
    """Answer scrapes at `/metrics` with `text()` while the block runs. Raises `OSError` where the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        """One scrape."""

        timeout = 5

        def do_GET(self) -> None:
            """The figures; nothing else is here."""
            found = self.path.partition("?")[0] == "/metrics"
            body = text() if found else b""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """A scrape every few seconds is no news."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
