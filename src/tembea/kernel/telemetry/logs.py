"""Structured logs on standard error: JSON for machines, or lines for a person at a terminal. Nobody's data is in them.

Our own lines are an event, which is a constant, and fields, which are scrubbed. Of a library's line only the template
stays, without what was filled in: libraries log addresses, rows and whole messages.
"""

import asyncio
import logging
import sys
import time
from collections import deque
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import Protocol, TextIO

import structlog
from pydantic_core import to_json

from tembea.kernel.telemetry.scrubbing import plain_words, scrub_value, stack_trace
from tembea.kernel.telemetry.work import CURRENT

# What these say is about sockets and start-up, never about what was sent.
_TRUSTED = ("tembea", "uvicorn")
_NOISY = ("procrastinate", "mail.log", "fontTools", "httpx", "uvicorn.access")
_Event = MutableMapping[str, object]
_LEVELS = {level: logging.getLevelName(level).lower() for level in logging.getLevelNamesMapping().values()}
Fields = Mapping[str, str | int | float]


def configure_logging(level: str, *, as_json: bool) -> None:
    """Send every log line of this process to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        _label,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = _LineHandler(as_json=as_json)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[_scrub, _trace, renderer],
            use_get_message=False,
            pass_foreign_args=True,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(max(logging.WARNING, root.level))


class Line(Protocol):
    """What `write_later` writes: words and numbers of our own, and nothing else."""

    def fields(self) -> Fields:
        """What the line says, `event` first."""
        ...


class _LineHandler(logging.StreamHandler[TextIO]):
    """Writes records, and lines that need no record: those together, when the event loop comes round.

    A line by itself costs a request more than most of its layers do. They are kept for no longer than it takes to serve
    what is ready, and whatever else is logged comes after them: only a process that is killed leaves any unwritten.
    """

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json
        self._waiting: deque[tuple[int, str, int, Line]] = deque()
        self._writing_in: asyncio.AbstractEventLoop | None = None
        self._second, self._up_to_seconds = -1, ""

    def write_later(self, logger: str, level: int, line: Line) -> None:
        """Write a line of now; call it inside an event loop."""
        self._waiting.append((time.time_ns(), logger, level, line))
        if self._writing_in is None or self._writing_in.is_closed():
            self._writing_in = asyncio.get_running_loop()  # which asks the system whose process this is
            self._writing_in.call_soon(self._come_round)

    def emit(self, record: logging.LogRecord) -> None:
        """As the library's."""
        self._write_waiting()
        super().emit(record)

    def flush(self) -> None:
        """As the library's."""
        self._write_waiting()
        super().flush()

    def _come_round(self) -> None:
        self._writing_in = None
        self.flush()

    def _write_waiting(self) -> None:
        """Where nothing can be written, nobody can be told."""
        if not self._waiting:
            return
        self.acquire()  # threads log, too
        try:
            self.stream.write("".join([self._text(*self._waiting.popleft()) for _ in range(len(self._waiting))]))
        except (OSError, ValueError):
            return
        finally:
            self.release()

    def _text(self, at_ns: int, logger: str, level: int, line: Line) -> str:
        fields, stamp, name = line.fields(), self._stamp(at_ns), _LEVELS.get(level, "notset")
        if self._as_json:
            return to_json({**fields, "logger": logger, "level": name, "timestamp": stamp}).decode() + "\n"
        return f"{stamp} [{name:<7}] {_words_of(tuple(fields)) % tuple(fields.values())}\n"

    def _stamp(self, at_ns: int) -> str:
        """As in 2026-11-27T18:31:00.000001Z; the part that does not change for a second is made once."""
        second, rest_ns = divmod(at_ns, 1_000_000_000)
        if second != self._second:
            self._second, self._up_to_seconds = second, time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
        return f"{self._up_to_seconds}.{rest_ns // 1_000:06}Z"


@lru_cache(maxsize=100)
def _words_of(keys: tuple[str, ...]) -> str:
    """How a line without JSON says fields of these names, to be filled in; the event, which is first, stands alone."""
    return " ".join(["%s", *(f"{key}=%s" for key in keys[1:])])


def write_later(logger: logging.Logger, level: int, line: Line) -> None:
    """Log a line of which there is one for every request; ask `logger.isEnabledFor` before. See `_LineHandler`.

    The way through records and processors would cost ten times as much.
    """
    for handler in logging.root.handlers:
        if isinstance(handler, _LineHandler):
            handler.write_later(logger.name, level, line)
        elif level >= handler.level:
            handler.handle(logger.makeRecord(logger.name, level, "", 0, dict(line.fields()), (), None))


def logged_error(value: object) -> BaseException | None:
    """The error behind an `exc_info`, in any of the forms in which logging takes it."""
    if isinstance(value, tuple):
        value = next((part for part in value[1:2]), None)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - whatever somebody logged
    elif value is True:
        value = sys.exception()
    return value if isinstance(value, BaseException) else None


def _label(_: object, __: str, event: _Event) -> _Event:
    """The ids of the request or job that the line is about."""
    work = CURRENT.get()
    if work is not None:
        for key, value in work.labels().items():
            event.setdefault(key, value)
    return event


def _scrub(_: object, __: str, event: _Event) -> _Event:
    """Only what may be logged, and what the formatter put beside it for itself taken away."""
    record = event.pop("_record", None)
    is_ours = bool(event.pop("_from_structlog", False))
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if not is_ours and isinstance(record, logging.LogRecord):
        event["event"] = _said_by_library(record.name, str(event["event"]), event.pop("positional_args", None))
    for key, value in event.items():
        event[key] = scrub_value(key, value)
    if error:
        event["exc_info"] = error
    return event


def _said_by_library(logger: str, template: str, filled_in: object) -> str:
    if logger.startswith(_TRUSTED):
        return template % filled_in if filled_in else template
    return template if filled_in else plain_words(template)


def _trace(_: object, __: str, event: _Event) -> _Event:
    """The stack trace, with what errors say in plain words."""
    error = logged_error(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = stack_trace(error)
    return event
