"""Where a page of a list that shows the newest first begins."""

from datetime import UTC, datetime
from uuid import UUID

from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.paging import decode_cursor


def newest_first_position(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Time and id of the last row of the page before; raises `Invalid` for a cursor that we never gave out."""
    if cursor is None:
        return None
    made, row = decode_cursor(cursor, parts=2)
    try:
        moment, row_id = datetime.fromisoformat(made), UUID(row)
    except ValueError as error:
        raise _unknown_cursor() from error
    if moment.tzinfo is None:
        raise _unknown_cursor()
    try:
        return moment.astimezone(UTC), row_id
    except OverflowError as error:  # the calendar's first or last hours, elsewhere
        raise _unknown_cursor() from error


def _unknown_cursor() -> Invalid:
    problem = FieldError("query.cursor", "Leave it out to start at the beginning.")
    return Invalid("This cursor is not one of ours.", errors=[problem])
