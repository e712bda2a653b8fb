"""Where a calendar day begins and ends in a time zone, for lists that are asked for by days."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def start_of(day: date, zone: tzinfo) -> datetime:
    """The first moment of a day, in UTC."""
    local = datetime.combine(day, time(), zone)
    try:
        return local.astimezone(UTC)
    except OverflowError:  # the first day of the calendar, east of Greenwich
        return datetime.min.replace(tzinfo=UTC)


def end_of(day: date, zone: tzinfo) -> datetime | None:
    """The first moment after a day, in UTC; None after the last day of the calendar."""
    return None if day == date.max else start_of(day + timedelta(days=1), zone)
