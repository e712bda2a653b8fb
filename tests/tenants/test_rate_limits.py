"""Rate limits through the routes: who is counted for whom, what every answer says, and what is refused."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient, Response
from prometheus_client import REGISTRY
from pydantic import SecretStr

from tembea.app import PAID_ROUTES, create_app
from tembea.kernel.limits import Limiter
from tembea.settings import Settings, SettingsError, load_settings
from tembea.tenants import TenantConfig, get_tenant, local_today, sync_tenant, take_quota
from tembea.tenants.limits import KNOWN_S, AddressLimits, RequestLimits
from tests.app_fixtures import Agency, Platform, agency_config, running_platform
from tests.quotes.quotes_factories import three_hotels, trip
from tests.redis_servers import RedisServer, black_hole, running_redis
from tests.telemetry.log_lines import json_logs, lines_of

FIELDS = ("ratelimit-policy", "ratelimit", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
_POLICY = re.compile(r'"[a-z_]+";q=\d+;w=\d+(, "[a-z_]+";q=\d+;w=\d+)*')
_STANDING = re.compile(r'"[a-z_]+";r=\d+;t=\d+(, "[a-z_]+";r=\d+;t=\d+)*')
GENERATE = {
    "customer": {"name": "Ann", "email": "ann@example.net"},
    "destination": "Zanzibar",
    "check_in": "2027-08-03",
    "nights": 7,
    "adults": 2,
}

AS_IN_PRODUCTION = {"db_acquire_timeout_s": Settings.model_fields["db_acquire_timeout_s"].default}
"""Tests have more patience with the pool; whatever is about many at once has the product's own."""


class Clock:
    def __init__(self) -> None:
        self.now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def limited(slug: str, **limits: int) -> TenantConfig:
    config = agency_config(slug)
    return config.model_copy(update={"limits": config.limits.model_copy(update=limits)})


def figures(answer: Response) -> tuple[int, int]:
    return int(answer.headers["x-ratelimit-limit"]), int(answer.headers["x-ratelimit-remaining"])


def refused(limit: str) -> float:
    return REGISTRY.get_sample_value("tembea_rate_limited_total", {"limit": limit}) or 0.0


def degraded(kind: str, reason: str) -> float:
    return REGISTRY.get_sample_value("tembea_limits_degraded_total", {"class": kind, "reason": reason}) or 0.0


async def statuses(client: AsyncClient, path: str, times: int) -> list[int]:
    return [answer.status_code for answer in [await client.get(path) for _ in range(times)]]


async def test_every_answer_says_how_the_limits_stand(platform: Platform, agency: Agency) -> None:
    anonymous, admin = platform.anonymous, agency.admin
    answers = {
        200: await admin.get("/api/v1/auth/me"),
        401: await anonymous.get("/api/v1/auth/me"),
        403: await admin.get("/api/v1/operator/service"),
        404: await anonymous.get("/api/v1/nothing-here"),
        405: await anonymous.delete("/api/v1/auth/login"),
        413: await anonymous.post("/api/v1/auth/login", content=b"x" * 1_500_000),
        422: await anonymous.post("/api/v1/auth/login", json={}),
    }
    answers[1] = await anonymous.get("/")  # the site, whether it is built or not
    answers[2] = await anonymous.get("/assets/none.js")

    for status, answer in answers.items():
        assert answer.status_code == status or status < 100
        assert all(len(answer.headers.get_list(field)) == 1 for field in FIELDS), (status, answer.headers)
        assert _POLICY.fullmatch(answer.headers["ratelimit-policy"])
        assert _STANDING.fullmatch(answer.headers["ratelimit"])
        assert 0 < int(answer.headers["x-ratelimit-reset"]) <= 60  # never more than the window while there is room


async def test_a_crash_says_it_too(platform: Platform, agency: Agency) -> None:
    platform.app.state.db = None  # the programming error of this test
    answer = await agency.admin.get("/api/v1/dashboard/stats")

    assert answer.status_code == 500
    assert all(field in answer.headers for field in FIELDS)


async def test_health_has_no_limit(settings: Settings) -> None:
    async with running_platform(settings.model_copy(update={"address_limit": 1, "site_limit": 1})) as platform:
        answers = [await platform.anonymous.get("/health/live") for _ in range(5)]
        beside = await statuses(platform.anonymous, "/health/none", 2)

    assert {answer.status_code for answer in answers} == {200}
    assert not any(field in answers[0].headers for field in FIELDS)
    assert beside == [404, 429], "what only begins like it has one"


async def test_an_agency_is_refused_beyond_its_limit_and_no_other_is(platform: Platform, other_agency: Agency) -> None:
    agency = await platform.new_agency("small-agency", limited("small-agency", api=5))
    before = refused("api")
    answers = [await client.get("/api/v1/auth/me") for client in (agency.admin, agency.consultant) * 3]
    spent, beside = answers[-1], await other_agency.admin.get("/api/v1/auth/me")

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert [figures(answer) for answer in answers] == [(5, 4), (5, 3), (5, 2), (5, 1), (5, 0), (5, 0)]
    assert spent.headers["content-type"] == "application/problem+json"
    assert spent.json()["code"] == "rate_limited"
    assert 1 <= int(spent.headers["retry-after"]) <= 61
    assert spent.headers["retry-after"] == spent.headers["x-ratelimit-reset"]
    assert spent.json()["request_id"] == spent.headers["x-request-id"]
    assert beside.status_code == 200
    assert refused("api") == before + 1


async def test_a_refusal_is_logged_as_a_warning_that_names_the_limit_and_the_agency(platform: Platform) -> None:
    agency = await platform.new_agency("small-agency", limited("small-agency", api=1))
    with json_logs("WARNING") as text:
        answers = [await agency.admin.get("/api/v1/auth/me") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    (line,) = [line for line in lines_of(text) if line["event"] == "rate_limited"]
    assert (line["level"], line["limit"], line["tenant"]) == ("warning", "api", "small-agency")
    assert line["request_id"] == answers[1].headers["x-request-id"]


async def test_a_daily_quota_that_refuses_is_counted_and_logged_like_a_limit(platform: Platform) -> None:
    agency = await platform.new_agency("few-quotes", limited("few-quotes", daily_quotes=1))
    async with platform.db.tx(agency.ctx) as tx:
        await take_quota(tx, await get_tenant(tx), "daily_quotes")
    await three_hotels(agency)
    before = refused("daily_quotes")
    with json_logs("WARNING") as text:
        answer = await agency.admin.post("/api/v1/quotes/generate", json=trip())

    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert 0 < int(answer.headers["retry-after"]) <= 25 * 3_600
    assert refused("daily_quotes") == before + 1
    assert [line["limit"] for line in lines_of(text) if line["event"] == "rate_limited"] == ["daily_quotes"]


async def test_the_limits_out_of_the_box_are_the_platforms(platform: Platform) -> None:
    plain = {key: value for key, value in agency_config("plain").model_dump(mode="json").items() if key != "limits"}
    agency = await platform.new_agency("plain", TenantConfig.model_validate(plain))
    me = await agency.admin.get("/api/v1/auth/me")
    quote = await agency.admin.post("/api/v1/quotes/generate", json=GENERATE)

    assert me.headers["ratelimit-policy"] == '"api";q=600;w=60'
    assert quote.headers["ratelimit-policy"] == '"api";q=600;w=60, "quote_generation";q=200;w=3600'
    assert figures(quote) == (200, 199)


async def test_quotes_have_an_hourly_limit_and_being_refused_takes_nothing_of_the_agencys(platform: Platform) -> None:
    agency = await platform.new_agency("few-quotes", limited("few-quotes", api=50, quote_generation=2))
    made = [await agency.admin.post("/api/v1/quotes/generate", json=GENERATE) for _ in range(4)]
    accept = await agency.admin.post("/api/v1/enquiries/0190aaaa-0000-7000-8000-000000000000/accept")
    me = await agency.admin.get("/api/v1/auth/me")

    assert [answer.status_code == 429 for answer in [*made, accept]] == [False, False, True, True, True]
    assert 3_000 < int(accept.headers["retry-after"]) <= 3_660
    assert figures(me) == (50, 50 - 3)


async def test_one_person_may_have_a_limit_of_their_own(platform: Platform) -> None:
    agency = await platform.new_agency("fair-agency", limited("fair-agency", api=50, user=2))

    assert await statuses(agency.admin, "/api/v1/auth/me", 3) == [200, 200, 429]
    assert await statuses(agency.consultant, "/api/v1/auth/me", 1) == [200]


async def test_nothing_that_the_caller_writes_chooses_whose_limit_is_used(platform: Platform) -> None:
    agency = await platform.new_agency("small-agency", limited("small-agency", api=3))
    tricks = [{"X-Client-ID": "harbour-travel"}, {"X-Forwarded-For": "203.0.113.9"}, {"X-Tenant-ID": "other"}, {}]
    answers = [await agency.admin.get("/api/v1/auth/me", headers=headers) for headers in tricks]

    assert [answer.status_code for answer in answers] == [403, 200, 200, 429]


async def test_who_is_not_signed_in_is_counted_by_address(settings: Settings) -> None:
    async with running_platform(settings.model_copy(update={"address_limit": 5})) as platform:
        agency = await platform.new_agency("savanna-trails")  # two log-ins
        forged = platform.client("not.a.token")
        found = [(await client.get("/api/v1/auth/me")).status_code for client in (platform.anonymous, forged) * 2]
        signed_in = await agency.admin.get("/api/v1/auth/me")

    assert found == [401, 401, 401, 429]
    assert signed_in.status_code == 200


async def test_log_in_and_customers_links_have_stricter_limits_and_webhooks_their_own(settings: Settings) -> None:
    strict = {"sign_in_limit": 3, "public_link_limit": 3, "webhook_limit": 4, "site_limit": 5}
    async with running_platform(settings.model_copy(update=strict)) as platform:
        agency = await platform.new_agency("savanna-trails")  # two log-ins
        log_ins = [await client.post("/api/v1/auth/login", json={}) for client in (platform.anonymous, agency.admin)]
        links = await statuses(platform.anonymous, "/api/v1/public/quotes/none", 4)
        hooks = await statuses(platform.anonymous, "/webhooks/none", 5)
        pages = await statuses(platform.anonymous, "/quotes", 6)

    assert [answer.status_code for answer in log_ins] == [422, 429], "a token of one's own does not help"
    assert links == [404, 404, 404, 429]
    assert hooks[-2:] == [404, 429]
    assert pages[-2] != 429
    assert pages[-1] == 429


async def test_a_page_with_all_its_files_takes_nothing_of_the_agencys_limit(platform: Platform) -> None:
    agency = await platform.new_agency("small-agency", limited("small-agency", api=2))
    await asyncio.gather(*(platform.anonymous.get(f"/assets/part-{number}.js") for number in range(60)))

    assert await statuses(agency.admin, "/api/v1/auth/me", 1) == [200]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "same"),
    [
        ((), "192.0.2.1", "198.51.100.7", True),
        (("10.0.0.0/8",), "10.0.0.1", "198.51.100.7", False),
        (("10.0.0.0/8",), "10.0.0.1", "203.0.113.9, 198.51.100.1", True),
        (("10.0.0.0/8",), "192.0.2.1", "198.51.100.7", True),
    ],
)
async def test_only_a_trusted_proxy_says_who_calls(
    settings: Settings, trusted: tuple[str, ...], peer: str, forwarded: str, same: bool
) -> None:
    """The right-most hop that is no proxy of ours counts: what stands left of it, the caller may have written."""
    changed = {"trusted_proxies": trusted, "address_limit": 1}
    async with running_platform(settings.model_copy(update=changed)) as platform:
        transport = ASGITransport(platform.app, client=(peer, 5_000))
        async with AsyncClient(transport=transport, base_url="http://tembea.test") as client:
            first = await client.get("/api/v1/none", headers={"X-Forwarded-For": "198.51.100.1, 10.0.0.2"})
            second = await client.get("/api/v1/none", headers={"X-Forwarded-For": forwarded})

    assert first.status_code == 404
    assert second.status_code == (429 if same else 404)


def test_a_proxy_that_is_no_network_stops_the_start() -> None:
    assert load_settings({"TEMBEA_TRUSTED_PROXIES": "10.0.0.0/8, ::1"}).trusted_proxies == ("10.0.0.0/8", "::1")
    with pytest.raises(SettingsError, match="TEMBEA_TRUSTED_PROXIES"):
        load_settings({"TEMBEA_TRUSTED_PROXIES": "10.0.0.1/8"})


async def test_an_address_of_version_six_is_counted_with_its_network(settings: Settings) -> None:
    found: list[int] = []
    async with running_platform(settings.model_copy(update={"address_limit": 1})) as platform:
        for host in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"):
            transport = ASGITransport(platform.app, client=(host, 5_000))
            async with AsyncClient(transport=transport, base_url="http://tembea.test") as client:
                found.append((await client.get("/api/v1/none")).status_code)

    assert found == [404, 429, 404]


def test_every_paid_route_that_exists_is_the_one_that_is_meant(settings: Settings) -> None:
    document = create_app(settings).openapi()
    posts = {path for path, operations in document["paths"].items() if "post" in operations}
    missing = [route.path.pattern for route in PAID_ROUTES if not any(route.path.fullmatch(path) for path in posts)]

    assert [pattern for pattern in missing if "helpdesk" not in pattern] == []


async def test_usage_shows_all_five_limits_and_asking_takes_one_request(platform: Platform) -> None:
    config = limited("small-agency", api=50, quote_generation=20, helpdesk_chat=30)
    agency = await platform.new_agency("small-agency", config)
    await agency.admin.post("/api/v1/quotes/generate", json=GENERATE)
    first = (await agency.admin.get("/api/v1/usage/limits")).json()
    second = (await agency.admin.get("/api/v1/usage/limits")).json()
    rows = {row["name"]: (row["limit"], row["window_s"], row["used"], row["remaining"]) for row in first["limits"]}

    assert first["tenant_id"] == "small-agency"
    assert list(rows) == ["api", "quote_generation", "helpdesk_chat", "daily_quotes", "daily_emails"]
    assert rows["api"] == (50, 60, 2, 48)
    assert rows["quote_generation"] == (20, 3_600, 1, 19)
    assert rows["helpdesk_chat"] == (30, 3_600, 0, 30)
    assert rows["daily_quotes"][:2] == (1_000, 86_400)
    assert second["limits"][0]["used"] == 3
    assert all(set(row) == {"name", "limit", "window_s", "used", "remaining", "resets_at"} for row in first["limits"])


@pytest.fixture
async def redis_server(tmp_path: Path) -> AsyncIterator[RedisServer]:
    with running_redis(tmp_path) as server:
        yield server


async def test_two_processes_share_the_limit_through_redis(settings: Settings, redis_server: RedisServer) -> None:
    shared = settings.model_copy(update={"redis": SecretStr(redis_server.url), "redis_timeout_ms": 5_000})
    async with running_platform(shared) as one, running_platform(shared) as two:
        agency = await one.new_agency("small-agency", limited("small-agency", api=4))
        elsewhere = two.client(agency.admin.headers["authorization"].removeprefix("Bearer "))
        found = [(await client.get("/api/v1/auth/me")).status_code for client in (agency.admin, elsewhere) * 3]

    assert found == [200, 200, 200, 200, 429, 429]


async def test_while_redis_hangs_the_agency_has_its_share_and_log_in_stays_strict(settings: Settings) -> None:
    async with black_hole().serving() as server:
        update = {"redis": SecretStr(server.url), "api_processes": 4, "sign_in_limit_without_redis": 5}
        async with running_platform(settings.model_copy(update=update)) as platform:
            agency = await platform.new_agency("small-agency", limited("small-agency", api=12, quote_generation=3))
            before = degraded("api", "circuit_open")
            requests = await statuses(agency.admin, "/api/v1/auth/me", 4)
            quote = await agency.admin.post("/api/v1/quotes/generate", json=GENERATE)
            log_ins = [(await platform.anonymous.post("/api/v1/auth/login", json={})).status_code for _ in range(4)]

    assert requests == [200, 200, 200, 429]
    assert quote.status_code == 429
    assert log_ins == [422, 422, 422, 429], "two of the five were the agency's own people"
    assert degraded("api", "circuit_open") >= before + 3


async def test_a_limit_that_changes_counts_after_ten_seconds_and_outlives_the_database(platform: Platform) -> None:
    agency = await platform.new_agency("small-agency", limited("small-agency", api=5))
    clock = Clock()
    addresses = AddressLimits(9, 9, 9, 9, 9, 9)
    gate = RequestLimits(platform.db, Limiter(None), processes=1, addresses=addresses, paid=(), clock=clock)

    async def limit() -> int:
        return (await gate.look(agency.ctx)).standings[0].limit.limit

    before = await limit()
    await sync_tenant(platform.db, "small-agency", limited("small-agency", api=7))
    during = await limit()
    clock.now_s += KNOWN_S
    after = await limit()
    clock.now_s += KNOWN_S
    await platform.db.pool.close()

    assert (before, during, after, await limit()) == (5, 5, 7, 7)


@pytest.mark.parametrize("asked", [200, pytest.param(2_000, marks=pytest.mark.prove)])
async def test_however_many_ask_at_once_exactly_one_takes_the_last_quote_of_the_day(
    settings: Settings, asked: int
) -> None:
    async with running_platform(settings.model_copy(update=AS_IN_PRODUCTION)) as platform:
        await _last_quote_of_the_day(platform, await platform.new_agency("savanna-trails"), asked)


async def _last_quote_of_the_day(platform: Platform, agency: Agency, asked: int) -> None:
    await three_hotels(agency)
    async with platform.db.tx(agency.ctx) as tx:
        tenant = await get_tenant(tx)
        await tx.execute(
            "insert into usage_counters (tenant_id, name, day, used) values (%s, 'daily_quotes', %s, 999)",
            [agency.key.tenant_id, local_today(tenant)],
        )
    places, found = asyncio.Semaphore(100), list[int]()

    async def ask() -> None:
        async with places:
            found.append((await agency.admin.post("/api/v1/quotes/generate", json=trip())).status_code)

    await asyncio.gather(*(ask() for _ in range(asked)))
    usage = (await agency.admin.get("/api/v1/usage/limits")).json()["limits"]

    assert sorted(found) == [201, *[429] * (asked - 1)]
    assert [row["used"] for row in usage if row["name"] == "daily_quotes"] == [1_000]
