"""What the worker counts, for Prometheus: on a port of its own, off unless one is set, on loopback unless told."""

from collections.abc import Generator
from contextlib import contextmanager

from prometheus_client import start_http_server


@contextmanager
def serving_metrics(host: str, port: int) -> Generator[None]:
    """Answer scrapes at `/metrics` while the block runs. Raises `OSError` where the port is taken."""
    server, thread = start_http_server(port, addr=host)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
