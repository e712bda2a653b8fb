"""What BigQuery's client raises, in the words of the warehouse.

Source: https://cloud.google.com/bigquery/docs/error-messages (reasons and what they ask for).
"""

import concurrent.futures
import re
from collections.abc import Mapping, Sequence
from typing import cast

import requests.exceptions
from google.api_core import exceptions
from google.auth import exceptions as auth_exceptions

from tembea.providers.warehouse.model import (
    NothingLoaded,
    TooExpensive,
    WarehouseAway,
    WarehouseError,
    WarehouseRefused,
)

_MISSING = re.compile(r"not found: (dataset|table)", re.I)  # and not the project, or whatever else answers 404
_TRANSIENT_REASONS = {"backendError", "internalError", "rateLimitExceeded", "badGateway", "jobRateLimitExceeded"}
_AWAY_REASONS = _TRANSIENT_REASONS | {"quotaExceeded", "stopped", "tableUnavailable", "timeout"}
_TRANSIENT = (
    exceptions.TooManyRequests,
    exceptions.InternalServerError,
    exceptions.BadGateway,
    exceptions.ServiceUnavailable,
    exceptions.GatewayTimeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    auth_exceptions.TransportError,
    ConnectionError,
)
_AWAY = (
    *_TRANSIENT,
    exceptions.ServerError,
    exceptions.RetryError,
    requests.exceptions.RequestException,
    concurrent.futures.TimeoutError,
    concurrent.futures.CancelledError,
)


def is_transient(error: BaseException) -> bool:
    """Whether the same call may work a moment later."""
    return isinstance(error, _TRANSIENT) or _reason(error) in _TRANSIENT_REASONS


def told(error: Exception) -> WarehouseError:
    """The error as the warehouse's own. What cannot be understood counts as refused: asking again would not help."""
    text = f"{type(error).__name__}: {error}"[:500]
    reason = _reason(error)
    if reason == "bytesBilledLimitExceeded":
        return TooExpensive(text)
    if isinstance(error, exceptions.NotFound) and _MISSING.search(str(error)):
        return NothingLoaded(text)
    # An answer that is no JSON is a RequestException, too; it is an answer, and not that nobody answered.
    if not isinstance(error, requests.exceptions.JSONDecodeError) and (
        isinstance(error, _AWAY) or reason in _AWAY_REASONS
    ):
        return WarehouseAway(text)
    return WarehouseRefused(text)


def _reason(error: BaseException) -> str | None:
    """The machine-readable reason of the first error that the answer lists."""
    if not isinstance(error, exceptions.GoogleAPICallError):
        return None
    listed = cast("Sequence[object]", error.errors)  # pyright: ignore[reportUnknownMemberType] - JSON of the server
    first = listed[0] if listed else None
    reason = cast("Mapping[str, object]", first).get("reason") if isinstance(first, dict) else None
    return reason if isinstance(reason, str) else None
