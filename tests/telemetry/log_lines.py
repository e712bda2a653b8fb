"""What is logged while a block runs, through the product's own handler and formatter."""

import io
import json
import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager

from tembea.kernel.telemetry import configure_logging

Lines = Callable[[], list[dict[str, object]]]


class _Text(io.StringIO):
    """What was written, when it is asked for, with what was still to be written."""

    def getvalue(self) -> str:
        _write_what_waits()
        return super().getvalue()

    def truncate(self, size: int | None = None, /) -> int:
        _write_what_waits()
        return super().truncate(size)


def _write_what_waits() -> None:
    for handler in logging.getLogger().handlers:
        handler.flush()


@contextmanager
def json_logs(level: str) -> Generator[io.StringIO]:
    """Everything that this process logs from `level` upwards, as JSON lines."""
    root = logging.getLogger()
    before = root.handlers[:]
    configure_logging(level, as_json=True)
    text = _Text()
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
