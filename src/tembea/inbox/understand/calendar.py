"""Days by rule: the next such date, weekdays, Easter, months."""

from datetime import date, timedelta

_LEAP_SEARCH_YEARS = 9


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_such(month: int, day: int, today: date) -> date | None:
    """The first such day after today; 29 February waits for a leap year."""
    candidates = (day_or_none(today.year + ahead, month, day) for ahead in range(_LEAP_SEARCH_YEARS))
    return next((found for found in candidates if found is not None and found > today), None)


def last_such(month: int, day: int, today: date) -> date | None:
    """The last such day up to today."""
    candidates = (day_or_none(today.year - back, month, day) for back in range(_LEAP_SEARCH_YEARS))
    return next((found for found in candidates if found is not None and found <= today), None)


def next_day_of_month(day: int, today: date) -> date | None:
    """The first day after today whose number in its month is `day`."""
    for ahead in range(13):
        year, month = add_months(today.year, today.month, ahead)
        found = day_or_none(year, month, day)
        if found is not None and found > today:
            return found
    return None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and month `count` months on."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def coming_weekday(weekday: int, today: date) -> date:
    """The first such weekday after today; Monday is 0."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def weekday_of_next_week(weekday: int, today: date) -> date:
    """That day of the next week from Monday to Sunday."""
    return today + timedelta(days=7 - today.weekday() + weekday)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month; -1 is the last."""
    if nth < 0:
        following = add_months(year, month, 1)
        last = date(*following, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def easter_sunday(year: int) -> date:
    """Western Easter by the anonymous Gregorian computus (Nature, 1876)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    lunar = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    solar = (32 + 2 * (century % 4) + 2 * (of_century // 4) - lunar - of_century % 4) % 7
    shift = (golden + 11 * lunar + 22 * solar) // 451
    month, day = divmod(lunar + solar - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def next_easter(today: date, year: int | None) -> tuple[date, date]:
    """Good Friday and Easter Monday of that year, else of the next Easter to come."""
    chosen = year if year is not None else today.year
    friday = easter_sunday(chosen) - timedelta(days=2)
    if year is None and friday <= today:
        friday = easter_sunday(chosen + 1) - timedelta(days=2)
    return friday, friday + timedelta(days=3)
