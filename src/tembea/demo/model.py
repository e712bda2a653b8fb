"""What the demonstration consists of: its people, and the plan of what happened on which day."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Person:
    """An invented customer. `phone` is from ranges that are kept free for fiction, or nobody's."""

    name: str
    email: str
    phone: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class QuotePlan:
    """One quote of the story. Days count back from today; `option` is the position of the selected option, or None.

    `revised` makes a first version that this one superseded.
    """

    person: int
    status: str
    days_ago: int
    destination: str
    lead_days: int
    nights: int
    adults: int
    children_ages: tuple[int, ...]
    board: str | None
    option: int | None
    revised: bool = False

    def made_on(self, today: date) -> date:
        """The day on which the quote was made."""
        return today - timedelta(days=self.days_ago)

    def check_in(self, today: date) -> date:
        """The first day of the trip."""
        return self.made_on(today) + timedelta(days=self.lead_days)


@dataclass(frozen=True, slots=True)
class InvoicePlan:
    """The invoice of a converted quote. `due_in_days` counts from today, `paid_percent` are payments, oldest first."""

    status: str
    due_in_days: int
    paid_percent: tuple[int, ...]
