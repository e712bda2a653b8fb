"""Exchange rates: storing what was published, and which of it a price may use.

A rate leads from its base to its quote and nowhere else; what the bank did not say is stored only when somebody asks
for it, with how it was worked out as its source.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from tembea import audit
from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import Invalid
from tembea.kernel.money import is_currency
from tembea.pricing import FxRate, PricingRequest
from tembea.providers.fx import FxFileError, ReferenceRate
from tembea.rates import fx_store
from tembea.rates.model import LiveContract
from tembea.tenants import TenantConfig, local_today

STORED_AT_ONCE = 5_000
REFRESHED_DAYS = 30
_FINEST = Decimal("0.00000001")


class FxImportRefused(Invalid):
    """Nothing was imported, because the file is no table of reference rates or has rows at fault."""

    code = "import_refused"
    title = "The file needs correcting"

    def __init__(self, error: FxFileError) -> None:
        super().__init__(f"Nothing was imported. {error}")
        self.error = error

    def extra(self) -> dict[str, object]:
        """The counts and faults that a trial would answer too."""
        return {
            "accepted": self.error.accepted,
            "rejected": self.error.rejected,
            # each reads as an entry of problem+json's `errors`, too
            "errors": [asdict(one) | {"loc": one.column, "msg": one.message} for one in self.error.faults],
        }


@dataclass(frozen=True, slots=True)
class FxBook:
    """The rates that one price may use, on the day that counts for it."""

    day: date
    rates: tuple[FxRate, ...] = ()

    def rates_for(self, base: str, quote: str) -> tuple[FxRate, ...]:
        """The rate from one currency to another, or nothing."""
        return tuple(rate for rate in self.rates if (rate.base, rate.quote) == (base, quote))


def selling_currency(config: TenantConfig, request: PricingRequest, contract_currency: str) -> str:
    """What the price is in: the currency asked for, else the agency's or the contract's, as the agency has it.

    Amounts that an agency adds are in its own currency, so then the price is too.
    """
    if request.currency is not None:
        return request.currency
    markups = (config.quotes.markup, *config.quotes.markups)
    own = config.quotes.fx.sell_in == "own" or any(rule.kind == "fixed" for rule in markups)
    return config.currency if own else contract_currency


async def load_fx(
    read: Read, live: Sequence[LiveContract], request: PricingRequest, config: TenantConfig, now: datetime
) -> FxBook:
    """The last stored rates up to the day that counts; where no contract needs one, nothing is asked."""
    return await load_fx_from(read, {one.contract.currency for one in live}, request, config, now)


async def load_fx_from(
    read: Read, currencies: Iterable[str], request: PricingRequest, config: TenantConfig, now: datetime
) -> FxBook:
    """The same for contracts in these currencies."""
    today = local_today(config, now)
    day = (request.booking_date or today) if config.quotes.fx.policy == "booking_date" else today
    pairs = {(currency, selling_currency(config, request, currency)) for currency in currencies}
    needed = [(base, quote) for base, quote in pairs if base != quote and is_currency(quote)]
    if not needed:
        return FxBook(day)
    stored = await fx_store.list_last(
        read, bases=[base for base, _ in needed], quotes=[quote for _, quote in needed], until=day
    )
    return FxBook(
        day, tuple(FxRate(str(one.id), one.base, one.quote, one.rate, one.as_of, one.source) for one in stored)
    )


async def store_rates(
    tx: Tx, published: Sequence[ReferenceRate], *, days: int | None = None, cross: Sequence[str] = ()
) -> int:
    """Store the rates of the last `days` (None: of all), and those into the `cross` currencies; how many are new."""
    newest = max((rate.as_of for rate in published), default=None)
    if newest is None:
        return 0
    since = date.min if days is None else newest - timedelta(days=days)
    recent = [rate for rate in published if rate.as_of >= since]
    wanted = [*recent, *(rate for currency in cross for rate in crossed(recent, currency))]
    wanted.sort(key=_by_pair)  # one order for all, so that two imports at once wait for each other and no more
    stored = 0
    for start in range(0, len(wanted), STORED_AT_ONCE):
        stored += await fx_store.insert_rates(tx, wanted[start : start + STORED_AT_ONCE])
    return stored


async def refresh_rates(tx: Tx, published: Sequence[ReferenceRate]) -> int:
    """Store what is published of the last days, and go on with the crosses that somebody asked for before."""
    cross = await fx_store.list_crossed(tx)
    return await store_rates(tx, published, days=REFRESHED_DAYS, cross=cross)


async def import_fx(tx: Tx, published: Sequence[ReferenceRate], *, days: int, cross: Sequence[str] = ()) -> int:
    """Store the rates of an operator's file, and those into currencies asked for now or before; how many are new."""
    into = sorted({*cross, *await fx_store.list_crossed(tx)})
    created = await store_rates(tx, published, days=days, cross=into)
    if created:
        newest = max(rate.as_of for rate in published).isoformat()
        noted: dict[str, object] = {"created": created, "newest": newest, "cross": into}
        await audit.record(tx, "fx.imported", subject_kind="fx_rates", subject_id=newest, after=noted)
    return created


async def list_fx(read: Read, until: date) -> list[fx_store.StoredRate]:
    """The last stored rate of every pair up to a day."""
    return await fx_store.list_last(read, bases=None, quotes=None, until=until)


def crossed(published: Sequence[ReferenceRate], into: str) -> Iterator[ReferenceRate]:
    """What every published currency costs in another, worked out over their common base, day by day.

    Its source says of what. Rounded half-up to eight decimals.
    """
    for _, on_day in groupby(sorted(published, key=_by_day), key=_by_day):
        rates = {rate.quote: rate for rate in on_day}
        target = rates.get(into)
        for rate in rates.values():
            if into == rate.base:
                yield _derived(rate, into, 1 / rate.rate, f"inverse of {_said(rate)}")
            elif target is not None and rate is not target:
                yield _derived(rate, into, target.rate / rate.rate, f"{_said(target)} over {_said(rate)}")


def _by_day(rate: ReferenceRate) -> tuple[date, str, str]:
    return (rate.as_of, rate.base, rate.source)


def _by_pair(rate: ReferenceRate) -> tuple[str, str, date]:
    return (rate.base, rate.quote, rate.as_of)


def _derived(rate: ReferenceRate, into: str, exact: Decimal, how: str) -> ReferenceRate:
    amount = max(exact.quantize(_FINEST, rounding=ROUND_HALF_UP), _FINEST)
    return ReferenceRate(rate.quote, into, amount, rate.as_of, f"{rate.source}: {how}")


def _said(rate: ReferenceRate) -> str:
    return f"{rate.base}/{rate.quote} {rate.rate}"
