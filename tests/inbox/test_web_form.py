"""The form on an agency's own pages: what it takes, from where, and what becomes of it."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import Response
from prometheus_client import REGISTRY

from tembea.inbox import web_form
from tembea.inbox.understand import Destination, TenantProfile, understand
from tembea.inbox.web_form import Filled, new_stamp
from tembea.inbox.web_form_words import WORDS
from tembea.settings import Settings
from tembea.tenants import ConfigError, TenantConfig, parse_config
from tests.app_fixtures import INSTALLATION_KEY, Platform, agency_config, running_platform
from tests.inbox.desk import Desk, new_desk

PAGE = "https://www.savanna.example"
PATH = "/f/savanna-trails/enquiries"
KEY = INSTALLATION_KEY.encode()
FORM: dict[str, Any] = {
    "name": "Naledi Dlamini",
    "email": "naledi@example.net",
    "phone": "+27 82 555 0199",
    "destination": "Zanzibar",
    "arrival": "2027-08-03",
    "back": "2027-08-10",
    "adults": 2,
    "message": "We would love a room near the sea.\nThank you",
    "consent": True,
    "language": "en",
}


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    async with running_platform(settings.model_copy(update={"form_limit": 1_000, "tenant_form_limit": 1_000})) as loose:
        yield await new_desk(loose, web_form={"origins": [PAGE, "http://127.0.0.1:9000"], "consent": ""})


def old_stamp(age_s: float = 60, slug: str = "savanna-trails") -> str:
    """The stamp of a script that was loaded a while ago."""
    made_at = str(int(time.time() - age_s))
    return f"{made_at}.{web_form._signed(KEY, slug, made_at)}"  # pyright: ignore[reportPrivateUsage] - time is not ours


async def send(platform: Platform, origin: str | None = PAGE, key: str | None = None, **changes: object) -> Response:
    headers = {"Origin": origin} if origin else {}
    if key:
        headers["Idempotency-Key"] = key
    body = {"stamp": old_stamp(), **FORM, **changes}
    return await platform.anonymous.post(PATH, json=body, headers=headers)


def counted(outcome: str) -> float:
    return REGISTRY.get_sample_value("tembea_web_forms_total", {"outcome": outcome}) or 0


async def test_a_form_becomes_a_quote_as_a_mail_does_and_its_consent_is_kept(desk: Desk) -> None:
    answer = await send(desk.platform)
    assert (answer.status_code, answer.json()) == (202, {"status": "received"})
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "access-control-allow-credentials" not in answer.headers
    await desk.platform.run_jobs()
    found = await desk.only()
    trip = found["trip_request"]
    assert (found["channel"], found["status"], found["from_name"]) == ("web", "quoted", "Naledi Dlamini")
    assert (trip["destinations"], trip["check_in"], trip["check_out"]) == (["Zanzibar"], "2027-08-03", "2027-08-10")
    assert (trip["adults"], trip["customer_email"], trip["customer_phone"]) == (2, "naledi@example.net", "+27825550199")
    (mail,) = await desk.sent()
    assert (mail["to_address"], mail["kind"]) == ("naledi@example.net", "quote")
    trail = (await desk.agency.admin.get("/api/v1/audit", params={"action": "enquiry"})).json()["items"]
    (agreed,) = [one for one in trail if one["action"] == "enquiry.consented"]
    assert "Savanna Trails" in agreed["after"]["consent"]
    assert (agreed["subject_id"], agreed["after"]["page"]) == (found["id"], PAGE)


async def test_only_the_pages_that_the_agency_names_may_send(desk: Desk) -> None:
    before = counted("foreign_origin")
    for origin in ("https://evil.example", "https://www.savanna.example.evil.example", "http://www.savanna.example"):
        answer = await send(desk.platform, origin)
        assert (answer.status_code, answer.json()["code"]) == (403, "origin_not_allowed"), origin
        assert "access-control-allow-origin" not in answer.headers
    for origin in ("null", "", "HTTPS://WWW.SAVANNA.EXAMPLE", f"{PAGE}/"):
        assert (await send(desk.platform, origin or None)).status_code == 403
    assert counted("foreign_origin") == before + 7
    assert await desk.enquiries() == []

    asked = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
    preflight = await desk.platform.anonymous.options(PATH, headers=asked)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, PAGE)
    assert "Idempotency-Key" in preflight.headers["access-control-allow-headers"]
    refused = await desk.platform.anonymous.options(PATH, headers={**asked, "Origin": "https://evil.example"})
    assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (403, False)


async def test_an_agency_that_names_no_page_has_no_form_and_nobody_hears_whether_it_exists(platform: Platform) -> None:
    await platform.new_agency("savanna-trails")
    for slug in ("savanna-trails", "nobody-at-all", "NOBODY", "a%00b", "é"):
        script = await platform.anonymous.get(f"/f/{slug}.js")
        sent = await platform.anonymous.post(f"/f/{slug}/enquiries", json=FORM, headers={"Origin": PAGE})
        for answer in (script, sent):
            assert (answer.status_code, answer.json()["code"] in ("form_off", "not_found")) == (404, True), slug
    off = (await platform.anonymous.get("/f/savanna-trails.js")).json()
    unknown = (await platform.anonymous.get("/f/nobody-at-all.js")).json()
    assert (off["code"], off["detail"]) == ("form_off", unknown["detail"])


async def test_what_a_machine_fills_in_is_answered_alike_counted_and_kept_nowhere(desk: Desk) -> None:
    before = counted("honeypot")
    trapped = await send(desk.platform, website="https://spam.example", stamp=old_stamp(0))
    accepted = await send(desk.platform)
    assert (trapped.status_code, trapped.json()) == (accepted.status_code, accepted.json())
    assert counted("honeypot") == before + 1
    assert len(await desk.enquiries()) == 1


async def test_a_stamp_is_ours_the_agencys_and_neither_new_nor_old(desk: Desk) -> None:
    forged = old_stamp()[:-1] + ("0" if old_stamp()[-1] != "0" else "1")
    refusals = {
        new_stamp(KEY, "savanna-trails"): "form_too_fast",
        old_stamp(3 * 86_400): "form_expired",
        old_stamp(slug="harbour-travel"): "form_expired",
        forged: "form_expired",
        "9" * 50 + ".ab": "form_expired",
    }
    for stamp, code in refusals.items():
        answer = await send(desk.platform, stamp=stamp)
        assert (answer.status_code, answer.json()["code"]) == (409, code)
        assert answer.headers["access-control-allow-origin"] == PAGE, "the page may read why"
    assert await desk.enquiries() == []


WRONG: dict[str, list[dict[str, object]]] = {
    "body.email": [{"email": "naledi at example"}, {"email": "a@b.example\r\nBcc: c@d.example"}],
    "body.name": [{"name": " "}, {"name": "Naledi\r\nBcc: all@example.net"}, {"name": "\ud800"}],
    "body.consent": [{"consent": False}, {"consent": "yes"}],
    "body.adults": [{"adults": 0}, {"adults": 51}],
    "body.children_ages.1": [{"children_ages": [4, 18]}],
    "body.arrival": [{"arrival": "2020-01-01"}],
    "body.back": [{"back": "2027-08-03"}],
    "body.message": [{"message": "a\x00b"}, {"message": "\ud800"}, {"message": "x" * 5_001}],
    "body.stamp": [{"stamp": "١.ab"}, {"stamp": "1.\ud800"}],
    "body.language": [{"language": "../en"}],
    "body.surprise": [{"surprise": 1}],
}


async def test_what_is_wrong_is_named_to_the_page_and_nothing_is_stored(desk: Desk) -> None:
    for field, wrongs in WRONG.items():
        for changes in wrongs:
            body = json.dumps({"stamp": old_stamp(), **FORM, **changes})
            headers = {"Origin": PAGE, "Content-Type": "application/json"}
            answer = await desk.platform.anonymous.post(PATH, content=body, headers=headers)
            assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, field), changes
            assert answer.headers["access-control-allow-origin"] == PAGE
    big = await send(desk.platform, message="x" * 70_000)
    assert big.status_code == 413
    assert await desk.enquiries() == []


async def test_the_same_form_is_stored_once_however_often_it_is_sent(desk: Desk) -> None:
    at_once = await asyncio.gather(*(send(desk.platform, key=f"key-{number % 2}") for number in range(6)))
    assert {(one.status_code, one.text) for one in at_once} == {(202, at_once[0].text)}
    again = await send(desk.platform)
    assert again.status_code == 202
    assert len(await desk.enquiries()) == 1
    for changes in ({"message": "One more thing"}, {"email": "thabo@example.net"}):
        assert (await send(desk.platform, key="key-0", **changes)).status_code == 202
    assert len(await desk.enquiries()) == 3, "other words are another enquiry, whatever the key: none is lost"


async def test_one_reply_address_is_answered_so_often_a_day_and_no_more(settings: Settings) -> None:
    loose = settings.model_copy(update={"form_limit": 100, "tenant_form_limit": 100})
    async with running_platform(loose) as platform:
        desk = await new_desk(platform, web_form={"origins": [PAGE]})
        emails = ["naledi@example.net", "NALEDI@example.net"] * 3
        sent = [await send(platform, email=email, message=f"Trip {n}") for n, email in enumerate(emails)]
        assert [one.status_code for one in sent] == [202] * 5 + [429]
        assert sent[-1].headers["access-control-allow-origin"] == PAGE
        assert (await send(platform, email="thabo@example.net")).status_code == 202
        assert len(await desk.enquiries()) == 6


async def test_one_address_and_one_agency_send_so_many_forms_a_minute(settings: Settings) -> None:
    tight = settings.model_copy(update={"form_limit": 3, "tenant_form_limit": 2})
    async with running_platform(tight) as platform:
        await new_desk(platform, web_form={"origins": [PAGE]})
        statuses = [(await send(platform, origin="https://evil.example")).status_code for _ in range(4)]
    assert statuses == [403, 403, 429, 429], "the agency’s own count is the smaller here"


async def test_the_script_says_no_more_than_a_page_may_know(desk: Desk) -> None:
    answer = await desk.platform.anonymous.get("/f/savanna-trails.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert (answer.headers["cross-origin-resource-policy"], answer.headers["cache-control"]) == (
        "cross-origin",
        "no-store",
    )
    found = re.search(r"const form = (\{.*\});", answer.text)
    assert found
    shown = json.loads(found[1])
    assert (shown["path"], shown["languages"]) == (PATH, ["en"])
    assert set(shown) == {
        *("path", "slug", "stamp", "wait_ms", "accent", "on_accent", "privacy_url", "destinations", "languages"),
        "words",
    }
    assert "Savanna Trails" in shown["words"]["en"]["title"]


def test_every_language_has_every_word_and_our_reader_reads_each_form() -> None:
    profile = TenantProfile("S", "ZA", "ZAR", "Africa/Johannesburg", (Destination("Zanzibar", "ZNZ", ()),))
    arrival = datetime.now(UTC).date() + timedelta(days=90)
    for language, words in WORDS.items():
        assert words.keys() == WORDS["en"].keys(), language
        filled = Filled(
            "Naledi Dlamini", "naledi@example.net", "+27 82 555 0199", "Zanzibar", arrival, arrival + timedelta(7),
            2, (9, 4), "R95 000", "", language, "",
        )  # fmt: skip
        new = web_form._enquiry(filled)  # pyright: ignore[reportPrivateUsage] - what is stored, without a database
        read = understand(new.text, new.subject, "naledi@example.net", datetime.now(UTC), profile)
        trip = read.trip_request
        days = (arrival, arrival + timedelta(7))
        assert (trip.destinations, trip.check_in, trip.check_out) == (("Zanzibar",), *days), language
        assert (trip.adults, trip.children_ages, trip.missing) == (2, (4, 9), ()), language
        assert (trip.customer_name, trip.customer_email) == ("Naledi Dlamini", "naledi@example.net"), language
        assert trip.budget is not None, language


def test_a_form_that_holds_little_but_a_message_is_read_whole() -> None:
    """A telephone number above the message made a signature of it."""
    profile = TenantProfile("S", "ZA", "ZAR", "Africa/Johannesburg", (Destination("Zanzibar", "ZNZ", ()),))
    message = "We want to go to Zanzibar from 3 to 10 August 2027, two adults."
    filled = Filled("Naledi", "n@example.net", "082 555 0199", "", None, None, None, (), "", message, "en", "")
    new = web_form._enquiry(filled)  # pyright: ignore[reportPrivateUsage] - what is stored, without a database
    trip = understand(new.text, new.subject, "n@example.net", datetime(2027, 1, 5, tzinfo=UTC), profile).trip_request
    assert (trip.destinations, trip.nights, trip.adults, trip.customer_phone) == (("Zanzibar",), 7, 2, "+27825550199")


def test_an_origin_is_written_as_browsers_write_it() -> None:
    config = agency_config("a-b").model_dump(mode="json")
    given = ["HTTPS://Www.Example.COM/", "https://example.com:443", "http://localhost:8000"]
    form = TenantConfig.model_validate({**config, "web_form": {"origins": given}}).web_form
    assert form.origins == ("https://www.example.com", "https://example.com", "http://localhost:8000")
    for wrong in ("example.com", "https://example.com/form", "*", "null", "https://*.example.com", "ftp://a.example"):
        with pytest.raises(ConfigError, match=r"web_form\.origins"):
            parse_config({**config, "web_form": {"origins": [wrong]}}, origin="x")
