"""Live events: what happens comes at once, to the right agency, once, also over a cut; streams are bounded and end."""

import asyncio
import random
from collections.abc import AsyncIterator

import psycopg
import pytest
from httpx import AsyncClient
from pydantic import SecretStr

from tembea.kernel.context import Role
from tembea.kernel.embedded import Dsns
from tembea.kernel.events import prune, publish
from tembea.settings import Settings
from tembea.users import create_user
from tests.app_fixtures import PASSWORD, Agency, Platform, running_platform
from tests.operations.event_reader import Reader, eventually, following, served

CLIENT = {"name": "Ada Moyo", "emails": ["ada@example.com"]}


@pytest.fixture
def settings(settings: Settings, database: Dsns) -> Settings:
    return settings.model_copy(update={"database_direct": SecretStr(database.app)})


@pytest.fixture
async def address(platform: Platform) -> AsyncIterator[str]:
    async with served(platform.app) as base_url:
        yield base_url


async def happen(platform: Platform, agency: Agency, *numbers: int) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        for number in numbers:
            publish(tx, "test.happened", number=number)


def numbers_of(reader: Reader) -> list[object]:
    return [one.data["number"] for one in reader.events() if one.kind == "test.happened"]


async def test_what_happens_is_seen_at_once_and_by_this_agency_alone(
    platform: Platform, agency: Agency, other_agency: Agency, address: str
) -> None:
    async with following(address, agency.admin) as reader, following(address, other_agency.admin) as stranger:
        await reader.until("ready")
        await stranger.until("ready")
        created = (await agency.consultant.post("/api/v1/crm/clients", json=CLIENT)).json()
        await reader.until("client.changed")
        await happen(platform, other_agency, 1)
        await stranger.until("test.happened")

    assert reader.status == 200
    assert {"ratelimit-policy", "ratelimit", "x-ratelimit-remaining", "x-request-id"} <= set(reader.headers)
    assert reader.events()[0].data["client_id"] == created["id"]
    assert "Ada" not in str(reader.seen)
    assert stranger.kinds() == ["ready", "test.happened"]


async def test_an_enquiry_tells_of_every_step_that_it_takes(platform: Platform, agency: Agency, address: str) -> None:
    enquiry = {"channel": "web", "from_email": "ada@example.com", "text": "Two adults to Zanzibar from 3 December"}
    async with following(address, agency.admin) as reader:
        await reader.until("ready")
        made = (await agency.consultant.post("/api/v1/enquiries", json=enquiry)).json()
        await reader.until("enquiry.received")
        await platform.run_jobs()
        await reader.until("enquiry.changed")

    received = next(one for one in reader.events() if one.kind == "enquiry.received")
    assert received.data["enquiry_id"] == made["id"]
    assert {"enquiry.received", "client.changed", "enquiry.changed"} <= set(reader.kinds())


async def test_what_was_rolled_back_is_not_told(platform: Platform, agency: Agency, address: str) -> None:
    async with following(address, agency.admin) as reader:
        await reader.until("ready")
        with pytest.raises(RuntimeError):
            async with platform.db.tx(agency.ctx) as tx:
                publish(tx, "test.happened", number=1)
                raise RuntimeError
        await happen(platform, agency, 2)
        await reader.until("test.happened")

    assert numbers_of(reader) == [2]


async def test_the_same_twice_in_one_transaction_is_told_once(platform: Platform, agency: Agency, address: str) -> None:
    async with following(address, agency.admin) as reader:
        await reader.until("ready")
        await happen(platform, agency, 1, 1, 2)
        await reader.until("test.happened", count=2)

    assert numbers_of(reader) == [1, 2]


async def test_a_stream_that_was_cut_goes_on_where_it_stopped(platform: Platform, agency: Agency, address: str) -> None:
    async with following(address, agency.admin) as first:
        await first.until("ready")
        await happen(platform, agency, 1)
        await first.until("test.happened")
    await happen(platform, agency, 2)
    await happen(platform, agency, 3)
    async with following(address, agency.admin, last_event_id=first.last_id) as second:
        await second.until("test.happened", count=2)
        await happen(platform, agency, 4)
        await second.until("test.happened", count=3)

    assert numbers_of(second) == [2, 3, 4]


async def test_an_event_that_commits_late_under_a_lower_number_is_not_missed(
    platform: Platform, agency: Agency, address: str
) -> None:
    async with following(address, agency.admin) as first:
        await first.until("ready")
        async with platform.db.tx(agency.ctx) as slow:
            publish(slow, "test.happened", number=1)
            await slow.flush_events()
            await happen(platform, agency, 2)
            await first.until("test.happened")
            cut_at = first.last_id
        await first.until("test.happened", count=2)
    async with following(address, agency.admin, last_event_id=cut_at) as second:
        await second.until("test.happened")

    assert numbers_of(first) == [2, 1]
    assert numbers_of(second) == [1]


async def test_nothing_is_missed_or_doubled_however_often_a_busy_stream_is_cut(
    platform: Platform, agency: Agency, address: str
) -> None:
    dice, told, last_id = random.Random(7), list[object](), ""

    async def write() -> None:
        for number in range(150):
            await happen(platform, agency, number)
            await asyncio.sleep(dice.uniform(0, 0.01))

    async with following(address, agency.admin) as reader:
        await reader.until("ready")
        last_id = reader.last_id
    writing = [asyncio.create_task(write()) for _ in range(2)]
    async with asyncio.timeout(60):
        while not (all(task.done() for task in writing) and len(told) >= 300):
            async with following(address, agency.admin, last_event_id=last_id) as reader:
                await asyncio.sleep(dice.uniform(0.02, 0.3))
                seen = reader.events()
                last_id = reader.last_id or last_id
            told += [one.data["id"] for one in seen]

    assert len(told) == len(set(told)) == 300


async def test_a_stranger_cannot_go_on_with_somebody_elses_id(
    platform: Platform, agency: Agency, other_agency: Agency, address: str
) -> None:
    async with following(address, agency.admin) as reader:
        await reader.until("ready")
    await happen(platform, agency, 1)
    async with following(address, other_agency.admin, last_event_id=reader.last_id) as stranger:
        await happen(platform, other_agency, 2)
        await stranger.until("test.happened")

    assert numbers_of(stranger) == [2]


async def test_an_id_that_is_none_of_ours_is_refused_and_one_too_old_starts_anew(
    platform: Platform, agency: Agency, address: str
) -> None:
    async with following(address, agency.admin, last_event_id="nonsense") as refused:
        pass
    async with following(address, agency.admin, last_event_id="1700000000~1:1:") as old:
        await old.until("reset")
    async with following(address, agency.admin, last_event_id=f"{2**33}~999999999:999999999:") as foreign:
        await foreign.until("reset")

    assert (refused.status, refused.problem["code"]) == (422, "invalid")
    assert old.kinds() == foreign.kinds() == ["ready", "reset"]


async def test_a_stream_ends_with_the_person_the_sign_in_the_agency_and_the_token(
    settings: Settings,
) -> None:
    async with running_platform(settings) as platform, served(platform.app) as address:
        agency = await platform.new_agency("savanna-trails")
        other = await platform.new_agency("harbour-travel")
        platform.app.state.signer.lifetime_s = 3
        short_lived = await platform.signed_in(other.users["consultant"])
        demotable = await second_administrator(platform, other)
        async with (
            following(address, agency.consultant) as person,
            following(address, agency.admin) as signed_out,
            following(address, other.admin) as suspended,
            following(address, short_lived) as expired,
            following(address, demotable) as demoted,
        ):
            await demote(other)
            await demoted.until_ended()
            await expired.until("end")
            await sign_out(platform, agency)
            await deactivate(platform, agency)
            await suspend(platform, other)
            for reader in (person, signed_out, suspended, expired):
                await reader.until_ended()

    assert [one.seen[-1].data["reason"] for one in (person, signed_out, suspended, demoted)] == [
        "no_longer_allowed"
    ] * 4
    assert expired.seen[-1].data["reason"] == "token_expired"
    assert all(one.retry_ms >= 1_000 for one in (person, signed_out, suspended, expired))


async def second_administrator(platform: Platform, agency: Agency) -> AsyncClient:
    async with platform.db.tx(agency.ctx) as tx:
        await create_user(tx, email="second@people.example", name="Second", role=Role.ADMIN, password=PASSWORD)
    lifetime_s, platform.app.state.signer.lifetime_s = platform.app.state.signer.lifetime_s, 600
    signed_in = await platform.signed_in("second@people.example")
    platform.app.state.signer.lifetime_s = lifetime_s
    return signed_in


async def demote(agency: Agency) -> None:
    people = (await agency.admin.get("/api/v1/users")).json()["items"]
    second = next(one["id"] for one in people if one["email"] == "second@people.example")
    assert (await agency.admin.patch(f"/api/v1/users/{second}", json={"role": "consultant"})).status_code == 200


async def sign_out(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute(
            """
            update sessions set revoked_at = now() where tenant_id = %(tenant_id)s and user_id = (
              select id from users where tenant_id = %(tenant_id)s and email = %(email)s)
            """,
            {"tenant_id": agency.key.tenant_id, "email": agency.users["admin"]},
        )


async def deactivate(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        changed = await tx.execute(
            "update users set active = false where tenant_id = %s and email = %s",
            [agency.key.tenant_id, agency.users["consultant"]],
        )
    assert changed == 1


async def suspend(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update tenants set status = 'suspended' where id = %s", [agency.key.tenant_id])


async def test_an_agency_has_only_so_many_streams_and_the_others_theirs(settings: Settings) -> None:
    few = settings.model_copy(update={"events_max_streams_per_tenant": 2, "events_max_streams": 3})
    async with running_platform(few) as platform, served(platform.app) as address:
        agency, other = await platform.new_agency("savanna-trails"), await platform.new_agency("harbour-travel")
        async with (
            following(address, agency.admin),
            following(address, agency.admin),
            following(address, agency.admin) as refused,
            following(address, other.admin) as welcome,
            following(address, other.admin) as beyond,
        ):
            await welcome.until("ready")
        async with following(address, agency.admin) as again:
            await again.until("ready")

    assert (refused.status, refused.problem["code"]) == (429, "rate_limited")
    assert beyond.status == 429


async def test_streams_say_goodbye_when_the_process_stops(platform: Platform, agency: Agency, address: str) -> None:
    async with following(address, agency.admin) as reader:
        await reader.until("ready")
        platform.app.state.streams.end_all("shutdown")
        await reader.until_ended()

    assert reader.seen[-1].data == {"reason": "shutdown"}
    assert reader.retry_ms >= 1_000


async def test_a_viewer_who_takes_nothing_is_dropped(settings: Settings) -> None:
    async with running_platform(settings) as platform, served(platform.app) as address:
        agency = await platform.new_agency("savanna-trails")
        host, _, port = address.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=1)
        token = agency.admin.headers["Authorization"]
        writer.write(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n\r\n".encode())
        streams = platform.app.state.streams
        await eventually(lambda: len(streams) == 1)
        filler = "x" * 1_900
        async with asyncio.timeout(60):
            while len(streams):
                async with platform.db.tx(agency.ctx) as tx:
                    for number in range(200):
                        publish(tx, "test.happened", number=number, filler=filler)
        writer.close()
        del reader


async def test_without_an_address_to_listen_at_news_come_by_asking(settings: Settings) -> None:
    pooled = settings.model_copy(update={"database_direct": None})
    async with running_platform(pooled) as here, running_platform(pooled) as there, served(here.app) as address:
        agency = await here.new_agency("savanna-trails")
        async with following(address, agency.admin) as reader:
            await reader.until("ready")
            await happen(there, agency, 1)
            await reader.until("test.happened")

    assert numbers_of(reader) == [1]


async def test_after_the_listening_connection_was_lost_nothing_is_missed(
    platform: Platform, agency: Agency, address: str, database: Dsns
) -> None:
    async with following(address, agency.admin) as reader, running_platform(platform.settings) as there:
        await reader.until("ready")
        with psycopg.connect(database.app, autocommit=True) as other:
            cut = other.execute(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                " where application_name = 'tembea listening' and datname = current_database()"
            ).fetchone()
        await happen(there, agency, 1)
        await reader.until("test.happened")
        await happen(there, agency, 2)
        await reader.until("test.happened", count=2)

    assert cut is not None
    assert cut[0] >= 1
    assert numbers_of(reader) == [1, 2]


async def test_old_and_surplus_events_are_forgotten(platform: Platform, agency: Agency) -> None:
    await happen(platform, agency, *range(10))
    async with platform.db.tx(agency.ctx) as tx:
        surplus = await prune(tx, keep_s=1_000, keep_events=4)
        left = await tx.value(int, "select count(*)::int from tenant_events")
        old = await prune(tx, keep_s=-1, keep_events=4)

    assert surplus >= 6
    assert left == old == 4


async def test_events_are_for_people_of_an_agency_who_are_signed_in(platform: Platform, address: str) -> None:
    operator = await platform.operator()

    assert (await platform.anonymous.get("/api/v1/events")).status_code == 401
    assert (await operator.get("/api/v1/events")).status_code == 403


async def test_five_hundred_idle_streams_hold_no_database_connection(settings: Settings, database: Dsns) -> None:
    many = settings.model_copy(update={"events_max_streams_per_tenant": 500, "db_pool_size": 6})
    async with running_platform(many) as platform, served(platform.app) as address:
        agency = await platform.new_agency("savanna-trails")
        host, _, port = address.removeprefix("http://").partition(":")
        token, writers = agency.admin.headers["Authorization"], list[asyncio.StreamWriter]()
        for _ in range(500):
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n\r\n".encode())
            writers.append(writer)
            await asyncio.sleep(0.005)
        await eventually(lambda: len(platform.app.state.streams) == 500, timeout_s=60)
        await eventually(lambda: busy(platform) == 0)
        answer = await agency.admin.get("/api/v1/crm/clients")
        with psycopg.connect(database.app) as other:
            row = other.execute(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            ).fetchone()
        for writer in writers:
            writer.close()

    assert answer.status_code == 200
    assert row is not None
    assert row[0] <= 6 + 1 + 1  # the pool, the one that listens, the one of readiness


def busy(platform: Platform) -> int:
    stats = platform.db.pool.get_stats()
    return stats["pool_size"] - stats["pool_available"] + stats.get("requests_waiting", 0)
