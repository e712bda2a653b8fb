"""The agency's working days."""

from datetime import date, timedelta

from tembea.tenants.config import WorkingDays

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEARCHED_DAYS = 60
"""How far ahead a working day is looked for; an agency that is closed for longer works on the day that was asked."""


def is_working_day(working: WorkingDays, day: date) -> bool:
    """Whether the agency works on this day."""
    return _DAYS[day.weekday()] in working.days and day not in working.holidays


def next_working_day(working: WorkingDays, day: date) -> date:
    """This day, or the first after it on which the agency works."""
    ahead = (day + timedelta(days=count) for count in range(SEARCHED_DAYS))
    return next((one for one in ahead if is_working_day(working, one)), day)


def working_days_ago(working: WorkingDays, day: date, count: int) -> date:
    """The day before which `count` working days have passed when this one begins."""
    for _ in range(SEARCHED_DAYS):
        if count <= 0:
            break
        day -= timedelta(days=1)
        count -= is_working_day(working, day)
    return day
