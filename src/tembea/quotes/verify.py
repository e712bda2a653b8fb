"""Pricing quotes again from what they pinned: the same engine has to give the same bytes, years later too.

Three things are told apart: a version whose stored rows no longer have the hash that vouched for them, a price that the
same engine gives no more (a fault of ours), and one that a newer engine gives differently (which a quote's customer is
never told; the report is for whoever changed the engine).
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.pricing import ENGINE_VERSION, Contract, CostLine, Priced, Rejected, price_stay, sha256_of
from tembea.quotes import store
from tembea.quotes.model import Quote, QuoteOption
from tembea.quotes.pins import Pin, find_pin, pinned_options
from tembea.quotes.service import version_digest
from tembea.rates import contracts_by_id

QUOTES_AT_ONCE = 50
_NO_MATTER = datetime(2000, 1, 1, tzinfo=UTC)
"""A pinned request has its booking date; the moment of pricing does not count."""


class Verdict(StrEnum):
    """How an option, or a whole version, stands."""

    IDENTICAL = "identical"
    DIFFERENT = "different"
    OTHER_ENGINE = "different by a newer engine"
    ALTERED = "altered"
    UNPINNED = "made before prices were pinned"

    @property
    def is_fine(self) -> bool:
        """True where nothing speaks against what the customer was told."""
        return self in (Verdict.IDENTICAL, Verdict.UNPINNED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One option (0: the version as a whole) and how it stands, with what differs."""

    number: str
    version: int
    option: int
    verdict: Verdict
    detail: str = ""


async def verify_quotes(
    db: Db, ctx: Context, *, since: datetime | None = None, until: datetime | None = None
) -> AsyncIterator[Finding]:
    """Every option of an agency's quotes made in a time, the newest first. Nothing is written."""
    wanted, after = store.QuoteFilter(since=since, until=until), None
    while True:
        async with db.read(ctx) as read:
            quotes = await store.list_whole_quotes(read, wanted, after=after, limit=QUOTES_AT_ONCE)
            pins = [found for quote in quotes for one in pinned_options(quote.snapshot) if (found := find_pin(one))]
            contracts = await contracts_by_id(read, {found.contract_id for found in pins})
        for quote in quotes:
            for finding in check_quote(quote, contracts):
                yield finding
        if len(quotes) < QUOTES_AT_ONCE:
            return
        after = (quotes[-1].created_at, quotes[-1].id)


def check_quote(quote: Quote, contracts: Mapping[UUID, Contract]) -> Iterator[Finding]:
    """The findings of one version: an altered version first, then each option."""
    if version_digest(quote.snapshot, quote.options) != quote.snapshot_sha256:
        detail = "its rows are not those that its hash vouches for"
        yield Finding(quote.number, quote.version, 0, Verdict.ALTERED, detail)
    for option, pinned in zip(quote.options, pinned_options(quote.snapshot), strict=False):
        verdict, detail = _check_option(option, find_pin(pinned), contracts)
        yield Finding(quote.number, quote.version, option.position, verdict, detail)


def _check_option(option: QuoteOption, pin: Pin | None, contracts: Mapping[UUID, Contract]) -> tuple[Verdict, str]:
    if pin is None:
        return Verdict.UNPINNED, ""
    contract = contracts.get(pin.contract_id)
    if contract is None:
        return Verdict.DIFFERENT, f"contract {pin.contract_id} is not there"
    outcome = price_stay(contract, pin.request, policy=pin.policy, now=_NO_MATTER)
    if sha256_of(outcome) == pin.price_sha256:
        return Verdict.IDENTICAL, ""
    verdict = Verdict.DIFFERENT if pin.engine_version == ENGINE_VERSION else Verdict.OTHER_ENGINE
    detail = _difference(option, outcome)
    if verdict is Verdict.OTHER_ENGINE and detail == _ONLY_MARKS:
        return Verdict.IDENTICAL, ""
    return verdict, f"engine {pin.engine_version}, now {ENGINE_VERSION}: {detail}"


_ONLY_MARKS = "the same amounts, with other words or marks"


def _difference(option: QuoteOption, outcome: Priced | Rejected) -> str:
    if isinstance(outcome, Rejected):
        return f"quoted {option.price}, now rejected: {outcome.detail}"
    if outcome.total != option.price:
        return f"total {option.price}, now {outcome.total}"
    if outcome.cost_total != option.cost:
        return f"cost {option.cost}, now {outcome.cost_total}"
    return _first_other_line(option, outcome.cost_lines) or _ONLY_MARKS


def _first_other_line(option: QuoteOption, lines: Sequence[CostLine]) -> str | None:
    if len(lines) != len(option.cost_lines):
        return f"{len(option.cost_lines)} cost lines, now {len(lines)}"
    for place, (before, now) in enumerate(zip(option.cost_lines, lines, strict=True), start=1):
        if before.amount != now.amount.amount:
            return f"cost line {place}, {before.description}: {before.amount}, now {now.amount.amount}"
    return None
