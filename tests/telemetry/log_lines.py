"""What is logged while a block runs, through the product's own handler and formatter."""

import io
import json
import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager

from tembea.kernel.telemetry import configure_logging

Lines = Callable[[], list[dict[str, object]]]


@contextmanager
def json_logs(level: str) -> Generator[io.StringIO]:
    """Everything that this process logs from `level` upwards, as JSON lines."""
    root = logging.getLogger()
    before = root.handlers[:]
    configure_logging(level, as_json=True)
    text = io.StringIO()
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(text)  # pyright: ignore[reportUnknownMemberType] - generic without its argument
    try:
        yield text
    finally:
        configure_logging("WARNING", as_json=False)
        root.handlers = before


def lines_of(text: io.StringIO) -> list[dict[str, object]]:
    """The lines so far."""
    return [json.loads(line) for line in text.getvalue().splitlines()]
