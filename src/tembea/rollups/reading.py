"""Asks the rollups: stored sums, and what is marked and not folded yet, of one snapshot."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tembea.kernel.db import Read
from tembea.rollups import store
from tembea.rollups.asks import FOREVER, Ask, Grain, Sum, pieces, start_of
from tembea.rollups.kinds_store import KINDS
from tembea.rollups.store import DaySum, Entry

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rollups:
    """A tenant's rollups as one transaction sees them, with what they lack of the kinds that were asked for."""

    read: Read
    waiting: Sequence[Entry]

    async def sums(self, asks: Sequence[Ask]) -> list[list[Sum]]:
        """The sums of each ask by key and currency, all asks in one query; sums of nothing are left out."""
        found: defaultdict[tuple[int, str, str], list[Sum]] = defaultdict(list)
        for one in await store.list_sums(self.read, pieces(asks)):
            found[one.ask, one.key, one.currency].append(one)
        for number, ask in enumerate(asks):
            for entry in self.waiting:
                if entry.dimension == ask.dimension and ask.holds(entry.day):
                    one = Sum(number, entry.key, entry.currency, entry.count, entry.amount)
                    found[number, entry.key, entry.currency].append(one)
        answers: list[list[Sum]] = [[] for _ in asks]
        for (number, key, currency), parts in found.items():
            count, amount = sum(part.count for part in parts), sum((part.amount for part in parts), _ZERO)
            if count or amount:
                answers[number].append(Sum(number, key, currency, count, amount))
        return answers

    async def days(self, dimension: str, first: date, last: date) -> list[DaySum]:
        """The sums of one dimension by day, currency and key; days of nothing are left out."""
        ask = Ask(dimension, first, last)
        stored = await store.list_series(self.read, dimension, "day", first, last)
        lacking = [one for one in self.waiting if one.dimension == dimension and ask.holds(one.day)]
        return _added_up(stored, "day", lacking) if lacking else stored

    async def months(self, dimension: str, last: date) -> list[DaySum]:
        """All sums of one dimension until `last` by month, known by its first day; of the last one what there is."""
        ask = Ask(dimension, FOREVER[0], last)
        this_month = start_of("month", last)
        before = await store.list_series(self.read, dimension, "month", FOREVER[0], this_month - timedelta(days=1))
        days = await store.list_series(self.read, dimension, "day", this_month, last)
        lacking = [one for one in self.waiting if one.dimension == dimension and ask.holds(one.day)]
        return _added_up([*before, *days], "month", lacking)


def _added_up(stored: Sequence[DaySum], grain: Grain, lacking: Sequence[Entry]) -> list[DaySum]:
    found: dict[tuple[date, str, str], tuple[int, Decimal]] = {}
    entries = ((one.day, one.key, one.currency, one.count, one.amount) for one in lacking)
    for day, key, currency, count, amount in (*stored, *entries):
        if day is not None:
            place = (start_of(grain, day), currency, key)
            known = found.get(place, (0, _ZERO))
            found[place] = (known[0] + count, known[1] + amount)
    return [
        (day, key, currency, count, amount)
        for (day, currency, key), (count, amount) in sorted(found.items())
        if count or amount
    ]


async def open_rollups(read: Read, zone: str | None, kinds: Collection[str]) -> Rollups | None:
    """The rollups in the snapshot of `read`, exact in these `kinds` of things: quote, invoice, client, activity, call.

    None where they were not built, or for days of another zone than `zone`; a `zone` of None asks for nothing that has
    a day.
    """
    state = await store.find_state(read)
    if state is None or (zone is not None and state.time_zone != zone):
        return None
    waiting: list[Entry] = []
    for kind in KINDS:
        marked = kind.name in state.marked or (kind.also and "quote" in state.marked)
        if kind.name in kinds and marked:
            waiting += await store.list_waiting(read, kind, state.time_zone)
    return Rollups(read, waiting)
