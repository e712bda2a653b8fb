"""Every operation of the OpenAPI document, tried on another agency's things.

The other agency's id must answer exactly as an id that does not exist, and no answer may hold a word of its data.
"""

import re
import uuid

import pytest
from httpx import AsyncClient

from tests.app_fixtures import Agency, Platform
from tests.tenancy.planting import CANARY, Planted, plant

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
async def theirs(platform: Platform, other_agency: Agency) -> Planted:
    return await plant(platform, other_agency)


async def operations(platform: Platform) -> list[tuple[str, str]]:
    schema = (await platform.anonymous.get("/api/v1/openapi.json")).json()
    return [
        (method, path)
        for path, item in schema["paths"].items()
        for method in METHODS
        if method in item and path not in ENDLESS
    ]


ENDLESS = ("/api/v1/events",)  # never done answering; tests/operations/test_events.py crosses it
PUBLIC_BY_NAME = (
    "/f/",
    "/api/v1/branding/",  # a slug and a logo are what anybody may know
    "/api/v1/rates/fx/",  # two currencies, whose rates are the platform's
)
OPERATORS = ("/api/v1/operator/",)
PUBLIC_WORDS = ("/api/v1/branding", "/api/v1/rates/contract.schema.json")  # the same for everybody


async def test_another_agencys_id_answers_exactly_as_an_unknown_one(
    platform: Platform, agency: Agency, theirs: Planted
) -> None:
    crossed = 0
    for method, path in await operations(platform):
        if "{" not in path or path.startswith(PUBLIC_BY_NAME + OPERATORS):
            continue
        for person in (agency.admin, agency.consultant):
            real = await call(person, method, path, theirs.id_for(path))
            unknown = await call(person, method, path, str(uuid.uuid4()))
            assert real == unknown, (method, path)
            assert real[0] in (404, 422, 403), (method, path, real)
            assert CANARY not in real[1], (method, path)
            crossed += 1
    assert crossed >= 20
    # and their own people still find everything as it was
    for noun, url in {"quotes": "/api/v1/quotes", "clients": "/api/v1/crm/clients"}.items():
        assert (await theirs.agency.admin.get(f"{url}/{theirs.ids[noun]}")).status_code == 200


async def call(person: AsyncClient, method: str, path: str, identifier: str) -> tuple[int, str]:
    """Status and body, without what differs from request to request."""
    start, _, rest = path.partition("/{")
    url = f"{start}/{identifier}{rest.partition('}')[2]}"
    answer = await person.request(method, url, json=None if method == "get" else {})
    return answer.status_code, re.sub(r'"request_id":\s*"[^"]*"', "", answer.text)


async def test_no_list_shows_a_word_of_another_agency(platform: Platform, agency: Agency, theirs: Planted) -> None:
    queries: dict[str, dict[str, str]] = {
        "/api/v1/crm/clients": {"q": CANARY},
        "/api/v1/quotes": {"q": CANARY},
        "/api/v1/enquiries": {"q": CANARY},
        "/api/v1/mail": {"q": "kanarie7431"},
        "/api/v1/mail/suppressions": {"q": "kanarie7431"},
    }
    for method, path in await operations(platform):
        if method != "get" or "{" in path:
            continue
        for person in (agency.admin, agency.consultant, platform.anonymous):
            for query in ({}, queries.get(path, {})):
                answer = await person.get(path, params=query)
                assert CANARY not in answer.text, path
                assert theirs.ids["quotes"] not in answer.text, path
                if path.startswith("/api/v1/") and path not in PUBLIC_WORDS:
                    assert answer.headers["cache-control"] == "private, no-store", path


async def test_the_same_operations_show_its_own_agency_the_canary(platform: Platform, theirs: Planted) -> None:
    """Without this the two tests above could not fail."""
    for path in ("/api/v1/crm/clients", "/api/v1/quotes", "/api/v1/enquiries", "/api/v1/rates/hotels"):
        assert CANARY in (await theirs.agency.consultant.get(path)).text, path


async def test_a_body_that_names_another_agencys_things_finds_nothing(agency: Agency, theirs: Planted) -> None:
    stay: dict[str, object] = {"check_in": "2027-05-10", "check_out": "2027-05-13", "adults": 2, "children_ages": []}

    priced = await agency.consultant.post("/api/v1/pricing/price", json={"hotel_ids": [theirs.ids["hotels"]], **stay})
    listed = await agency.consultant.get("/api/v1/quotes", params={"client_id": theirs.ids["clients"]})

    assert CANARY not in priced.text
    assert priced.status_code in (404, 422) or priced.json()["options"] == []
    assert listed.status_code in (404, 422) or listed.json()["items"] == []


async def test_every_operation_that_is_not_public_wants_a_token(platform: Platform) -> None:
    public = {
        ("post", "/api/v1/auth/login"),
        ("post", "/api/v1/auth/refresh"),
        ("post", "/api/v1/auth/logout"),
        ("post", "/api/v1/auth/password/forgot"),
        ("post", "/api/v1/auth/password/reset"),
        ("post", "/api/v1/auth/invitations/accept"),
        ("get", "/api/v1/branding"),
        ("get", "/api/v1/branding/{tenant_id}/logo"),
        ("get", "/.well-known/jwks.json"),
        ("get", "/health"),
        ("get", "/metrics"),  # has a token, or a port, of its own
        ("get", "/health/live"),
        ("get", "/health/ready"),
        ("post", "/webhooks/email/inbound"),
        ("post", "/webhooks/email/events"),
        ("get", "/api/v1/rates/contract.schema.json"),
        ("get", "/f/{tenant}.js"),
        ("post", "/f/{tenant}/enquiries"),  # its page has to be one that the agency names
    }
    for method, path in await operations(platform):
        answer = await platform.anonymous.request(method, path.replace("{", "").replace("}", ""), json={})
        if (method, path) not in public:
            assert answer.status_code == 401, (method, path, answer.text)
            assert answer.json()["code"] == "unauthorized"


async def test_an_operator_reaches_no_agencys_data(platform: Platform, theirs: Planted) -> None:
    operator = await platform.operator()
    for method, path in await operations(platform):
        if method != "get" or not path.startswith("/api/v1/") or path.startswith(OPERATORS + PUBLIC_BY_NAME):
            continue
        answer = await call(operator, method, path, theirs.id_for(path)) if "{" in path else await operator.get(path)
        assert CANARY not in str(answer), path
