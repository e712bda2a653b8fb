"""A consultant's morning in a real browser: sign in, see the day, open a mail, its quote and its client."""

import importlib.resources
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.acceptance.conftest import Installation, enquiry
from tests.system_tools import require_tool

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
PATIENCE_MS = 20_000
AXE = importlib.resources.files("axe_playwright_python") / "axe.min.js"
TEXT = """Hello, please quote Mauritius from 4 to 11 May 2027 for two adults and one child of 8, half board.

Regards
Imke de Vries
"""


@pytest.fixture(scope="module")
def page(installation: Installation) -> Iterator[Page]:
    """A signed-in browser; a message on its console that is an error fails the test."""
    chromium = require_tool("chromium")
    person = next(user for user in installation.tenant("africastay")["users"] if user["role"] == "consultant")
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce")
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.goto(installation.base_url)
        page.get_by_label("E-mail").fill(person["email"])
        page.get_by_label("Password", exact=True).fill(person["password"])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Home")).to_be_visible()
        # Only now: before signing in, asking for a session that is not there is answered with 401, rightly.
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        yield page
        browser.close()
    assert problems == []


@pytest.fixture(scope="module")
def quoted(installation: Installation) -> str:
    """The address of a customer whose mail has become a quote."""
    message = enquiry("Imke de Vries <imke@customers.example>", TEXT, subject="Mauritius in May")
    installation.send(message, to=installation.tenant("africastay")["inbound_address"])
    installation.answer_to("imke@customers.example")
    return "imke@customers.example"


def check_accessible(page: Page) -> None:
    """No serious finding of axe."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
    worst = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in worst] == []


def settled(page: Page) -> None:
    """Everything has loaded. The network is never idle: the stream of news stays open."""
    expect(page.locator(".skeleton")).to_have_count(0)


def go(page: Page, path: str) -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)


def test_home_draws_its_sections_and_has_nothing_to_hide(page: Page) -> None:
    for heading in ("Needs attention", "In figures", "Quotes by day", "Pipeline"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    settled(page)
    check_accessible(page)


def test_a_mail_stands_beside_what_was_read_in_it_and_leads_to_its_quote(page: Page, quoted: str) -> None:
    go(page, "/inbox?view=all")
    page.get_by_text("Mauritius in May").first.click()

    expect(page.get_by_text("two adults and one child of 8").first).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Open the quote").click()

    expect(page).to_have_url(re.compile(r"quote=[0-9a-f-]{36}|/quotes/[0-9a-f-]{36}"))
    expect(page.get_by_text("Imke de Vries").first).to_be_visible()


def test_a_quote_shows_its_alternatives_and_its_document(page: Page, quoted: str) -> None:
    go(page, "/quotes")
    page.get_by_text("Imke de Vries").first.click()

    expect(page.get_by_text(re.compile(r"QT-\d{8}-\d{4}")).first).to_be_visible()
    expect(page.get_by_text(re.compile("half board", re.IGNORECASE)).first).to_be_visible()
    check_accessible(page)


def test_a_new_quote_opened_by_its_address_lies_over_the_list(page: Page) -> None:
    go(page, "/quotes/new")
    expect(page.get_by_role("dialog", name="New quote")).to_be_visible()
    settled(page)
    expect(page.locator("h1", has_text="Quotes")).to_be_visible()
    check_accessible(page)

    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/quotes$"))
    expect(page.get_by_role("heading", name="Quotes", level=1)).to_be_visible()


def test_a_draft_of_rates_is_discarded_on_its_page(page: Page, installation: Installation) -> None:
    with installation.staff("africastay") as staff:
        live = staff.get("/api/v1/rates/contracts").json()["items"][0]
        document = staff.get(f"/api/v1/rates/contracts/{live['id']}").json()["document"]
        document["source"]["document"] = "A sheet that came too early"
        file = ("early.json", json.dumps(document), "application/json")
        imported = staff.post("/api/v1/rates/import", files={"file": file}, params={"draft": "true"}).json()
        draft = imported["contract_ids"][0]
        go(page, f"/rates?contracts=draft&id={draft}")
        page.get_by_role("button", name="Discard draft").click()
        page.get_by_role("alertdialog").or_(page.get_by_role("dialog")).get_by_role("button", name="Discard").click()

        expect(page.get_by_text(f"Version {live['version'] + 1} is put aside")).to_be_visible()
        expect(page.get_by_role("button", name="Make live")).to_have_count(0)
        assert staff.get(f"/api/v1/rates/contracts/{draft}").json()["status"] == "retired"
        assert staff.get(f"/api/v1/rates/contracts/{live['id']}").json()["status"] == "live"
    check_accessible(page)


def test_the_client_stands_on_the_board_under_quoted(page: Page, quoted: str) -> None:
    go(page, "/clients")

    expect(page.get_by_text("Imke de Vries").first).to_be_visible()
    check_accessible(page)


def test_the_helpdesk_answers_with_a_passage_to_open_and_says_what_it_does_not_know(page: Page) -> None:
    go(page, "/helpdesk")
    page.get_by_label("Your question").fill("How much luggage can we take on a light aircraft?")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Light aircraft carry 15 to 20 kg in soft bags.")).to_be_visible()
    page.get_by_role("button", name="Passage 1").click()
    expect(page.get_by_role("region", name="Passage 1")).to_contain_text("Suitcases stay at the airport")
    check_accessible(page)
    page.get_by_label("Your question").fill("Do you sell cruises to Antarctica?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("I do not know.")).to_be_visible()
    check_accessible(page)


def test_it_works_on_a_phone_and_in_the_dark(page: Page, quoted: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/", "/inbox", "/quotes", "/clients", "/helpdesk"):
        go(page, path)
        expect(page.get_by_role("navigation").first).to_be_visible()
        settled(page)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, path
        check_accessible(page)
    go(page, "/inbox?view=all")
    page.get_by_text("Mauritius in May").first.click()
    expect(page.get_by_role("heading", name="Mauritius in May", level=1)).to_be_visible()
    check_accessible(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")


def test_no_page_asks_for_what_is_not_there_or_warns(page: Page, quoted: str) -> None:
    """Errors on the console fail every test here; this one goes everywhere, and to addresses that somebody mistyped."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "warning" else None)
    page.on("response", lambda answer: found.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    pages = ("/", "/inbox", "/quotes", "/quotes/new", "/clients", "/helpdesk", "/mail", "/rates", "/rates/exchange")
    mistyped = ("/inbox?view=gone", "/quotes?status=lost", "/rates?contracts=old", "/settings?section=none")
    for path in (*pages, "/settings", *mistyped):
        go(page, path)
        # Not by its role: behind an open dialog, as on /quotes/new, a heading has none.
        expect(page.locator("h1").first).to_be_visible()
        settled(page)
    go(page, "/quotes")
    page.get_by_text("Imke de Vries").first.click()
    expect(page.get_by_text(re.compile(r"QT-\d{8}-\d{4}")).first).to_be_visible()
    settled(page)
    assert found == []


def test_a_reload_keeps_the_session_and_no_token_lies_in_the_storage(page: Page) -> None:
    go(page, "/clients")
    page.reload()

    expect(page.get_by_role("navigation").first).to_be_visible()
    stored = page.evaluate("JSON.stringify([Object.values(localStorage), Object.values(sessionStorage)])")
    assert "eyJ" not in stored
