"""All clients of an agency as a CSV file, written while it is sent."""

from collections.abc import AsyncGenerator
from uuid import UUID

from tembea.crm import store
from tembea.crm.model import ClientRow
from tembea.crm.store import ClientFilter
from tembea.kernel.context import Context
from tembea.kernel.csv_text import BYTE_ORDER_MARK, csv_text
from tembea.kernel.db import Db

PAGE = 500
PAGES_MAX = 2_000
COLUMNS = ("name", "emails", "phones", "stage", "owner", "tags", "language", "source", "created_at", "last_contact_at")


async def export_lines(db: Db, ctx: Context) -> AsyncGenerator[str]:
    """The file in parts, a short transaction each: a slow reader holds no connection."""
    yield BYTE_ORDER_MARK + csv_text([COLUMNS])
    after: tuple[str, UUID] | None = None
    for _ in range(PAGES_MAX):
        async with db.read(ctx) as read:
            rows = await store.list_by_name(read, ClientFilter(None, None), after, PAGE)
        if rows:
            yield csv_text(_cells(row) for row in rows)
        if len(rows) < PAGE:
            return
        after = (rows[-1].name_key, rows[-1].id)


def _cells(row: ClientRow) -> list[str]:
    return [
        row.name,
        "; ".join(row.emails),
        "; ".join(row.phones),
        row.stage,
        row.owner_name or "",
        "; ".join(row.tags),
        row.language or "",
        row.source,
        row.created_at.isoformat(),
        row.last_contact_at.isoformat() if row.last_contact_at else "",
    ]
