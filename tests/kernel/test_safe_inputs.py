"""What comes in is bounded and what goes out is hardened, whatever the route."""

import json

import pytest
from httpx import ASGITransport, AsyncClient

from tembea.kernel.nesting import MAX_DEPTH, is_too_deep
from tembea.settings import Settings, SettingsError, load_settings
from tests.app_fixtures import Agency, Platform, running_platform

ORIGIN = "https://pages.example"


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"name":['])
async def test_json_that_nests_too_deeply_is_refused_before_it_is_parsed(agency: Agency, opening: str) -> None:
    body = opening * 50_000
    answer = await agency.admin.post("/api/v1/crm/clients", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "too_deep")
    assert "ratelimit" in answer.headers


async def test_json_that_says_one_thing_twice_is_refused_by_its_name(agency: Agency) -> None:
    async def answer(body: str) -> tuple[int, str]:
        sent = await agency.admin.post(
            "/api/v1/crm/clients", content=body, headers={"Content-Type": "application/json"}
        )
        return sent.status_code, sent.json().get("code", "")

    assert await answer('{"name": "Thandi", "name": "Somebody else"}') == (400, "duplicate_key")
    assert await answer('{"name": "Thandi", "n\\u0061me": "Somebody else"}') == (400, "duplicate_key")
    assert await answer('{"name": "Thandi", "emails": [{"a": 1, "a": 2}]}') == (400, "duplicate_key")
    assert await answer('{"name": "Thandi", "name": ') == (400, "bad_request")
    assert await answer('{"name": "A name: and \\"name\\": again"}') == (201, "")


def test_depth_counts_brackets_and_not_words() -> None:
    assert not is_too_deep(json.dumps({"text": "[" * 10_000 + '\\"{{{'}).encode())
    assert not is_too_deep(b"[]" * 10_000)
    assert not is_too_deep(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    assert is_too_deep(b"[" * (MAX_DEPTH + 1))
    assert is_too_deep(b'{"a":' * 100)


async def test_a_body_near_the_limit_goes_through_whole(agency: Agency) -> None:
    text = "ä[" * 4_000
    note = await agency.admin.post("/api/v1/crm/clients", json={"name": "Ann"})
    added = await agency.admin.post(f"/api/v1/crm/clients/{note.json()['id']}/activities", json={"text": text})
    assert (added.status_code, added.json()["detail"]) == (201, text)


HARDENED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/health", "/api/v1/auth/me", "/api/v1/crm/clients", "/nowhere", "/webhooks/x"])
async def test_every_answer_is_hardened_once(agency: Agency, path: str) -> None:
    answer = await agency.admin.get(path)
    for name, value in HARDENED.items():
        assert answer.headers.get_list(name) == [value], name
    (policy,) = answer.headers.get_list("content-security-policy")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "permissions-policy" in answer.headers
    assert "strict-transport-security" not in answer.headers  # said over plain HTTP it means nothing


async def test_over_tls_browsers_are_told_to_stay_there(platform: Platform) -> None:
    async with AsyncClient(transport=ASGITransport(platform.app), base_url="https://tembea.test") as browser:
        assert "max-age=31536000" in (await browser.get("/health")).headers["strict-transport-security"]


async def test_nothing_of_a_tenant_is_kept_by_anybody(agency: Agency) -> None:
    for path in ("/api/v1/crm/clients", "/api/v1/quotes", "/api/v1/enquiries", "/api/v1/mail", "/api/v1/auth/me"):
        assert (await agency.admin.get(path)).headers["cache-control"] == "private, no-store", path


async def test_only_the_listed_origins_may_call_from_a_browser(settings: Settings) -> None:
    async with running_platform(settings.model_copy(update={"cors_origins": (ORIGIN,)})) as running:
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, last-event-id",
        }
        url = "/api/v1/quotes"
        listed = await running.anonymous.options(url, headers={"Origin": ORIGIN, **asked})
        answered = await running.anonymous.get(url, headers={"Origin": ORIGIN})
        strangers = ["https://evil.example", f"{ORIGIN}.evil.example", "null", "http://pages.example", f"{ORIGIN}:8443"]
        refused = [await running.anonymous.get(url, headers={"Origin": origin}) for origin in strangers]

    assert listed.status_code == 200
    assert "ratelimit" in listed.headers, "what a browser asks beforehand is limited too"
    assert listed.headers["access-control-allow-origin"] == ORIGIN
    assert answered.headers["access-control-allow-origin"] == ORIGIN
    for answer in (listed, answered, *refused):
        assert "access-control-allow-credentials" not in answer.headers
    for answer in refused:
        assert "access-control-allow-origin" not in answer.headers


async def test_without_origins_no_page_of_another_may_read(platform: Platform) -> None:
    answer = await platform.anonymous.get("/api/v1/quotes", headers={"Origin": ORIGIN})
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("origins", ["*", "https://*.example", "pages.example", "https://pages.example/app", "null"])
def test_origins_are_exact_or_refused(origins: str) -> None:
    with pytest.raises(SettingsError, match="CORS_ORIGINS"):
        load_settings({"TEMBEA_CORS_ORIGINS": origins})


NAUGHTY = [
    "a\u202eb",
    "\u200f\u200e",
    "\ufeffx",
    "\U0001f468\u200d\U0001f469",
    "'; drop table clients; --",
    "{{7*7}}",
    "<b>x",
]


@pytest.mark.parametrize("name", NAUGHTY)
async def test_odd_words_are_stored_as_they_are(agency: Agency, name: str) -> None:
    made = await agency.admin.post("/api/v1/crm/clients", json={"name": name})
    assert made.status_code == 201, made.text
    read = await agency.admin.get(f"/api/v1/crm/clients/{made.json()['id']}")
    assert read.json()["name"] == name.strip()


@pytest.mark.parametrize("escaped", ["\\u0000", "\\ud800", "a\\udfffb", "x" * 900_000])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/v1/crm/clients", '{"name": "@"}'),
        ("POST", "/api/v1/crm/clients", '{"name": "x", "tags": ["@"]}'),
        ("POST", "/api/v1/enquiries", '{"channel": "web", "text": "x", "subject": "@"}'),
        ("POST", "/api/v1/mail/suppressions", '{"address": "@"}'),
    ],
)
async def test_what_cannot_be_stored_is_refused_by_name(
    agency: Agency, escaped: str, method: str, path: str, body: str
) -> None:
    content = body.replace("@", escaped)
    answer = await agency.admin.request(method, path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422, answer.text[:300]
    assert answer.json()["errors"][0]["loc"].startswith("body."), answer.text[:300]
