"""Errors to Sentry, where SENTRY_DSN is set; the SDK is loaded nowhere else.

Every error that is logged as one is reported, with the ids of its request or job, the release and the places in our
code. What was sent, who sent it and what the error quotes of it stay here.
"""

import logging
from typing import TYPE_CHECKING, cast

from tembea.kernel.telemetry.logs import logged_error
from tembea.kernel.telemetry.scrubbing import plain_words, scrub_value
from tembea.kernel.telemetry.work import CURRENT

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

FLUSH_TIMEOUT_S = 2.0
_TAGS = ("event", "route", "check", "section", "code")
_KEPT = ("event_id", "timestamp", "platform", "level", "release", "environment", "exception", "tags", "sdk", "contexts")
_FRAME = ("filename", "function", "module", "lineno", "in_app", "pre_context", "context_line", "post_context")


def start_reporting(dsn: str, *, release: str) -> None:
    """Report errors from now on. Replaces what was started before."""
    import sentry_sdk

    sentry_sdk.init(
        dsn,
        release=release,
        default_integrations=False,  # they read requests, patch libraries and keep what was logged before
        auto_enabling_integrations=False,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        shutdown_timeout=FLUSH_TIMEOUT_S,
        before_send=_without_people,
    )
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Reporting)]:
        root.removeHandler(handler)
    root.addHandler(_Reporting(logging.ERROR))


def stop_reporting() -> None:
    """Hand over what is left, and report no more. Does nothing where nothing was started."""
    root = logging.getLogger()
    started = [handler for handler in root.handlers if isinstance(handler, _Reporting)]
    for handler in started:
        root.removeHandler(handler)
    if started:
        import sentry_sdk

        sentry_sdk.get_client().close(timeout=FLUSH_TIMEOUT_S)


class _Reporting(logging.Handler):
    """Takes what is logged as an error, by us or by a library, when an exception stands behind it."""

    def emit(self, record: logging.LogRecord) -> None:
        import sentry_sdk

        fields = cast("dict[str, object]", record.msg) if isinstance(record.msg, dict) else {}
        error = logged_error(fields.get("exc_info") or record.exc_info)
        if error is None:
            return
        work = CURRENT.get()
        labels = {key: str(fields[key]) for key in _TAGS if fields.get(key)} | (work.labels() if work else {})
        with sentry_sdk.new_scope() as scope:
            scope.set_tags({**labels, "logger": record.name})
            scope.capture_exception(error)


def _without_people(event: "Event", hint: "Hint") -> "Event | None":
    """Only what is known to be about our code is sent, and what errors say in plain words."""
    del hint
    kept = {key: value for key, value in event.items() if key in _KEPT}
    contexts = cast("dict[str, object]", kept.get("contexts") or {})
    kept["contexts"] = {key: value for key, value in contexts.items() if key in ("runtime", "trace")}
    kept["exception"] = {"values": [_plain_error(one) for one in _values(kept.get("exception"))]}
    tags = cast("dict[str, object]", kept.get("tags") or {})
    kept["tags"] = {key: scrub_value(key, value) for key, value in tags.items()}
    return cast("Event", cast("object", kept))


def _values(exception: object) -> list[dict[str, object]]:
    found = cast("dict[str, list[dict[str, object]]]", exception or {})
    return found.get("values", [])


def _plain_error(error: dict[str, object]) -> dict[str, object]:
    trace = cast("dict[str, list[dict[str, object]]]", error.get("stacktrace") or {})
    frames = [{key: frame[key] for key in _FRAME if key in frame} for frame in trace.get("frames", [])]
    return {
        "type": error.get("type"),
        "module": error.get("module"),
        "mechanism": {"type": "logging", "handled": True},
        "value": plain_words(str(error.get("value") or "")),
        "stacktrace": {"frames": frames},
    }
