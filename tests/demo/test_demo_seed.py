"""The demonstration on a real database: whole, true to its figures, and the same whenever it is set up."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from tembea.commands.log_ins import LogIns
from tembea.demo import seed
from tembea.kernel.context import Context, anonymous_context, system_context
from tembea.kernel.embedded import Dsns
from tembea.settings import Settings
from tembea.tenants import find_tenant_by_slug
from tests.app_fixtures import INSTALLATION_KEY, Platform, running_platform
from tests.conftest import MIGRATED_TEMPLATE, TestServer

AGENCIES = {"africastay": "ZAR", "indigo-travel": "EUR"}
JUST_AFTER_MIDNIGHT = datetime(2027, 3, 1, 22, 10, tzinfo=UTC)
"""Ten minutes into 2 March in Johannesburg, still 1 March in Lisbon."""


def password_of(email: str) -> str:
    return f"a long password for {email}"


@dataclass
class Demo:
    platform: Platform
    log_ins: LogIns
    clients: dict[str, AsyncClient]

    async def rows(self, slug: str, query: Any) -> list[dict[str, Any]]:
        async with self.platform.db.read(await context_of(self.platform, slug)) as read:
            return await read.rows(query)


async def context_of(platform: Platform, slug: str) -> Context:
    async with platform.db.read(anonymous_context("test")) as read:
        key = await find_tenant_by_slug(read, slug)
    assert key is not None
    return system_context(key.tenant_id, key.tenant)


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def demo(
    module_database: Dsns, tmp_path_factory: pytest.TempPathFactory, signing_key_pem: str, anyio_backend: str
) -> AsyncIterator[Demo]:
    values = {
        "data_dir": tmp_path_factory.mktemp("demo"),
        "database": module_database.app,
        "signing_key": signing_key_pem,
        "installation_key": INSTALLATION_KEY,
        "db_acquire_timeout_s": 5,
        "log_level": "WARNING",
    }
    async with running_platform(Settings.model_validate(values)) as platform:
        log_ins = await seed(platform.db, platform.settings, password_of=password_of)
        clients: dict[str, AsyncClient] = {}
        for agency in log_ins.tenants:
            answer = await platform.anonymous.post(
                "/api/v1/auth/login",
                json={"email": agency.users[0].email, "password": agency.users[0].password},
            )
            clients[agency.tenant_id] = platform.client(answer.json()["access_token"])
        yield Demo(platform, log_ins, clients)


async def test_everybody_can_sign_in(demo: Demo) -> None:
    people = [demo.log_ins.operator, *(user for agency in demo.log_ins.tenants for user in agency.users)]

    assert [person.role for person in people] == ["operator", "admin", "consultant", "admin", "consultant"]
    for person in people:
        body = {"email": person.email, "password": person.password}
        answer = await demo.platform.anonymous.post("/api/v1/auth/login", json=body)
        assert answer.status_code == 200, person.email
        assert answer.json()["user"]["role"] == person.role


@pytest.mark.parametrize("slug", AGENCIES)
async def test_the_dashboard_has_something_in_every_part(demo: Demo, slug: str) -> None:
    page = (await demo.clients[slug].get("/api/v1/dashboard/all", params={"period": "90d"})).json()

    assert page["errors"] == {}
    assert page["stats"]["quotes"]["total"] >= 40
    assert page["stats"]["previous"]["quotes"]["total"] >= 3
    assert [money["currency"] for money in page["quotes"]["summary"]["value"]] == [AGENCIES[slug]]
    assert all(page["quotes"]["by_status"].values())
    assert all(page["invoices"]["by_status"].values())
    assert all(bucket["count"] for bucket in page["invoices"]["aging"].values())
    assert all(stage["count"] for stage in page["pipeline"]["stages"])
    assert len(page["pipeline"]["by_source"]) >= 3
    assert page["calls"]["summary"]["completed"] >= 8
    assert page["calls"]["queue"]["scheduled"] == 3
    assert len(page["activity"]) == 20


@pytest.mark.parametrize("slug", AGENCIES)
async def test_every_total_is_the_sum_of_its_lines(demo: Demo, slug: str) -> None:
    wrong = await demo.rows(
        slug,
        """
        select o.id from quote_options o
        where o.total <> (select sum((line->>'amount')::numeric) from jsonb_array_elements(o.lines) line)
           or o.cost_total <> (select sum((line->>'amount')::numeric) from jsonb_array_elements(o.cost_lines) line)
        """,
    )
    counted = await demo.rows(slug, "select count(*) as n from quote_options")

    assert wrong == []
    assert counted[0]["n"] > 100


@pytest.mark.parametrize("slug", AGENCIES)
async def test_what_happened_is_past_and_in_order(demo: Demo, slug: str) -> None:
    wrong = await demo.rows(
        slug,
        """
        select 'quote' as what, number from quotes
        where created_at > now() or sent_at < created_at or viewed_at < sent_at or accepted_at < viewed_at
           or greatest(sent_at, viewed_at, accepted_at, closed_at) > now()
           or (status in ('sent', 'viewed') and valid_until < current_date)
           or (status = 'expired' and valid_until >= current_date)
        union all
        select 'invoice', i.number from invoices i
        where i.paid <> coalesce((select sum(amount) from invoice_payments p where p.invoice_id = i.id), 0)
           or i.due_date < i.issued_on or (i.status = 'paid') <> (i.paid = i.total)
           or (i.status = 'overdue') <> (i.due_date < current_date and i.paid < i.total and i.status not in ('void'))
        union all
        select 'payment', reference from invoice_payments where received_on > current_date
        union all
        select 'event', title from client_events where occurred_at > now()
        """,
    )

    assert wrong == []


@pytest.mark.parametrize("slug", AGENCIES)
async def test_quote_numbers_have_no_gap_and_go_on_after_the_last(demo: Demo, slug: str) -> None:
    rows = await demo.rows(slug, "select number, created_at from quotes where version = 1 order by created_at, number")
    by_day: dict[str, list[int]] = {}
    for row in rows:
        day, number = row["number"].removeprefix("QT-").split("-")
        by_day.setdefault(day, []).append(int(number))
    taken = await demo.rows(slug, "select to_char(day, 'YYYYMMDD') as day, last from quote_numbers")

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_day.values())
    assert {row["day"]: row["last"] for row in taken} == {day: len(numbers) for day, numbers in by_day.items()}
    assert all(earlier <= later for earlier, later in pairwise(by_day))


@pytest.mark.parametrize("slug", AGENCIES)
async def test_a_revised_quote_has_both_versions_under_one_number(demo: Demo, slug: str) -> None:
    versions = await demo.rows(
        slug,
        """
        select number, array_agg(status order by version) as statuses from quotes
        group by number having count(*) > 1 order by min(created_at)
        """,
    )

    assert [row["statuses"] for row in versions] == [["revised", "converted"], ["revised", "viewed"]]


PARTIES: list[dict[str, Any]] = [
    {"adults": 1, "children_ages": []},
    {"adults": 2, "children_ages": [6, 9]},
    {"adults": 4, "children_ages": []},
]


@pytest.mark.parametrize("slug", AGENCIES)
async def test_every_destination_has_three_hotels_with_pictures_and_sells_all_year(demo: Demo, slug: str) -> None:
    client = demo.clients[slug]
    places = (await client.get("/api/v1/rates/destinations")).json()["items"]
    pictures = await demo.rows(
        slug,
        """
        select h.name from hotels h
        where h.description = '' or not exists (select from hotel_images i where i.hotel_id = h.id)
        """,
    )

    assert pictures == []
    assert all(place["hotels"] >= 3 for place in places)
    for number, place in enumerate(places):
        for ahead in (5 + number, 100 + number, 300 + number, 600 + number):
            body = {
                "destination": place["name"],
                "check_in": (datetime.now(UTC).date() + timedelta(days=ahead)).isoformat(),
                "nights": 7,
                **PARTIES[(number + ahead) % len(PARTIES)],
            }
            answer = await client.post("/api/v1/pricing/price", json=body)
            assert answer.status_code == 200, answer.text
            assert answer.json()["options"], (body, answer.json()["rejected"])


async def test_the_inbox_is_read_and_answered_by_the_product_itself(demo: Demo) -> None:
    await demo.platform.run_jobs()

    for slug in AGENCIES:
        rows = await demo.rows(slug, "select status, count(*) as n from enquiries group by status")
        counts = {row["status"]: row["n"] for row in rows}
        assert counts.get("quoted", 0) >= 3, (slug, counts)
        assert counts.get("waiting_for_customer", 0) >= 1, (slug, counts)
        assert counts.get("needs_review", 0) >= 2, (slug, counts)
        assert "failed" not in counts


async def test_setting_it_up_again_changes_nothing_but_passwords(demo: Demo) -> None:
    query = "select (select count(*) from quotes) as quotes, (select count(*) from enquiries) as enquiries"
    before = await demo.rows("africastay", query)

    again = await seed(demo.platform.db, demo.platform.settings, password_of=lambda email: f"another for {email}")

    assert await demo.rows("africastay", query) == before
    assert again.tenants[0].users[0].password == "another for naledi@africastay.example"
    body = {"email": again.operator.email, "password": again.operator.password}
    assert (await demo.platform.anonymous.post("/api/v1/auth/login", json=body)).status_code == 200
    await seed(demo.platform.db, demo.platform.settings, password_of=password_of)


async def story(dsns: Dsns, folder: Path, signing_key_pem: str) -> list[tuple[Any, ...]]:
    """The story without keys, told on a database of its own at a fixed moment."""
    values = {
        "data_dir": folder,
        "database": dsns.app,
        "signing_key": signing_key_pem,
        "installation_key": INSTALLATION_KEY,
        "db_acquire_timeout_s": 5,
    }
    told: list[tuple[Any, ...]] = []
    async with running_platform(Settings.model_validate(values | {"log_level": "WARNING"})) as platform:
        await seed(platform.db, platform.settings, password_of=password_of, now=JUST_AFTER_MIDNIGHT)
        for slug in AGENCIES:
            async with platform.db.read(await context_of(platform, slug)) as read:
                for query in _STORY:
                    told += [tuple(row.values()) for row in await read.rows(query)]
    return told


_STORY = (
    "select number, version, status, customer_name, destination, check_in, created_at, sent_at, closed_at from quotes "
    "order by number, version",
    "select q.number, q.version, o.position, o.hotel_name, o.board, o.currency, o.total, o.lines::text "
    "from quote_options o join quotes q on q.id = o.quote_id order by 1, 2, 3",
    "select number, status, total, paid, due_date, issued_on from invoices order by number",
    "select kind, title, detail, actor_name, occurred_at from client_events order by occurred_at, kind, title",
    "select name, stage, tags, created_at from clients order by name",
    "select status, outcome, created_at, transcript::text from call_records order by created_at, status",
)


async def test_the_same_moment_tells_the_same_story_even_just_after_midnight(
    postgres: TestServer, database: Dsns, tmp_path: Path, signing_key_pem: str
) -> None:
    first = await story(database, tmp_path / "one", signing_key_pem)
    with postgres.fresh(MIGRATED_TEMPLATE) as other:
        second = await story(other, tmp_path / "two", signing_key_pem)

    assert first == second
    moments = [value for row in first for value in row if isinstance(value, datetime)]
    assert max(moments) <= JUST_AFTER_MIDNIGHT
    assert max(value for row in first for value in row if type(value) is date) > JUST_AFTER_MIDNIGHT.date()
