"""What is done with rates: importing contracts, and finding the live ones and the hotels they are with."""

import hashlib
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tembea import audit
from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import Invalid, NotFound
from tembea.kernel.ids import new_id
from tembea.kernel.lasting import Growth
from tembea.kernel.money import is_currency
from tembea.pricing import Contract
from tembea.pricing.contract import Hotel as ContractHotel
from tembea.pricing.terms import LoneAdultRule
from tembea.rates import store
from tembea.rates.importing import PreparedContract, prepare
from tembea.rates.loading import LoadedContract, load_values
from tembea.rates.model import (
    ContractDocument,
    ContractStatus,
    ContractVersion,
    Destination,
    GrantedHotel,
    Hotel,
    HotelImage,
    ImportResult,
    LiveContract,
    TooManyHotels,
    WrongStatus,
    fold,
)
from tembea.rates.sheet_contracts import HotelFacts, SheetDefaults
from tembea.tenants import TenantConfig

HOTELS_KNOWN = 10_000
"""Hotels that an import looks at to complete its own."""

EXPORT_LIMIT = 2_000
"""Hotels in one export; as many as one import takes."""

PARSED_KEPT = 1_000
_parsed: OrderedDict[tuple[UUID, UUID], Contract] = OrderedDict()
"""Parsed contracts by tenant and version. A version never changes, so an entry never goes stale."""
_growth = Growth(step=50)


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
    _growth.grown(len(missing))
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


async def sheet_defaults(
    read: Read,
    config: TenantConfig,
    *,
    document: str,
    currency: str | None = None,
    lone_adult_rule: LoneAdultRule | None = None,
) -> SheetDefaults:
    """What stands in for columns that a sheet leaves out: as told, else what is known of the hotel, else the agency's.

    Raises `Invalid` for an unknown currency.
    """
    if currency is not None and not is_currency(currency):
        raise Invalid(f"{currency} is no currency of ISO 4217. Use a code such as USD or ZAR.")
    facts = await store.list_facts(read, limit=HOTELS_KNOWN)
    return SheetDefaults(
        document=document,
        currency=currency or config.currency,
        country=config.country,
        time_zone=config.time_zone,
        lone_adult_rule=lone_adult_rule or LoneAdultRule.ADULT_SINGLE_PLUS_CHILD,
        hotels={row.name_key: HotelFacts(row.country, row.time_zone) for row in facts},
        destinations={fold(row.destination): HotelFacts(row.country, row.time_zone) for row in facts},
    )


async def import_contracts(tx: Tx, contracts: Sequence[PreparedContract], *, draft: bool = False) -> list[ImportResult]:
    """Store the contracts of a file, in the order of their hotels' names, so that two imports never wait crosswise."""
    return [await _import_prepared(tx, one, draft=draft) for one in _in_order(contracts)]


async def import_granted(tx: Tx, contracts: Sequence[PreparedContract]) -> list[ImportResult]:
    """The same for contracts that stand here by a grant, which the agency itself may not change."""
    return [await _import_prepared(tx, one, draft=False, by_grant=True) for one in _in_order(contracts)]


def _in_order(contracts: Sequence[PreparedContract]) -> list[PreparedContract]:
    return sorted(contracts, key=lambda one: fold(one.hotel.name))


async def import_contract(tx: Tx, loaded: LoadedContract, *, draft: bool = False) -> ImportResult:
    """Store a contract document as its hotel's next version, live unless `draft`.

    The hotel is found by its name or made. A version that becomes live retires the one before in the same
    transaction; the very document once more answers the version that holds it.
    """
    return await _import_prepared(tx, prepare(loaded), draft=draft)


async def _import_prepared(tx: Tx, prepared: PreparedContract, *, draft: bool, by_grant: bool = False) -> ImportResult:
    hotel_id = await _save_hotel(tx, prepared.hotel, draft=draft, by_grant=by_grant)
    status = ContractStatus.DRAFT if draft else ContractStatus.LIVE
    known = await store.find_version(
        tx, hotel_id, status=status.value, sha256=prepared.sha256, document=prepared.document
    )
    if known is not None:
        return ImportResult(known.contract_id, hotel_id, known.version, created=False)
    new = store.NewContract(
        id=new_id(),
        hotel_id=hotel_id,
        currency=prepared.currency,
        commission_pct=prepared.commission_pct,
        document=prepared.document,
        sha256=prepared.sha256,
        source_document=prepared.source_document,
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
        after={"hotel": prepared.hotel.name, "version": version, "status": status.value},
    )
    return ImportResult(new.id, hotel_id, version, created=True)


async def list_live_documents(read: Read, *, hotel_id: UUID | None = None) -> list[dict[str, object]]:
    """The documents of the live contracts, by hotel; raises `TooManyHotels`."""
    found = await store.list_live_documents(read, hotel_id=hotel_id, limit=EXPORT_LIMIT + 1)
    if len(found) > EXPORT_LIMIT:
        raise TooManyHotels(EXPORT_LIMIT)
    return [one.document for one in found]


async def publish_contract(tx: Tx, contract_id: UUID) -> ContractDocument:
    """Make a draft live and retire the version that was; raises `NotFound`, and `WrongStatus` for anything else."""
    return await _move(tx, contract_id, (ContractStatus.DRAFT,), ContractStatus.LIVE)


async def retire_contract(tx: Tx, contract_id: UUID) -> ContractDocument:
    """Sell no longer by a live version, or put a draft aside; raises `NotFound`, and `WrongStatus` if it is retired."""
    return await _move(tx, contract_id, (ContractStatus.LIVE, ContractStatus.DRAFT), ContractStatus.RETIRED)


async def _move(tx: Tx, contract_id: UUID, before: Sequence[ContractStatus], after: ContractStatus) -> ContractDocument:
    """One step of a version's life, with its hotel locked so that imports and steps take turns."""
    hotel_id = (await store.get_contract(tx, contract_id)).hotel_id
    locked = await store.lock_hotel_by_id(tx, hotel_id)
    found = await store.get_contract(tx, contract_id)
    if locked.granted_from is not None:
        raise GrantedHotel(found.hotel_name)
    if found.status not in before:
        raise WrongStatus(found.hotel_name, found.version, found.status, " or ".join(one.value for one in before))
    if after is ContractStatus.LIVE:
        await store.retire_live(tx, hotel_id)
    await store.set_status(tx, contract_id, hotel_id, after.value)
    await audit.record(
        tx,
        f"contract.{'published' if after is ContractStatus.LIVE else 'retired'}",
        subject_kind="contract",
        subject_id=str(contract_id),
        before={"status": found.status},
        after={"hotel": found.hotel_name, "version": found.version, "status": after.value},
    )
    return replace(found, status=after.value)


async def _save_hotel(tx: Tx, hotel: ContractHotel, *, draft: bool, by_grant: bool) -> UUID:
    """The contract's hotel, locked. A draft changes nothing about a hotel that is there already."""
    key = fold(hotel.name)
    known = await store.lock_hotel(tx, key)
    if known is not None and known.granted_from is not None and not by_grant:
        raise GrantedHotel(hotel.name)
    if known is not None and draft:
        return known.id
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
