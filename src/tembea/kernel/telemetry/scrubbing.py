"""Takes people out of what is logged or reported: names, addresses, numbers, texts, tokens.

It is not told what a name looks like; it is told what may stay. Values under keys that only ever hold words of our own
stay as they are, and of everything else only plain small words and short numbers do.
"""

import re
import traceback
from collections.abc import Mapping

import psycopg

TEXT_LIMIT = 300
HIDDEN = "…"
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|'[^']*'|\([^)]*\)|<[^>]*>|\[[^\]]*\]|\{[^}]*\}")
# Words in small letters, and numbers of up to three digits, such as the codes of SMTP and HTTP.
_PLAIN = re.compile(r"[a-z]+([-_'][a-z]+)*[.,:;]?|\d{1,3}[.,:;]?|[-–/=]")
_HIDDEN_RUN = re.compile(rf"{HIDDEN}(\s+{HIDDEN})+")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][a-z_]*(\.[a-z_]+)*")

OUR_WORDS = frozenset(
    {
        "event",
        "level",
        "logger",
        "timestamp",
        "request_id",
        "trace_id",
        "tenant",
        "job",
        "route",
        "method",
        "code",
        "cause",
        "check",
        "section",
        "limit",
        "cache",
        "purpose",
        "reason",
        "outcome",
        "status",
        "source",
        "then",
        "kind",
        "part",
        "queue",
        "error_class",
        "release",
    }
)
"""Keys whose values are words of our own: constants of the code, slugs, classes, ids. Never anything that came in."""


def plain_words(text: str) -> str:
    """The first line of `text` without whatever may be somebody's: quoted text, capitals, addresses, long numbers."""
    first, *others = _QUOTED.sub(f" {HIDDEN} ", text.partition("\n")[0])[: TEXT_LIMIT * 2].split() or [""]
    words = [_plain(first.lower() if first.istitle() else first), *map(_plain, others)]
    return _HIDDEN_RUN.sub(HIDDEN, " ".join(words))[:TEXT_LIMIT].strip()


def scrub_value(key: str, value: object) -> object:
    """A value as it may be logged under `key`."""
    if key in OUR_WORDS or value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if _IDENTIFIER.fullmatch(text) else plain_words(text)


def scrub_fields(fields: Mapping[str, object]) -> dict[str, object]:
    """All fields of a log line, as they may be logged."""
    return {key: scrub_value(key, value) for key, value in fields.items()}


def error_class(error: BaseException) -> str:
    """The class of an error with its module, as in `psycopg.errors.UniqueViolation`."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def error_text(error: BaseException) -> str:
    """What an error says, in plain words: whoever raised it may have put a customer's data into the message."""
    # PostgreSQL's details quote whole rows; its primary message names what was broken.
    return plain_words(error.diag.message_primary or "" if isinstance(error, psycopg.Error) else str(error))


def stack_trace(error: BaseException) -> str:
    """The stack trace of an error and of those it came from: places and our source, classes and plain words."""
    return "\n\n".join(_one_trace(one) for one in _chain(error))


_CHAIN_LIMIT = 10


def _chain(error: BaseException) -> list[BaseException]:
    """An error's causes, the first cause first; the members of a group come before the group."""
    found: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo and len(found) < _CHAIN_LIMIT:
        one = todo.pop(0)
        if one is None or one in found:
            continue
        found.append(one)
        todo.append(one.__cause__ or (None if one.__suppress_context__ else one.__context__))
        if isinstance(one, BaseExceptionGroup):
            todo += list[BaseException | None](one.exceptions)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - a group of any errors
    return found[::-1]


def _one_trace(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    said = error_text(error)
    return f"Traceback (most recent call last):\n{frames}{error_class(error)}{': ' if said else ''}{said}"


def _plain(word: str) -> str:
    return word if not word or word == HIDDEN or _PLAIN.fullmatch(word) else HIDDEN
