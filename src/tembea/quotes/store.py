"""The questions asked of quotes, their options and their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import NotFound
from tembea.kernel.events import publish
from tembea.quotes.model import (
    CoverText,
    Customer,
    Quote,
    QuoteOption,
    QuoteStatus,
    StoredCostLine,
    StoredLine,
    StoredRoom,
    StoredSource,
)

_QUOTE: LiteralString = """
  select q.id, q.number, q.version, q.status, q.client_id, q.enquiry_id, q.consultant_id, u.name as consultant_name,
         u.email::text as consultant_email, u.phone as consultant_phone, q.customer_name, q.customer_email,
         q.customer_phone, q.language, q.destination, q.check_in, q.check_out, q.nights, q.adults, q.children_ages,
         q.cover_text, q.selected_option_id, q.valid_until, q.snapshot, q.snapshot_sha256, q.reply_subject,
         q.in_reply_to, q.mail_references, q.revises_id, q.reminders, q.send_requested_at, q.leaves_at, q.deliveries,
         q.created_at, q.updated_at, q.sent_at, q.viewed_at, q.accepted_at, q.cover_outcome, q.cover_asked_at,
         q.cover_draft
  from quotes q left join users u on u.tenant_id = q.tenant_id and u.id = q.consultant_id
  where q.tenant_id = %(tenant_id)s
"""

# position() instead of like: what people type needs no escaping.
_WANTED: LiteralString = """
  and (%(status)s::text[] is null or q.status = any(%(status)s))
  and (%(client_id)s::uuid is null or q.client_id = %(client_id)s)
  and (%(places)s::text[] is null
       or lower(unaccent(q.destination)) = any(select lower(unaccent(p)) from unnest(%(places)s::text[]) p))
  and (%(q)s::text is null
       or position(lower(unaccent(%(q)s)) in lower(unaccent(q.customer_name))) > 0
       or position(lower(%(q)s) in lower(coalesce(q.customer_email, ''))) > 0
       or position(lower(%(q)s) in lower(q.number)) > 0
       or position(lower(unaccent(%(q)s)) in lower(unaccent(q.destination))) > 0
       or exists (select from quote_options o where o.tenant_id = q.tenant_id and o.quote_id = q.id
                  and position(lower(unaccent(%(q)s)) in lower(unaccent(o.hotel_name))) > 0))
  and (%(since)s::timestamptz is null or q.created_at >= %(since)s)
  and (%(until)s::timestamptz is null or q.created_at < %(until)s)
  and (%(expires_from)s::date is null or q.valid_until >= %(expires_from)s)
  and (%(expires_until)s::date is null or q.valid_until <= %(expires_until)s)
  and (%(created_at)s::timestamptz is null or (q.created_at, q.id) < (%(created_at)s, %(after_id)s::uuid))
  order by q.created_at desc, q.id desc limit %(limit)s
"""

_OPTIONS_START: LiteralString = """
  select id, quote_id, position, hotel_id, hotel_name, hotel_stars, destination, board, rooms, lines, pay_local,
         currency, total, cost_currency, cost_total, reasons,
         exists (select from hotel_images i where i.tenant_id = o.tenant_id and i.hotel_id = o.hotel_id) as has_picture,
"""
_OPTIONS_END: LiteralString = """
  from quote_options o where tenant_id = %s and quote_id = any(%s) order by quote_id, position
"""
_WHOLE_OPTIONS: LiteralString = _OPTIONS_START + "cost_lines" + _OPTIONS_END
_LISTED_OPTIONS: LiteralString = _OPTIONS_START + "'[]'::jsonb as cost_lines" + _OPTIONS_END

_QUOTES = TypeAdapter(list[Quote])
_OPTIONS = TypeAdapter(list[QuoteOption])


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes are wanted; None leaves a filter out. `places` are the names of one destination, `since` and `until`
    bound the time of making (the end excluded), `expires_from` and `expires_until` the last day of validity (both
    included), `q` looks in customers, numbers, destinations and hotels."""

    statuses: Sequence[QuoteStatus] | None = None
    client_id: UUID | None = None
    places: Sequence[str] | None = None
    q: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    expires_from: date | None = None
    expires_until: date | None = None

    def params(self, read: Read) -> dict[str, object]:
        """The filter as bound values."""
        return {
            "tenant_id": read.ctx.tenant_uuid,
            "status": None if self.statuses is None else [status.value for status in self.statuses],
            "client_id": self.client_id,
            "places": None if self.places is None else list(self.places),
            "q": self.q,
            "since": self.since,
            "until": self.until,
            "expires_from": self.expires_from,
            "expires_until": self.expires_until,
        }


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A new quote's columns; what is left out has the database's default."""

    id: UUID
    number: str
    version: int
    revises_id: UUID | None
    client_id: UUID
    enquiry_id: UUID | None
    consultant_id: UUID | None
    customer_name: str
    customer_email: str | None
    customer_phone: str | None
    language: str
    destination: str
    check_in: date
    check_out: date
    nights: int
    adults: int
    children_ages: list[int]
    cover_text: str
    valid_until: date
    snapshot: Jsonb
    snapshot_sha256: str
    public_token_sha256: bytes
    reply_subject: str | None
    in_reply_to: str | None
    mail_references: list[str]


async def take_number(tx: Tx, day: date) -> int:
    """The next number of the tenant's day. Its row stays locked until the commit, so a rollback leaves no gap."""
    number = await tx.value(
        int,
        """
        insert into quote_numbers as taken (tenant_id, day, last) values (%s, %s, 1)
        on conflict (tenant_id, day) do update set last = taken.last + 1
        returning last
        """,
        [tx.ctx.tenant_uuid, day],
    )
    return number or 1


async def next_version(read: Read, number: str) -> int:
    """The version that a new quote of this number has; whoever asks has locked one of its versions."""
    version = await read.value(
        int,
        "select max(version) + 1 from quotes where tenant_id = %s and number = %s",
        [read.ctx.tenant_uuid, number],
    )
    return version or 1


async def find_newest_version(read: Read, number: str) -> UUID | None:
    """The newest version of this number that was not cancelled."""
    return await read.value(
        UUID,
        """
        select id from quotes where tenant_id = %s and number = %s and status <> 'cancelled'
        order by version desc limit 1
        """,
        [read.ctx.tenant_uuid, number],
    )


async def insert_quote(tx: Tx, row: QuoteRow) -> None:
    """Store a draft."""
    await tx.execute(
        """
        insert into quotes
          (tenant_id, id, number, version, revises_id, status, client_id, enquiry_id, consultant_id, customer_name,
           customer_email, customer_phone, language, destination, check_in, check_out, nights, adults, children_ages,
           cover_text, valid_until, snapshot, snapshot_sha256, public_token_sha256, reply_subject, in_reply_to,
           mail_references)
        values
          (%(tenant_id)s, %(id)s, %(number)s, %(version)s, %(revises_id)s, 'draft', %(client_id)s, %(enquiry_id)s,
           %(consultant_id)s, %(customer_name)s, %(customer_email)s, %(customer_phone)s, %(language)s,
           %(destination)s, %(check_in)s, %(check_out)s, %(nights)s, %(adults)s, %(children_ages)s, %(cover_text)s,
           %(valid_until)s, %(snapshot)s, %(snapshot_sha256)s, %(public_token_sha256)s, %(reply_subject)s,
           %(in_reply_to)s, %(mail_references)s)
        """,
        _columns(row) | {"tenant_id": tx.ctx.tenant_uuid},
    )
    publish(tx, "quote.status", quote_id=str(row.id), status=QuoteStatus.DRAFT.value)


def _columns(row: QuoteRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in QuoteRow.__slots__}


async def insert_options(tx: Tx, options: Sequence[QuoteOption]) -> None:
    """Store the options of a new quote."""
    await tx.execute_many(
        """
        insert into quote_options
          (tenant_id, id, quote_id, position, hotel_id, hotel_name, hotel_stars, destination, board, rooms, lines,
           pay_local, currency, total, cost_currency, cost_total, cost_lines, reasons)
        values
          (%(tenant_id)s, %(id)s, %(quote_id)s, %(position)s, %(hotel_id)s, %(hotel_name)s, %(hotel_stars)s,
           %(destination)s, %(board)s, %(rooms)s, %(lines)s, %(pay_local)s, %(currency)s, %(total)s, %(cost_currency)s,
           %(cost_total)s, %(cost_lines)s, %(reasons)s)
        """,
        [_option_columns(option) | {"tenant_id": tx.ctx.tenant_uuid} for option in options],
    )


def option_document(option: QuoteOption) -> dict[str, object]:
    """An option's parts in plain values, as they are stored and as its version's digest covers them."""
    return {
        "rooms": [_plain(room) for room in option.rooms],
        "lines": [_plain(line) for line in option.lines],
        "pay_local": [_plain(line) for line in option.pay_local],
        "cost_lines": [_plain(line) for line in option.cost_lines],
        "reasons": list(option.reasons),
    }


def _plain(part: StoredRoom | StoredLine | StoredCostLine | StoredSource) -> dict[str, object]:
    """A part's fields in values that JSON has. (`asdict` copies deeply and was a tenth of a quote's time.)"""
    return {name: _plain_value(getattr(part, name)) for name in part.__slots__}


def _plain_value(value: object) -> object:
    if isinstance(value, StoredSource):
        return _plain(value)
    return str(value) if isinstance(value, Decimal | date) else value


def _option_columns(option: QuoteOption) -> dict[str, object]:
    columns: dict[str, object] = {name: getattr(option, name) for name in QuoteOption.__slots__}
    return columns | {name: Jsonb(value) for name, value in option_document(option).items()}


async def get_quote(read: Read, quote_id: UUID) -> Quote:
    """One quote with its options, without their cost lines; raises `NotFound`."""
    return await _one(read, _QUOTE + " and q.id = %(quote_id)s", quote_id, _LISTED_OPTIONS)


async def get_whole_quote(read: Read, quote_id: UUID) -> Quote:
    """One quote with its options and the hundreds of cost lines that account for them; raises `NotFound`."""
    return await _one(read, _QUOTE + " and q.id = %(quote_id)s", quote_id, _WHOLE_OPTIONS)


async def lock_quote(tx: Tx, quote_id: UUID) -> Quote:
    """One quote with its options, without their cost lines, locked until the commit; raises `NotFound`."""
    return await _one(tx, _QUOTE + " and q.id = %(quote_id)s for update of q", quote_id, _LISTED_OPTIONS)


async def _one(read: Read, query: LiteralString, quote_id: UUID, options: LiteralString) -> Quote:
    rows = await read.rows(query, {"tenant_id": read.ctx.tenant_uuid, "quote_id": quote_id})
    if not rows:
        raise NotFound
    return (await _with_options(read, rows, options))[0]


async def list_quotes(
    read: Read, wanted: QuoteFilter, *, after: tuple[datetime, UUID] | None, limit: int
) -> list[Quote]:
    """Quotes with their options, the newest first, from behind `after`; without the cost lines, which no list shows."""
    created_at, after_id = after or (None, None)
    params = wanted.params(read) | {"created_at": created_at, "after_id": after_id, "limit": limit}
    return await _with_options(read, await read.rows(_QUOTE + _WANTED, params), _LISTED_OPTIONS)


async def list_whole_quotes(
    read: Read, wanted: QuoteFilter, *, after: tuple[datetime, UUID] | None, limit: int
) -> list[Quote]:
    """Quotes as `list_quotes` has them, with the cost lines that account for them."""
    created_at, after_id = after or (None, None)
    params = wanted.params(read) | {"created_at": created_at, "after_id": after_id, "limit": limit}
    return await _with_options(read, await read.rows(_QUOTE + _WANTED, params), _WHOLE_OPTIONS)


async def _with_options(read: Read, rows: Sequence[dict[str, object]], options: LiteralString) -> list[Quote]:
    found = await read.rows(options, [read.ctx.tenant_uuid, [row["id"] for row in rows]])
    parsed = _OPTIONS.validate_python(found)
    by_quote: dict[object, list[QuoteOption]] = {row["id"]: [] for row in rows}
    for option in parsed:
        by_quote[option.quote_id].append(option)
    return _QUOTES.validate_python([row | {"options": by_quote[row["id"]]} for row in rows])


async def update_draft(
    tx: Tx,
    quote_id: UUID,
    *,
    customer: Customer,
    cover: CoverText,
    valid_until: date,
    selected_option_id: UUID | None,
) -> None:
    """Write the parts of a draft that may change."""
    await tx.execute(
        """
        update quotes
        set customer_name = %s, customer_email = %s, customer_phone = %s, cover_text = %s, valid_until = %s,
            selected_option_id = %s, cover_outcome = %s, cover_draft = %s, updated_at = clock_timestamp()
        where tenant_id = %s and id = %s
        """,
        [
            customer.name,
            customer.email,
            customer.phone,
            cover.text,
            valid_until,
            selected_option_id,
            cover.outcome,
            cover.draft,
            tx.ctx.tenant_uuid,
            quote_id,
        ],
    )
    publish(tx, "quote.changed", quote_id=str(quote_id))


async def mark_requested(tx: Tx, quote_id: UUID, leaves_at: datetime | None) -> None:
    """Note that sending was asked for, and until when it can be taken back."""
    await tx.execute(
        "update quotes set send_requested_at = now(), leaves_at = %s where tenant_id = %s and id = %s",
        [leaves_at, tx.ctx.tenant_uuid, quote_id],
    )
    publish(tx, "quote.changed", quote_id=str(quote_id))


async def forget_request(tx: Tx, quote_id: UUID) -> None:
    """Nobody wants the quote sent any more."""
    await tx.execute(
        "update quotes set send_requested_at = null, leaves_at = null where tenant_id = %s and id = %s",
        [tx.ctx.tenant_uuid, quote_id],
    )


async def mark_delivered(tx: Tx, quote_id: UUID, delivery: int) -> None:
    """Note a delivery; the first one makes a draft `sent`."""
    status = await tx.value(
        str,
        """
        update quotes
        set deliveries = %s, status = case status when 'draft' then 'sent' else status end,
            sent_at = coalesce(sent_at, now()), leaves_at = null, updated_at = clock_timestamp()
        where tenant_id = %s and id = %s returning status
        """,
        [delivery, tx.ctx.tenant_uuid, quote_id],
    )
    publish(tx, "quote.status", quote_id=str(quote_id), status=status)


async def mark_accepted(tx: Tx, quote_id: UUID, option_id: UUID) -> None:
    """The customer takes this option."""
    await tx.execute(
        """
        update quotes
        set status = 'accepted', selected_option_id = %s, accepted_at = now(), updated_at = clock_timestamp()
        where tenant_id = %s and id = %s
        """,
        [option_id, tx.ctx.tenant_uuid, quote_id],
    )
    publish(tx, "quote.status", quote_id=str(quote_id), status=QuoteStatus.ACCEPTED.value)


async def close(tx: Tx, quote_id: UUID, status: QuoteStatus) -> None:
    """Put a quote into one of the statuses that end it."""
    await tx.execute(
        """
        update quotes set status = %s, closed_at = now(), updated_at = clock_timestamp()
        where tenant_id = %s and id = %s
        """,
        [status.value, tx.ctx.tenant_uuid, quote_id],
    )
    publish(tx, "quote.status", quote_id=str(quote_id), status=status.value)
