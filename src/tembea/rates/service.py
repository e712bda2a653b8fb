"""What is done with rates: importing contracts, and finding the live ones and the hotels they are with."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from tembea import audit
from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import NotFound
from tembea.kernel.ids import new_id
from tembea.pricing import Contract
from tembea.rates import store
from tembea.rates.loading import LoadedContract, load_document, load_values
from tembea.rates.model import (
    ContractDocument,
    ContractStatus,
    ContractVersion,
    Destination,
    Hotel,
    HotelImage,
    ImportProblem,
    ImportRefused,
    ImportResult,
    LiveContract,
    UnsupportedFile,
    fold,
)
from tembea.rates.reading import DocumentRefused
from tembea.tenants import TenantConfig

PARSED_KEPT = 1_000
_parsed: OrderedDict[tuple[UUID, UUID], Contract] = OrderedDict()
"""Parsed contracts by tenant and version. A version never changes, so an entry never goes stale."""


def place_names(config: TenantConfig, destination: str) -> tuple[str, ...]:
    """Every name that the destination goes by: the agency's own place with its aliases, else the name as it stands."""
    wanted = fold(destination)
    for place in config.destinations:
        names = (place.name, place.code, *place.aliases)
        if wanted in map(fold, names):
            return names
    return (destination,)


async def list_hotels(
    read: Read,
    config: TenantConfig,
    *,
    destination: str | None = None,
    after: str | None = None,
    limit: int = store.LIVE_LIMIT,
) -> list[Hotel]:
    """Hotels by name from behind the key `after`, everywhere or in one destination."""
    places = None if destination is None else place_names(config, destination)
    return await store.list_hotels(read, places=places, after=after, limit=limit)


async def get_hotels(read: Read, hotel_ids: Sequence[UUID]) -> list[Hotel]:
    """The hotels with these ids; raises `NotFound` when one of them is unknown."""
    found = await store.list_hotels_by_id(read, hotel_ids)
    if len(found) != len(set(hotel_ids)):
        raise NotFound
    return found


async def list_live_contracts(read: Read, hotels: Sequence[Hotel]) -> list[LiveContract]:
    """The live contract of each of the hotels that has one, in the order of the hotels."""
    rows = {row.hotel_id: row for row in await store.list_live(read, [hotel.id for hotel in hotels])}
    contracts = await _contracts(read, [row.contract_id for row in rows.values()])
    return [
        LiveContract(rows[hotel.id].contract_id, hotel, rows[hotel.id].version, contracts[rows[hotel.id].contract_id])
        for hotel in hotels
        if hotel.id in rows
    ]


async def contracts_by_id(read: Read, contract_ids: Collection[UUID]) -> dict[UUID, Contract]:
    """The contracts of these versions, whatever their status; an unknown one is left out."""
    return await _contracts(read, list(contract_ids))


async def _contracts(read: Read, contract_ids: Sequence[UUID]) -> dict[UUID, Contract]:
    tenant_id = read.ctx.tenant_uuid
    found = {one: _parsed[tenant_id, one] for one in contract_ids if (tenant_id, one) in _parsed}
    missing = [one for one in contract_ids if one not in found]
    for stored in await store.list_documents(read, missing) if missing else []:
        contract = load_values(stored.document).contract
        found[stored.contract_id] = _parsed[tenant_id, stored.contract_id] = contract
    while len(_parsed) > PARSED_KEPT:
        _parsed.popitem(last=False)
    return found


async def list_destinations(read: Read, config: TenantConfig) -> list[Destination]:
    """The agency's places in their order, with their hotels; then places that only hotels name."""
    rows = await store.list_places(read)
    places: list[Destination] = []
    taken: set[str] = set()
    for place in config.destinations:
        names = {fold(name) for name in (place.name, place.code, *place.aliases)}
        mine = [row for row in rows if fold(row.name) in names]
        taken |= {row.name for row in mine}
        places.append(Destination(place.name, place.code, place.aliases, sum(row.hotels for row in mine)))
    return places + [Destination(row.name, None, (), row.hotels) for row in rows if row.name not in taken]


def read_contract_file(filename: str, content: bytes) -> LoadedContract:
    """The contract document in a file. Raises `UnsupportedFile` for tables, `ImportRefused` with every fault."""
    is_table = filename.lower().endswith(_TABLES) or content.startswith(_ARCHIVES)
    if is_table:
        raise UnsupportedFile(
            "Rates are read from contract documents in YAML or JSON today; tables (CSV, XLSX) are not read yet. "
            "The form of a document is published at /api/v1/rates/contract.schema.json."
        )
    try:
        return load_document(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = "The file is not UTF-8 text. Save it as UTF-8 and send it again."
        raise ImportRefused([ImportProblem(None, "", "bad_encoding", message)]) from error
    except DocumentRefused as refused:
        faults = [ImportProblem(fault.line, fault.loc, fault.code, fault.message) for fault in refused.faults]
        raise ImportRefused(faults) from refused


_TABLES = (".csv", ".tsv", ".xls", ".xlsx", ".ods")
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: a ZIP archive or, before 2007, a compound file."""


async def import_contract(tx: Tx, loaded: LoadedContract, *, draft: bool = False) -> ImportResult:
    """Store a contract document as its hotel's next version, live unless `draft`.

    The hotel is found by its name or made. A version that becomes live retires the one before in the same
    transaction; the very document once more answers the version that holds it.
    """
    contract, document = loaded.contract, loaded.as_json()
    sha256 = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    hotel_id = await _save_hotel(tx, contract, draft=draft)
    status = ContractStatus.DRAFT if draft else ContractStatus.LIVE
    known = await store.find_version(tx, hotel_id, status=status.value, sha256=sha256, document=document)
    if known is not None:
        return ImportResult(known.contract_id, hotel_id, known.version, created=False)
    new = store.NewContract(
        id=new_id(),
        hotel_id=hotel_id,
        currency=contract.currency,
        commission_pct=contract.commission_pct,
        document=document,
        sha256=sha256,
        source_document=contract.source.document,
    )
    version = await store.insert_contract(tx, new)
    if not draft:
        await store.retire_live(tx, hotel_id)
        await store.set_status(tx, new.id, hotel_id, ContractStatus.LIVE.value)
    await audit.record(
        tx,
        "contract.imported",
        subject_kind="contract",
        subject_id=str(new.id),
        after={"hotel": contract.hotel.name, "version": version, "status": status.value},
    )
    return ImportResult(new.id, hotel_id, version, created=True)


async def _save_hotel(tx: Tx, contract: Contract, *, draft: bool) -> UUID:
    """The contract's hotel, locked. A draft changes nothing about a hotel that is there already."""
    hotel = contract.hotel
    key = fold(hotel.name)
    known = await store.lock_hotel(tx, key)
    if known is not None and draft:
        return known
    return await store.save_hotel(
        tx,
        new_id(),
        name=hotel.name,
        key=key,
        destination=hotel.destination,
        country=hotel.country,
        stars=hotel.stars,
        zone=hotel.time_zone,
    )


async def list_contracts(
    read: Read, *, hotel_id: UUID | None, status: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[ContractVersion]:
    """Versions of contracts, the newest first, from behind `after`."""
    return await store.list_contracts(read, hotel_id=hotel_id, status=status, after=after, limit=limit)


async def get_contract(read: Read, contract_id: UUID) -> ContractDocument:
    """One version with its document; raises `NotFound`."""
    return await store.get_contract(read, contract_id)


async def find_hotel_image(read: Read, hotel_id: UUID) -> HotelImage | None:
    """The hotel's first picture, or None; also for a hotel that does not exist."""
    return await store.find_image(read, hotel_id)


async def add_hotel_image(
    tx: Tx, hotel_id: UUID, content: bytes, content_type: str, *, caption: str = "", position: int = 0
) -> None:
    """Put a picture of a hotel at a place (0 comes first), in the stead of the one there."""
    image = HotelImage(content_type, content, hashlib.sha256(content).digest(), caption)
    await store.save_image(tx, hotel_id, position, image)


async def describe_hotel(tx: Tx, hotel_id: UUID, description: str) -> None:
    """Write what the agency says of a hotel to its customers."""
    await store.describe_hotel(tx, hotel_id, description)
