"""Rules that were broken, as values that every edge can answer with (RFC 9457 problem details)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that is wrong: `loc` is its path in the request ("body.check_in"), `msg` says what to do."""

    loc: str
    msg: str


class AppError(Exception):
    """A broken rule. `detail` says what, which and what next, in words for the person who reads the answer.

    Subclasses set the HTTP `status`, the stable machine-readable `code` and a short `title`.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something failed on our side"

    def __init__(
        self, detail: str, *, errors: Sequence[FieldError] = (), headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = headers or {}

    def extra(self) -> dict[str, object]:
        """Members that this kind of problem adds to the answer (RFC 9457, extension members)."""
        return {}


class BadRequest(AppError):
    """400: the request cannot be read."""

    status = 400
    code = "bad_request"
    title = "The request cannot be read"


class Unauthorized(AppError):
    """401: who is asking is not known."""

    status = 401
    code = "unauthorized"
    title = "Please sign in"


class Forbidden(AppError):
    """403: who asks is known and may not do this."""

    status = 403
    code = "forbidden"
    title = "You may not do this"


class NotFound(AppError):
    """404: it does not exist, or not for this tenant; both answer the same."""

    status = 404
    code = "not_found"
    title = "Not found"

    def __init__(self, detail: str = "There is nothing here under this address.") -> None:
        super().__init__(detail)


class Conflict(AppError):
    """409: the thing is in a state that does not allow this."""

    status = 409
    code = "conflict"
    title = "This is not possible now"


class TooLarge(AppError):
    """413: more bytes than the limit for this input."""

    status = 413
    code = "too_large"
    title = "Too large"


class Invalid(AppError):
    """422: readable, but a value breaks a rule; `errors` name the fields."""

    status = 422
    code = "invalid"
    title = "Some values need correcting"


class RateLimited(AppError):
    """429: a limit is used up; `Retry-After` says when to come back. `limit` names it in figures and in the log."""

    limit: str = "other"
    status = 429
    code = "rate_limited"
    title = "Too many at once"


class Unavailable(AppError):
    """503: something we depend on does not answer; trying again later is right."""

    status = 503
    code = "unavailable"
    title = "Not available for a moment"
