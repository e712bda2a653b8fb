"""The questions asked of hotels, their pictures and their contracts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

from tembea.kernel.db import Read, Tx
from tembea.kernel.events import publish
from tembea.rates.model import ContractDocument, ContractVersion, Hotel, HotelImage

LIVE_LIMIT = 500
"""Hotels that one question prices at most."""

_HOTEL: LiteralString = """
  select h.id, h.name, h.name_key, h.destination, h.country, h.stars, h.time_zone, h.description,
         (select count(*) from hotel_images i where i.tenant_id = h.tenant_id and i.hotel_id = h.id)::int as images
  from hotels h where h.tenant_id = %(tenant_id)s
"""

_VERSION: LiteralString = """
  select c.id, c.hotel_id, h.name as hotel_name, c.version, c.status, c.currency, c.source_document, c.created_at
  from contracts c join hotels h on h.tenant_id = c.tenant_id and h.id = c.hotel_id
  where c.tenant_id = %(tenant_id)s
"""


@dataclass(frozen=True, slots=True)
class LiveRow:
    """Which version of a hotel's contract is live."""

    contract_id: UUID
    hotel_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A contract's document as it was imported."""

    contract_id: UUID
    document: dict[str, object]


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A version that holds the very document."""

    contract_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class NewContract:
    """A version to be stored. `document` is the canonical document as JSON, `sha256` its name."""

    id: UUID
    hotel_id: UUID
    currency: str
    commission_pct: Decimal
    document: str
    sha256: str
    source_document: str


@dataclass(frozen=True, slots=True)
class LockedHotel:
    """A hotel that is locked until the commit; `granted_from` is None for the agency's own."""

    id: UUID
    granted_from: str | None


@dataclass(frozen=True, slots=True)
class FactsRow:
    """Where a hotel stands."""

    name_key: str
    destination: str
    country: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A hotels' destination and how many stand there."""

    name: str
    hotels: int


async def get_hotel(read: Read, hotel_id: UUID) -> Hotel:
    """One hotel; raises `NotFound`."""
    params = {"tenant_id": read.ctx.tenant_uuid, "hotel_id": hotel_id}
    return await read.get(Hotel, _HOTEL + " and h.id = %(hotel_id)s", params)


_BY_NAME: LiteralString = """
  and (%(after)s::text is null or h.name_key > %(after)s)
  and (%(places)s::text[] is null or lower(unaccent(h.destination)) = any(
       select lower(unaccent(place)) from unnest(%(places)s::text[]) place))
  order by h.name_key limit %(limit)s
"""


async def list_hotels(read: Read, *, places: Sequence[str] | None, after: str | None, limit: int) -> list[Hotel]:
    """Hotels by name from behind the key `after`; `places` None means everywhere, letter case and accents aside."""
    wanted = None if places is None else list(places)
    params = {"tenant_id": read.ctx.tenant_uuid, "places": wanted, "after": after, "limit": limit}
    return await read.list(Hotel, _HOTEL + _BY_NAME, params)


async def list_hotels_by_id(read: Read, hotel_ids: Sequence[UUID]) -> list[Hotel]:
    """The hotels with these ids, those that exist, by name."""
    params = {"tenant_id": read.ctx.tenant_uuid, "hotel_ids": list(hotel_ids)}
    return await read.list(Hotel, _HOTEL + " and h.id = any(%(hotel_ids)s) order by h.name_key", params)


async def list_facts(read: Read, *, limit: int) -> list[FactsRow]:
    """Where the agency's hotels stand."""
    return await read.list(
        FactsRow,
        "select name_key, destination, country, time_zone from hotels where tenant_id = %s order by name_key limit %s",
        [read.ctx.tenant_uuid, limit],
    )


async def list_places(read: Read) -> list[PlaceRow]:
    """Every destination that a hotel stands in, with how many."""
    return await read.list(
        PlaceRow,
        """
        select destination as name, count(*)::int as hotels from hotels where tenant_id = %s
        group by destination order by lower(unaccent(destination)) limit 1000
        """,
        [read.ctx.tenant_uuid],
    )


async def list_live(read: Read, hotel_ids: Sequence[UUID]) -> list[LiveRow]:
    """The live versions of these hotels' contracts."""
    return await read.list(
        LiveRow,
        """
        select id as contract_id, hotel_id, version from contracts
        where tenant_id = %s and status = 'live' and hotel_id = any(%s)
        """,
        [read.ctx.tenant_uuid, list(hotel_ids)],
    )


async def list_documents(read: Read, contract_ids: Sequence[UUID]) -> list[StoredDocument]:
    """The documents of these contracts."""
    return await read.list(
        StoredDocument,
        "select id as contract_id, document from contracts where tenant_id = %s and id = any(%s)",
        [read.ctx.tenant_uuid, list(contract_ids)],
    )


async def list_live_documents(read: Read, *, hotel_id: UUID | None, limit: int) -> list[StoredDocument]:
    """The documents of the agency's own live contracts, by hotel: what was granted is not passed on."""
    return await read.list(
        StoredDocument,
        """
        select c.id as contract_id, c.document
        from contracts c join hotels h on h.tenant_id = c.tenant_id and h.id = c.hotel_id
        where c.tenant_id = %(tenant_id)s and c.status = 'live' and h.granted_from is null
          and (%(hotel_id)s::uuid is null or c.hotel_id = %(hotel_id)s)
        order by h.name_key limit %(limit)s
        """,
        {"tenant_id": read.ctx.tenant_uuid, "hotel_id": hotel_id, "limit": limit},
    )


async def list_contracts(
    read: Read, *, hotel_id: UUID | None, status: str | None, after: tuple[datetime, UUID] | None, limit: int
) -> list[ContractVersion]:
    """Versions of contracts, the newest first, from behind `after`."""
    created_at, after_id = after or (None, None)
    return await read.list(
        ContractVersion,
        _VERSION
        + """
          and (%(hotel_id)s::uuid is null or c.hotel_id = %(hotel_id)s)
          and (%(status)s::text is null or c.status = %(status)s)
          and (%(created_at)s::timestamptz is null or (c.created_at, c.id) < (%(created_at)s, %(after_id)s::uuid))
          order by c.created_at desc, c.id desc limit %(limit)s
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "hotel_id": hotel_id,
            "status": status,
            "created_at": created_at,
            "after_id": after_id,
            "limit": limit,
        },
    )


async def get_contract(read: Read, contract_id: UUID) -> ContractDocument:
    """One version with its document; raises `NotFound`."""
    return await read.get(
        ContractDocument,
        """
        select c.id, c.hotel_id, h.name as hotel_name, c.version, c.status, c.currency, c.source_document, c.created_at,
               c.document, c.document_sha256
        from contracts c join hotels h on h.tenant_id = c.tenant_id and h.id = c.hotel_id
        where c.tenant_id = %s and c.id = %s
        """,
        [read.ctx.tenant_uuid, contract_id],
    )


async def save_hotel(
    tx: Tx, hotel_id: UUID, *, name: str, key: str, destination: str, country: str, stars: Decimal | None, zone: str
) -> UUID:
    """Make a hotel or bring it up to date; its key decides which. Its row stays locked, so imports take turns."""
    saved = await tx.value(
        UUID,
        """
        insert into hotels (tenant_id, id, name, name_key, destination, country, stars, time_zone)
        values (%(tenant_id)s, %(id)s, %(name)s, %(key)s, %(destination)s, %(country)s, %(stars)s, %(zone)s)
        on conflict (tenant_id, name_key) do update
        set name = excluded.name, destination = excluded.destination, country = excluded.country,
            stars = excluded.stars, time_zone = excluded.time_zone, updated_at = now()
        returning id
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": hotel_id,
            "name": name,
            "key": key,
            "destination": destination,
            "country": country,
            "stars": stars,
            "zone": zone,
        },
    )
    return saved or hotel_id


async def lock_hotel(tx: Tx, key: str) -> LockedHotel | None:
    """The hotel with this key, locked until the commit; None where there is none."""
    return await tx.find(
        LockedHotel,
        "select id, granted_from from hotels where tenant_id = %s and name_key = %s for update",
        [tx.ctx.tenant_uuid, key],
    )


async def lock_hotel_by_id(tx: Tx, hotel_id: UUID) -> LockedHotel:
    """The hotel, locked until the commit."""
    return await tx.get(
        LockedHotel,
        "select id, granted_from from hotels where tenant_id = %s and id = %s for update",
        [tx.ctx.tenant_uuid, hotel_id],
    )


async def find_version(read: Read, hotel_id: UUID, *, status: str, sha256: str, document: str) -> KnownVersion | None:
    """The newest version of this status that holds the very document, by whatever name its file went."""
    return await read.find(
        KnownVersion,
        """
        select id as contract_id, version from contracts
        where tenant_id = %(tenant_id)s and hotel_id = %(hotel_id)s and status = %(status)s
          and (document_sha256 = %(sha256)s
               or document #- '{source,document}' = %(document)s::jsonb #- '{source,document}')
        order by version desc limit 1
        """,
        {
            "tenant_id": read.ctx.tenant_uuid,
            "hotel_id": hotel_id,
            "status": status,
            "sha256": sha256,
            "document": document,
        },
    )


async def retire_live(tx: Tx, hotel_id: UUID) -> None:
    """End the hotel's live version, where there is one."""
    await tx.execute(
        "update contracts set status = 'retired' where tenant_id = %s and hotel_id = %s and status = 'live'",
        [tx.ctx.tenant_uuid, hotel_id],
    )
    publish(tx, "rates.changed", hotel_id=str(hotel_id))


async def set_status(tx: Tx, contract_id: UUID, hotel_id: UUID, status: str) -> None:
    """Move a version along: draft, live, retired. The database refuses any other way."""
    await tx.execute(
        "update contracts set status = %s where tenant_id = %s and id = %s",
        [status, tx.ctx.tenant_uuid, contract_id],
    )
    publish(tx, "rates.changed", hotel_id=str(hotel_id))


async def insert_contract(tx: Tx, new: NewContract) -> int:
    """Store a draft, document and rows, after the hotel's last version; returns its number.

    The hotel is locked by then. The rows are made of the stored document by the database, so that the two agree.
    """
    version = await tx.value(
        int,
        """
        insert into contracts
          (tenant_id, id, hotel_id, version, status, currency, commission_pct, document, document_sha256,
           source_document)
        select %(tenant_id)s, %(id)s, %(hotel_id)s, coalesce(max(version), 0) + 1, 'draft', %(currency)s,
               %(commission_pct)s, %(document)s::jsonb, %(sha256)s, %(source)s
        from contracts where tenant_id = %(tenant_id)s and hotel_id = %(hotel_id)s
        returning version
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "id": new.id,
            "hotel_id": new.hotel_id,
            "currency": new.currency,
            "commission_pct": new.commission_pct,
            "document": new.document,
            "sha256": new.sha256,
            "source": new.source_document,
        },
    )
    await tx.execute("select tembea_spread_contract(%s, %s)", [tx.ctx.tenant_uuid, new.id])
    await tx.execute("select tembea_floor_contract(%s, %s)", [tx.ctx.tenant_uuid, new.id])
    publish(tx, "rates.changed", hotel_id=str(new.hotel_id))
    return version or 1


async def find_image(read: Read, hotel_id: UUID) -> HotelImage | None:
    """The hotel's first picture."""
    return await read.find(
        HotelImage,
        """
        select content_type, content, sha256, caption from hotel_images
        where tenant_id = %s and hotel_id = %s order by position limit 1
        """,
        [read.ctx.tenant_uuid, hotel_id],
    )


async def save_image(tx: Tx, hotel_id: UUID, position: int, image: HotelImage) -> None:
    """Put a picture at a place, in the stead of the one there."""
    await tx.execute(
        """
        insert into hotel_images (tenant_id, hotel_id, position, content_type, content, sha256, caption)
        values (%s, %s, %s, %s, %s, %s, %s)
        on conflict (tenant_id, hotel_id, position) do update
        set content_type = excluded.content_type, content = excluded.content, sha256 = excluded.sha256,
            caption = excluded.caption
        """,
        [tx.ctx.tenant_uuid, hotel_id, position, image.content_type, image.content, image.sha256, image.caption],
    )


async def describe_hotel(tx: Tx, hotel_id: UUID, description: str) -> None:
    """Write what the agency says of a hotel."""
    await tx.execute(
        "update hotels set description = %s, updated_at = now() where tenant_id = %s and id = %s",
        [description, tx.ctx.tenant_uuid, hotel_id],
    )
