"""Each index of 004 answers what it is for: asked as the app, under row level security, of real amounts."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import LiteralString, TypeVar

import psycopg
import pytest

from tembea.dashboard import contact_store, store
from tembea.dashboard.period import Period, span_of
from tembea.demo.scale import Scale, seed_scale
from tembea.kernel.context import Context, anonymous_context, system_context
from tembea.kernel.db import Db, DbLimits, Params, Read, open_pool
from tembea.kernel.embedded import Dsns
from tembea.rollups import check
from tembea.tenants import find_tenant_by_slug, get_tenant
from tests.app_fixtures import Platform

T = TypeVar("T")
INDEXES = Path(__file__).parents[2] / "database" / "migrations" / "004_performance_indexes.sql"
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
MAILS = """
    insert into outgoing_mails (tenant_id, id, kind, status, message_id, from_address, to_address, subject, body_text,
                                body_html, raw, created_at)
    select %s, gen_random_uuid(), 'quote', case when n %% 400 = 0 then 'queued' else 'sent' end, n::text, 'a@b.example',
           'c@d.example', '', '', '', '', now() - n * interval '1 minute'
    from generate_series(1, 4000) n
"""


class Explaining(Read):
    """Asks the planner instead of the tables, and keeps the indexes that it would use."""

    def __init__(self, read: Read) -> None:
        super().__init__(read.ctx, read.connection)
        self.indexes: set[str] = set()

    async def list(self, row: type[T], query: LiteralString, params: Params = ()) -> list[T]:
        async with self.connection.cursor() as cursor:
            await cursor.execute("explain " + query, params)
            plan = "\n".join(str(line) for (line,) in await cursor.fetchall())
        self.indexes |= set(re.findall(r"Index (?:Only )?Scan (?:Backward )?(?:using|on) (\w+)", plan))
        assert "Seq Scan" not in plan, plan
        return []


@pytest.fixture
async def ctx(platform: Platform, database: Dsns) -> Context:
    """An agency with five years of trade, and another one beside it, on analysed tables."""
    patient = DbLimits(max_size=2, acquire_timeout_s=30, statement_timeout_ms=60_000)
    pool = await open_pool(database.app, patient)
    await seed_scale(Db(pool), Scale(quotes=8_000, tenants=2), say=lambda _: None, now=NOW)
    await pool.close()
    async with platform.db.read(anonymous_context("test")) as read:
        key = await find_tenant_by_slug(read, "scale-0001")
    assert key is not None
    ctx = system_context(key.tenant_id, key.tenant)
    async with platform.db.tx(ctx) as tx:
        await tx.execute(MAILS, [ctx.tenant_uuid])
    async with await psycopg.AsyncConnection.connect(database.owner, autocommit=True) as owner:
        await owner.execute("analyze")
    return ctx


async def test_each_index_is_used_by_the_question_that_it_is_for(platform: Platform, ctx: Context) -> None:
    async with platform.db.read(ctx) as read:
        week = span_of(Period.WEEK, NOW.date(), (await get_tenant(read)).config.zone)

        async def used(query: LiteralString, *params: object) -> set[str]:
            explaining = Explaining(read)
            await explaining.list(int, query, [ctx.tenant_uuid, *params])
            return explaining.indexes

        quotes, calls, ageing = Explaining(read), Explaining(read), Explaining(read)
        await store.count_quotes_by_status(quotes, week)
        await contact_store.count_calls_by_status(calls, week)
        await store.sum_ageing(ageing, NOW.date())
        found = {
            "dates of quotes": quotes.indexes,
            "the newest quotes": await used(
                "select id from quotes where tenant_id = %s order by created_at desc, id desc limit 20"
            ),
            "what expires": await used(
                "select id from quotes where tenant_id = %s and status in ('sent', 'viewed') and valid_until < %s",
                NOW.date() - timedelta(days=1_700),
            ),
            "the ageing report": ageing.indexes,
            "the longest at a stage": await used(
                "select id from clients where tenant_id = %s and stage = 'NEW' order by stage_changed_at limit 20"
            ),
            "dates of calls": calls.indexes,
            "mail still to be sent": await used(
                "select id from outgoing_mails where tenant_id = %s and status in ('queued', 'sending')"
                " order by created_at limit 20"
            ),
        }

    assert found == {
        "dates of quotes": {"idx_quotes_tenant_created"},
        "the newest quotes": {"idx_quotes_tenant_created"},
        "what expires": {"idx_quotes_tenant_status"},
        "the ageing report": {"idx_invoices_tenant_status"},
        "the longest at a stage": {"idx_clients_tenant_stage"},
        "dates of calls": {"idx_call_records_tenant_created"},
        "mail still to be sent": {"idx_outgoing_mails_open"},
    }
    made = set(re.findall(r"index if not exists (\w+)", INDEXES.read_text()))
    assert set().union(*found.values()) == made


async def test_the_trade_made_for_measurements_is_counted_as_it_is(
    platform: Platform, ctx: Context, database: Dsns
) -> None:
    counted = await check(ctx, platform.db)
    async with platform.db.read(ctx) as read:
        rows = await read.rows(
            """
            select (select count(*) from quotes) as quotes, (select count(*) from clients) as clients,
                   (select count(*) from call_records) as calls, (select count(*) from invoices) as invoices,
                   (select count(distinct currency) from quote_options) as currencies,
                   (select count(distinct status) from quotes) as statuses,
                   (select count(*) from rollup_marks) as marks
            """
        )

    assert counted is not None
    assert counted.total == 0
    (row,) = rows
    assert (row["quotes"], row["clients"], row["calls"], row["marks"]) == (8_000, 800, 800, 0)
    assert (row["currencies"], row["statuses"]) == (3, 9)
    assert isinstance(row["invoices"], int)
    assert 1_500 < row["invoices"] < 2_500


def test_the_file_may_be_pasted_over_itself(module_database: Dsns) -> None:
    with psycopg.connect(module_database.owner, autocommit=True) as owner:
        for _ in range(2):
            owner.execute(INDEXES.read_bytes())
