"""Rates and prices over HTTP."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, Response, UploadFile

from tembea.kernel.db import Read
from tembea.kernel.errors import Invalid, NotFound
from tembea.kernel.idempotency import KeyedRoute, KeyedTx
from tembea.kernel.ids import find_uuid
from tembea.kernel.paging import decode_cursor, encode_cursor
from tembea.kernel.turns import InTurn
from tembea.kernel.web import (
    LIMIT_DEFAULT,
    NO_NUL,
    Cursor,
    DbDep,
    Limit,
    Page,
    PricingRead,
    Public,
    RatesRead,
    RatesWrite,
    ReadDep,
    Staff,
)
from tembea.rates import service, store
from tembea.rates.asking import PriceIn
from tembea.rates.document import contract_schema
from tembea.rates.exporting import MEDIA_TYPES, ExportFormat, write_export
from tembea.rates.fx import load_fx
from tembea.rates.import_wire import ImportIn, ImportOut
from tembea.rates.importing import prepare_file
from tembea.rates.model import ContractDocument, ContractStatus, Hotel, ImportRefused
from tembea.rates.pricing import LONGEST_S, price_hotels
from tembea.rates.wire import (
    ContractDetail,
    ContractOut,
    DestinationOut,
    HotelDetail,
    PriceOut,
)
from tembea.tenants import get_tenant

router = APIRouter(prefix="/api/v1", tags=["rates"], route_class=KeyedRoute)

HOTELS_AT_ONCE = 25
"""Contracts that one transaction reads: a process parses each the first time, and no transaction waits for hundreds."""


@router.post("/rates/import")
async def import_rates(
    ctx: RatesWrite,
    db: DbDep,
    file: Annotated[UploadFile, File(description="A rate sheet (CSV, XLSX) or contract documents (YAML, JSON)")],
    asked: Annotated[ImportIn, Query()],
) -> ImportOut:
    """Import rates and make them live. A file with a fault is refused whole unless `partial`, every fault named."""
    name = (file.filename or "rates").replace("\x00", "")[-200:] or "rates"
    async with db.read(ctx) as read:
        defaults = await service.sheet_defaults(
            read,
            (await get_tenant(read)).config,
            document=name,
            currency=asked.currency,
            lone_adult_rule=asked.lone_adult_rule,
        )
    try:
        prepared = await asyncio.to_thread(prepare_file, name, await file.read(), defaults)
        if not (asked.dry_run or (asked.partial and prepared.contracts)):
            prepared.check()
    except ImportRefused as refused:
        if not asked.dry_run:
            raise
        return ImportOut.refused(refused)
    if asked.dry_run:
        return ImportOut.of(prepared, [])
    async with db.tx(ctx) as tx:
        return ImportOut.of(prepared, await service.import_contracts(tx, prepared.contracts, draft=asked.draft))


@router.get(
    "/rates/export",
    responses={200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA_TYPES.values()}}},
    response_class=Response,
)
async def export_rates(
    ctx: RatesRead,
    db: DbDep,
    file_format: Annotated[ExportFormat | None, Query(alias="format", description="CSV or YAML without it")] = None,
    hotel_id: UUID | None = None,
    fitting: Annotated[bool, Query(description="Leave out of a sheet what it cannot hold")] = False,
) -> Response:
    """The live contracts as a file that the import reads back: a sheet where one holds all of them, else documents."""
    async with db.read(ctx) as read:
        documents = await service.list_live_documents(read, hotel_id=hotel_id)
    kind, content = await asyncio.to_thread(write_export, documents, file_format, leave_out=fitting)
    headers = {
        "Content-Disposition": f'attachment; filename="rates.{kind.value}"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=MEDIA_TYPES[kind], headers=headers)


@router.get("/rates/contract.schema.json")
async def read_contract_schema(_: Public) -> dict[str, object]:
    """The JSON Schema of a contract document."""
    return contract_schema()


@router.get("/rates/hotels")
async def list_hotels(
    _: RatesRead,
    read: ReadDep,
    destination: Annotated[str | None, Query(max_length=200, pattern=NO_NUL)] = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[HotelDetail]:
    """Hotels by name, everywhere or in one destination."""
    tenant = await get_tenant(read)
    after = None if cursor is None else decode_cursor(cursor, parts=1)[0]
    found = await service.list_hotels(read, tenant.config, destination=destination, after=after, limit=limit + 1)
    following = encode_cursor([found[limit - 1].name_key]) if len(found) > limit else None
    return Page(items=[HotelDetail.of(hotel) for hotel in found[:limit]], next_cursor=following)


@router.get("/rates/hotels/{hotel_id}/image", responses={200: {"content": {"image/*": {}}}}, response_class=Response)
async def read_hotel_image(_: Staff, read: ReadDep, hotel_id: UUID) -> Response:
    """The hotel's first picture."""
    image = await service.find_hotel_image(read, hotel_id)
    if image is None:
        raise NotFound
    headers = {"Cache-Control": "private, max-age=3600", "ETag": f'"{image.sha256.hex()}"'}
    return Response(image.content, media_type=image.content_type, headers=headers)


@router.get("/rates/destinations")
async def list_destinations(_: RatesRead, read: ReadDep) -> Page[DestinationOut]:
    """The agency's places and how many hotels each has, all on one page."""
    tenant = await get_tenant(read)
    return Page(items=[DestinationOut.of(place) for place in await service.list_destinations(read, tenant.config)])


@router.get("/rates/contracts")
async def list_contracts(
    _: RatesRead,
    read: ReadDep,
    hotel_id: UUID | None = None,
    status: ContractStatus | None = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
) -> Page[ContractOut]:
    """Versions of contracts, the newest first."""
    found = await service.list_contracts(
        read, hotel_id=hotel_id, status=status and status.value, after=_after(cursor), limit=limit + 1
    )
    last = found[limit - 1] if len(found) > limit else None
    following = encode_cursor([last.created_at.isoformat(), str(last.id)]) if last else None
    return Page(items=[ContractOut.of(version) for version in found[:limit]], next_cursor=following)


def _after(cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    created_at, contract_id = decode_cursor(cursor, parts=2)
    found = find_uuid(contract_id)
    try:
        moment = datetime.fromisoformat(created_at)
    except ValueError as error:
        raise Invalid("This cursor is not one of ours.") from error
    if found is None or moment.tzinfo is None:
        raise Invalid("This cursor is not one of ours.")
    return moment, found


@router.get("/rates/contracts/{contract_id}")
async def read_contract(_: RatesRead, read: ReadDep, contract_id: UUID) -> ContractDetail:
    """One version of a contract with its document."""
    return _detail(await service.get_contract(read, contract_id))


@router.post("/rates/contracts/{contract_id}/publish")
async def publish_contract(_: RatesWrite, tx: KeyedTx, contract_id: UUID) -> ContractDetail:
    """Make a draft the version that sells; the one that sold before is retired in the same moment."""
    return _detail(await service.publish_contract(tx, contract_id))


@router.post("/rates/contracts/{contract_id}/retire")
async def retire_contract(_: RatesWrite, tx: KeyedTx, contract_id: UUID) -> ContractDetail:
    """Stop selling by a live version, or put a draft aside; quotes that were made from it stay as they are."""
    return _detail(await service.retire_contract(tx, contract_id))


def _detail(found: ContractDocument) -> ContractDetail:
    return ContractDetail(
        id=found.id,
        hotel_id=found.hotel_id,
        hotel=found.hotel_name,
        version=found.version,
        status=found.status,
        currency=found.currency,
        source_document=found.source_document,
        created_at=found.created_at,
        document=found.document,
        document_sha256=found.document_sha256,
    )


@router.post("/pricing/price", tags=["pricing"])
async def price(ctx: PricingRead, waited_s: InTurn, db: DbDep, asked: PriceIn) -> PriceOut:
    """Price a stay at the hotels of a destination, at named hotels, or at all; nothing is stored."""
    request = asked.parsed()
    now = datetime.now(UTC)
    async with db.read(ctx) as read:
        tenant = await get_tenant(read)
        hotels = await _hotels(read, asked)
        live = list(await service.list_live_contracts(read, hotels[:HOTELS_AT_ONCE]))
        fx = await load_fx(read, live, request, tenant.config, now)
    for start in range(HOTELS_AT_ONCE, len(hotels), HOTELS_AT_ONCE):
        async with db.read(ctx) as read:
            live += await service.list_live_contracts(read, hotels[start : start + HOTELS_AT_ONCE])
            fx = await load_fx(read, live, request, tenant.config, now)
    # A group in hundreds of room types takes seconds, in which others are answered and no connection is held.
    until_s = time.monotonic() + LONGEST_S - waited_s
    stay = await asyncio.to_thread(price_hotels, hotels, live, request, tenant.config, now, fx, until_s=until_s)
    return PriceOut.of(stay)


async def _hotels(read: Read, asked: PriceIn) -> list[Hotel]:
    if asked.hotel_ids is not None:
        return await service.get_hotels(read, asked.hotel_ids)
    tenant = await get_tenant(read)
    return await service.list_hotels(read, tenant.config, destination=asked.destination, limit=store.LIVE_LIMIT)
