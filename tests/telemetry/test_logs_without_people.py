"""Nobody's name, address, number, text or token is in the logs, whatever way it comes in, down to DEBUG."""

import io
import logging
from collections.abc import Iterator

import psycopg
import pytest
from httpx import AsyncClient

from tembea.kernel.telemetry.scrubbing import plain_words, scrub_fields, stack_trace
from tests.app_fixtures import Agency, Platform
from tests.inbox.desk import COMPLETE, Desk, desk
from tests.inbox.mails import mail
from tests.telemetry.log_lines import json_logs, lines_of
from tests.telemetry.odd_routes import CANARY, add_odd_routes

__all__ = ["desk"]

CANARIES = ("Kanarie", "kanarie", "KANARIE", "canary.example", "7788", "hunter-canary", "Warbler", "warbler-lodge")
TEXT = COMPLETE + f"\n\nWe loved the Warbler suite at warbler-lodge. {CANARY}\n"


@pytest.fixture
def log(platform: Platform) -> Iterator[io.StringIO]:
    add_odd_routes(platform.app)
    with json_logs("DEBUG") as text:
        yield text


def assert_no_canary(log: io.StringIO) -> None:
    said = log.getvalue()
    # Lines of our own source may stand in a stack trace; the name of the constant is no person.
    assert [canary for canary in CANARIES if canary in said] == [], said


async def test_a_mail_and_everything_that_follows_from_it(desk: Desk, log: io.StringIO) -> None:
    await desk.receives(mail(text=TEXT, sender="Zanele Kanarie <zanele.kanarie@canary.example>"))

    assert any(line["event"] == "mail_received" for line in lines_of(log))
    assert_no_canary(log)


async def test_signing_in_well_and_badly(platform: Platform, agency: Agency, log: io.StringIO) -> None:
    client: AsyncClient = platform.anonymous
    bad = {"email": "zanele.kanarie@canary.example", "password": "hunter-canary"}
    assert (await client.post("/api/v1/auth/login", json=bad)).status_code == 401
    good = {"email": agency.users["admin"], "password": "correct horse battery staple"}
    token = (await client.post("/api/v1/auth/login", json=good)).json()["access_token"]
    await client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"})
    await client.post("/api/v1/auth/login", json={"email": ["Kanarie"], "hunter-canary": 1})

    said = log.getvalue()
    assert '"route":"/api/v1/auth/login"' in said
    assert token not in said
    assert "correct horse" not in said
    assert agency.users["admin"] not in said
    assert_no_canary(log)


async def test_what_crashes_and_what_the_database_refuses(platform: Platform, agency: Agency, log: io.StringIO) -> None:
    await platform.anonymous.get("/api/v1/odd/crash/Kanarie")
    await agency.consultant.get("/api/v1/quotes?cursor=Kanarie")
    await agency.consultant.get("/api/v1/odd/rows/Kanarie")
    logger = logging.getLogger("some.library")
    logger.debug("sending %r to %s", "Dear Kanarie", "zanele.kanarie@canary.example")
    logger.warning("f-strings hold Kanarie <zanele.kanarie@canary.example> +27 82 555 7788")
    try:
        with psycopg.connect(platform.settings.app_dsn) as connection:
            connection.execute("select %s::int", [CANARY])
    except psycopg.Error:
        logger.exception("refused")

    events = {str(line["event"]) for line in lines_of(log)}
    assert {"request_crashed", "sending %r to %s", "refused"} <= events
    assert_no_canary(log)


def test_of_an_error_the_places_stay_and_the_plain_words() -> None:
    try:
        try:
            raise KeyError("Kanarie")
        except KeyError as error:
            raise ExceptionGroup("two of zanele.kanarie@canary.example", [ValueError("no Kanarie"), error]) from error
    except ExceptionGroup as group:
        said = stack_trace(group)
    assert said.count("Traceback") == 3
    assert "ValueError: no …" in said
    assert "KeyError" in said
    assert "zanele.kanarie@canary.example" not in said.replace('"two of zanele.kanarie@canary.example"', "")


def test_fields_are_kept_only_where_they_are_our_own_words() -> None:
    given = {
        "event": "mail_not_delivered",
        "status": "failed",
        "error": "550 5.1.1 <zanele@canary.example>: Recipient address rejected: User unknown",
        "subject": "Honeymoon of Zanele",
        "mail_id": "01a21ad0-83fb-76f2-b8b2-d51288928cc0",
        "size_bytes": 1_234,
    }
    assert scrub_fields(given) == {
        "event": "mail_not_delivered",
        "status": "failed",
        "error": "550 … address rejected: … unknown",
        "subject": "honeymoon of …",
        "mail_id": "01a21ad0-83fb-76f2-b8b2-d51288928cc0",
        "size_bytes": 1_234,
    }
    assert plain_words("") == ""
