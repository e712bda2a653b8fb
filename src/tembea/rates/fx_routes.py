"""Exchange rates over HTTP: every agency reads them and sees which are too old for it; operators import them."""

import asyncio
import datetime
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Path, Query, UploadFile
from pydantic import Field, field_validator

from tembea.kernel.access import Scope
from tembea.kernel.context import Context, Role
from tembea.kernel.db import Read
from tembea.kernel.errors import Invalid
from tembea.kernel.ids import find_uuid
from tembea.kernel.money import is_currency
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.web import LIMIT_DEFAULT, Cursor, DbDep, Limit, Operator, Page, ReadDep, Wire, requires
from tembea.providers.fx import FxFault, FxFileError, ReferenceRate, read_ecb
from tembea.rates import fx, fx_store
from tembea.rates.fx_store import StoredRate
from tembea.rates.parts import wrong
from tembea.tenants import get_tenant, local_today

MAX_DAYS = 1_100
"""Three years at once over HTTP; `tembea rates fx import` takes any period."""
MAX_CROSS = 5

router = APIRouter(prefix="/api/v1/rates/fx", tags=["rates"])

FxRead = Annotated[Context, Depends(requires(Role.ADMIN, Role.CONSULTANT, Role.OPERATOR, scope=Scope.RATES_READ))]
Currency = Annotated[str, Path(pattern=r"^[A-Z]{3}$")]


class FxRateOut(Wire):
    """One `base` costs `rate` of `quote`, on a day, by a source. `id` is what a price names."""

    id: UUID
    base: str
    quote: str
    rate: str
    as_of: datetime.date
    source: str
    stored_at: datetime.datetime
    age_days: int
    beyond_limit: bool | None = Field(description="Older than the agency allows (`FX_STALE`); null for operators")


class FxPage(Page[FxRateOut]):
    """Rates, and how old one may be for the agency that asks (null for operators)."""

    max_age_days: int | None = None


class FxFaultOut(Wire):
    """What keeps a row out: its line, its column where it has one, and what to do."""

    row: int | None
    column: str
    code: str
    message: str

    @classmethod
    def of(cls, fault: FxFault) -> "FxFaultOut":
        """The wire form."""
        return cls(row=fault.row, column=fault.column, code=fault.code, message=fault.message)


class FxImportIn(Wire):
    """How a table is imported."""

    dry_run: Annotated[bool, Field(description="Check the file and store nothing")] = False
    days: Annotated[int, Field(ge=1, le=MAX_DAYS, description="How far back from the newest day of the table")] = 370
    cross: Annotated[
        list[str],
        Field(
            default_factory=list,
            max_length=MAX_CROSS,
            description="Also store what every currency costs in these, over the euro",
        ),
    ]

    @field_validator("cross")
    @classmethod
    def check_currencies(cls, cross: list[str]) -> list[str]:
        """Each is a currency of today."""
        unknown = next((one for one in cross if not is_currency(one)), None)
        if unknown is not None:
            raise wrong(f"{unknown:.20} is not a currency of ISO 4217. Use a code such as ZAR.")
        return cross


class FxImportOut(Wire):
    """What an import came to: days of the table, and how many rates were not there before."""

    accepted: int
    rejected: int
    errors: list[FxFaultOut]
    created: int = 0
    newest: datetime.date | None = None

    @classmethod
    def of(cls, published: list[ReferenceRate], created: int) -> "FxImportOut":
        """The wire form of a table that is in order."""
        days = {rate.as_of for rate in published}
        return cls(accepted=len(days), rejected=0, errors=[], created=created, newest=max(days, default=None))

    @classmethod
    def refused(cls, error: FxFileError) -> "FxImportOut":
        """The wire form of a trial with a table that is not."""
        errors = [FxFaultOut.of(fault) for fault in error.faults]
        return cls(accepted=error.accepted, rejected=error.rejected, errors=errors)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who looks at rates: what day it is for them, and how old a rate may be."""

    today: datetime.date
    max_age_days: int | None = None

    @classmethod
    async def of(cls, read: Read) -> "_Reader":
        now = datetime.datetime.now(datetime.UTC)
        if read.ctx.is_platform:
            return cls(now.date())
        config = (await get_tenant(read)).config
        return cls(local_today(config, now), config.quotes.fx.max_age_days)

    def shown(self, rate: StoredRate) -> FxRateOut:
        age_days = max(0, (self.today - rate.as_of).days)
        return FxRateOut(
            id=rate.id,
            base=rate.base,
            quote=rate.quote,
            rate=f"{rate.rate.normalize():f}",
            as_of=rate.as_of,
            source=rate.source,
            stored_at=rate.stored_at,
            age_days=age_days,
            beyond_limit=None if self.max_age_days is None else age_days > self.max_age_days,
        )


@router.get("")
async def list_rates(_: FxRead, read: ReadDep, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None) -> FxPage:
    """The last stored exchange rate of every pair of currencies, with its day, source and age; the same for all."""
    reader = await _Reader.of(read)
    base, quote = ("", "") if cursor is None else decode_cursor(cursor, parts=2)
    found = await fx_store.list_last_after(read, (base, quote), until=reader.today, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return FxPage(
        items=[reader.shown(rate) for rate in found[:limit]],
        next_cursor=encode_cursor([last.base, last.quote]) if last else None,
        max_age_days=reader.max_age_days,
    )


@router.get("/{base}/{quote}")
async def list_pair(
    _: FxRead, read: ReadDep, base: Currency, quote: Currency, limit: Limit = LIMIT_DEFAULT, cursor: Cursor = None
) -> FxPage:
    """What was stored of one pair, the newest day first; of one day the last stored counts."""
    reader = await _Reader.of(read)
    found = await fx_store.list_pair(read, base, quote, before=_before(cursor), limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    key = [last.as_of.isoformat(), last.stored_at.isoformat(), str(last.id)] if last else []
    return FxPage(
        items=[reader.shown(rate) for rate in found[:limit]],
        next_cursor=encode_cursor(key) if last else None,
        max_age_days=reader.max_age_days,
    )


def _before(cursor: str | None) -> tuple[datetime.date, datetime.datetime, UUID] | None:
    if cursor is None:
        return None
    as_of, stored_at, rate_id = decode_cursor(cursor, parts=3)
    found = find_uuid(rate_id)
    try:
        day, moment = datetime.date.fromisoformat(as_of), datetime.datetime.fromisoformat(stored_at)
    except ValueError as error:
        raise Invalid("This cursor is not one of ours.") from error
    if found is None or moment.tzinfo is None:
        raise Invalid("This cursor is not one of ours.")
    return day, moment, found


@router.post("/import")
async def import_rates(
    ctx: Operator,
    db: DbDep,
    file: Annotated[UploadFile, File(description="The European Central Bank's eurofxref table, CSV or ZIP")],
    asked: Annotated[FxImportIn, Query()],
) -> FxImportOut:
    """Store the reference rates of a file for all agencies, all or nothing. The same file again changes nothing."""
    try:
        published = await asyncio.to_thread(read_ecb, await file.read())
    except FxFileError as error:
        if not asked.dry_run:
            raise fx.FxImportRefused(error) from error
        return FxImportOut.refused(error)
    if asked.dry_run:
        return FxImportOut.of(published, 0)
    async with db.tx(ctx) as tx:
        return FxImportOut.of(published, await fx.import_fx(tx, published, days=asked.days, cross=asked.cross))
