"""Rate limits of an agency's programs: an API key counts for its agency, and what is none counts by address."""

import asyncio

from httpx import AsyncClient, Response
from prometheus_client import REGISTRY

from tembea.settings import Settings
from tembea.tenants import TenantConfig
from tembea.users.api_keys import new_key
from tests.app_fixtures import Agency, Platform, agency_config, running_platform
from tests.tenants.test_rate_limits import GENERATE, figures, limited, statuses
from tests.users.test_access_tokens import refused_soon

KEYS = "/api/v1/api-keys"
QUOTES = "/api/v1/quotes"
GENERATED = "/api/v1/quotes/generate"
ADDRESS = '"address";q='


async def key_of(agency: Agency) -> tuple[str, str]:
    """A new key's id, and the key."""
    body = {"name": "Website", "scopes": ["quotes:read", "quotes:write"]}
    made = (await agency.admin.post(KEYS, json=body)).json()
    return made["id"], made["key"]


async def program(platform: Platform, agency: Agency) -> AsyncClient:
    return platform.client((await key_of(agency))[1])


def policy(answer: Response) -> str:
    return answer.headers["ratelimit-policy"]


def looked_up() -> float:
    return REGISTRY.get_sample_value("tembea_cache_total", {"cache": "api_keys", "status": "miss"}) or 0.0


async def test_a_programs_requests_fall_under_the_limits_out_of_the_box(platform: Platform) -> None:
    plain = {key: value for key, value in agency_config("plain").model_dump(mode="json").items() if key != "limits"}
    website = await program(platform, await platform.new_agency("plain", TenantConfig.model_validate(plain)))
    listed, quote = await website.get(QUOTES), await website.post(GENERATED, json=GENERATE)

    assert policy(listed) == '"api";q=600;w=60'
    assert policy(quote) == '"api";q=600;w=60, "quote_generation";q=200;w=3600'
    assert figures(quote) == (200, 199)


async def test_a_program_and_a_person_use_up_the_same_limits(platform: Platform) -> None:
    agency = await platform.new_agency("small-agency", limited("small-agency", api=5, quote_generation=2))
    website = await program(platform, agency)  # one request of the administrator's
    quotes = [await client.post(GENERATED, json=GENERATE) for client in (website, agency.admin, website)]
    listed = [await client.get(QUOTES) for client in (website, agency.admin, website)]

    assert [answer.status_code == 429 for answer in quotes] == [False, False, True]
    assert [figures(answer) for answer in quotes] == [(2, 1), (2, 0), (2, 0)]
    assert quotes[-1].json()["code"] == "rate_limited"
    assert 3_000 < int(quotes[-1].headers["retry-after"]) <= 3_660
    assert [answer.status_code for answer in listed] == [200, 200, 429]
    assert [figures(answer) for answer in listed] == [(5, 1), (5, 0), (5, 0)]


async def test_the_keys_of_an_agency_share_and_those_of_two_do_not(platform: Platform) -> None:
    small = await platform.new_agency("small-agency", limited("small-agency", api=4))
    other = await platform.new_agency("other-agency", limited("other-agency", api=4))
    first, second, beside = [await program(platform, agency) for agency in (small, small, other)]

    assert await statuses(first, QUOTES, 1) + await statuses(second, QUOTES, 2) == [200, 200, 429]
    assert await statuses(beside, QUOTES, 4) == [200, 200, 200, 429]


async def test_the_limits_and_the_route_look_a_key_up_once_between_them(platform: Platform, agency: Agency) -> None:
    website = await program(platform, agency)
    before = looked_up()

    assert await statuses(website, QUOTES, 1) == [200]
    assert looked_up() == before + 1


async def test_the_limit_of_one_person_is_no_programs(platform: Platform) -> None:
    agency = await platform.new_agency("fair-agency", limited("fair-agency", api=50, user=1))
    website = await program(platform, agency)

    assert await statuses(website, QUOTES, 3) == [200, 200, 200]


async def test_the_address_pays_for_a_keys_first_request_and_for_no_other(settings: Settings) -> None:
    async with running_platform(settings.model_copy(update={"address_limit": 6})) as platform:
        agency = await platform.new_agency("savanna-trails")  # two log-ins
        website = await program(platform, agency)
        known = await statuses(website, QUOTES, 8)
        strangers = await statuses(platform.anonymous, QUOTES, 4)
        still = await statuses(website, QUOTES, 2)

    assert known == [200] * 8
    assert strangers == [401, 401, 401, 429]
    assert still == [200, 200]


async def test_what_is_no_key_is_counted_by_address_and_looks_like_any_other_that_is_none(
    platform: Platform, agency: Agency
) -> None:
    key_id, revoked = await key_of(agency)
    assert (await agency.admin.delete(f"{KEYS}/{key_id}")).status_code == 204
    bearers = (new_key(), revoked, "tmb_", revoked[:-1] + "é", "tmb_" + "0" * 49)
    answers = [
        await platform.anonymous.get(QUOTES, headers={b"authorization": f"Bearer {bearer}".encode("latin-1")})
        for bearer in bearers
    ]

    assert [answer.status_code for answer in answers] == [401] * len(bearers)
    assert {answer.json()["code"] for answer in answers} == {"invalid_api_key"}
    assert len({policy(answer) for answer in answers}) == 1
    assert policy(answers[0]).startswith(ADDRESS)
    left = [figures(answer)[1] for answer in answers]
    assert left == list(range(left[0], left[0] - len(bearers), -1)), "each takes one, and only one"


async def test_made_up_keys_reach_the_database_no_oftener_than_their_address_may_ask(settings: Settings) -> None:
    async with running_platform(settings.model_copy(update={"address_limit": 3})) as platform:
        before = looked_up()
        answers = await asyncio.gather(*(platform.client(new_key()).get(QUOTES) for _ in range(40)))

    assert sorted(answer.status_code for answer in answers) == [401] * 3 + [429] * 37
    assert looked_up() == before + 3


async def test_a_revoked_key_is_refused_within_seconds_and_is_then_a_strangers(
    platform: Platform, agency: Agency
) -> None:
    key_id, key = await key_of(agency)
    website = platform.client(key)
    before = await website.get(QUOTES)
    await agency.admin.delete(f"{KEYS}/{key_id}")
    refused = await refused_soon(website, QUOTES)
    after = await website.get(QUOTES)

    assert policy(before).startswith('"api";q=')
    assert refused
    assert after.status_code == 401
    assert policy(after).startswith(ADDRESS)
