"""An operator's rounds in a real browser: the promise of service, the queue, the quarantine and the outbox."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from psycopg.types.json import Jsonb

from tembea.kernel.embedded.server import find_running
from tembea.kernel.ids import new_id
from tests.acceptance.conftest import Installation, enquiry, wait_for
from tests.acceptance.test_browser import PATIENCE_MS, SWITCHES, check_accessible, go
from tests.system_tools import require_tool

PAGES = {
    "/operator": "Promise of service",
    "/operator/jobs": "Jobs",
    "/operator/quarantine": "Quarantine",
    "/operator/outbox": "Outbox",
    "/operator/exchange": "Exchange rates",
}
TEXT = "Hello, please quote Zanzibar from 3 to 10 August 2027 for two adults.\n\nThank you\nLena"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = require_tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


def signed_in(browser: Browser, base_url: str, person: dict[str, str]) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce")
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(base_url)
    page.get_by_label("E-mail").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation").first).to_be_visible()
    return page


@pytest.fixture(scope="module")
def page(installation: Installation, browser: Browser) -> Iterator[Page]:
    """A signed-in operator; a message on the browser's console that is an error fails the test."""
    problems: list[str] = []
    page = signed_in(browser, installation.base_url, installation.demo["operator"])
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert problems == []


@pytest.fixture(scope="module")
def stray(installation: Installation) -> str:
    """The subject of a mail to nobody we know, which waits in the quarantine."""
    subject = f"For a stranger {new_id()}"
    installation.send(enquiry("Lena <lena@customers.example>", TEXT, subject=subject), to="lost@nobody.example")
    with installation.operator() as operator:
        kept = {"q": subject}
        wait_for(lambda: operator.get("/api/v1/operator/quarantine", params=kept).json()["items"], within_s=90)
    return subject


@pytest.fixture
def dead_letter(installation: Installation) -> Iterator[str]:
    """A job that used up its attempts, as the queue keeps it: a mail that is not there any more. Gone afterwards."""
    dsns = find_running(installation.data_dir)
    assert dsns is not None
    args = {"tenant_id": str(new_id()), "tenant": "africastay", "arguments": {"mail_id": str(new_id())}}
    with psycopg.connect(dsns.owner, autocommit=True) as connection:
        row = connection.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " values ('default', 'mail.send', %s, 'failed', 8) returning id",
            [Jsonb(args)],
        ).fetchone()
        assert row is not None
        connection.execute(
            "insert into job_failures (job_id, tenant_id, error_class, error_message)"
            " values (%s, %s, 'TimeoutError', 'nobody answered')",
            [row[0], args["tenant_id"]],
        )
        yield str(row[0])
        connection.execute("delete from procrastinate_jobs where id = %s", [row[0]])


@pytest.mark.parametrize("path", PAGES)
def test_each_page_stands_and_has_nothing_to_hide(page: Page, stray: str, path: str) -> None:
    go(page, path)

    expect(page.get_by_role("heading", name=PAGES[path], level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    check_accessible(page)


def test_an_operator_lands_on_the_promise_and_reads_it_in_words(page: Page) -> None:
    go(page, "/quotes")

    expect(page).to_have_url(re.compile(r"/operator$"))
    figures = page.get_by_role("list", name="In figures").get_by_role("listitem")
    expect(figures).to_have_count(5)
    expect(figures.filter(has_text="Oldest unprocessed mail")).to_contain_text(re.compile("Kept|Watch|Broken"))
    expect(page.get_by_text("Ready for traffic", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Clients")).to_have_count(0)


def test_a_dead_letter_breaks_the_promise_until_it_is_discarded(page: Page, dead_letter: str) -> None:
    go(page, "/operator")
    card = page.get_by_role("listitem").filter(has_text="Dead letters")
    expect(card).to_contain_text("Broken")
    card.get_by_role("link", name="Look at them").click()

    expect(page.get_by_text("nobody answered")).to_be_visible()
    check_accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_role("alertdialog").get_by_role("button", name="Discard").click()
    expect(page.get_by_text("The job is discarded")).to_be_visible()
    expect(page.get_by_text("nobody answered")).to_have_count(0)


def test_a_dead_letter_goes_back_into_the_queue(page: Page, dead_letter: str) -> None:
    go(page, "/operator/jobs?state=dead")
    page.get_by_role("button", name="Retry").click()

    expect(page.get_by_text("The job is in the queue again")).to_be_visible()
    expect(page.get_by_role("button", name="Retry")).to_have_count(0)


def test_a_stray_mail_is_found_read_and_given_to_an_agency(page: Page, stray: str) -> None:
    go(page, "/operator/quarantine")
    page.get_by_label("Search the quarantine").fill(stray)
    page.get_by_role("region", name="Messages").get_by_text(stray).click()

    expect(page.get_by_text("please quote Zanzibar")).to_be_visible()
    page.get_by_text("Headers", exact=True).click()
    expect(page.get_by_text("Message-ID:", exact=True)).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Assign").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Agency’s short name").fill("africastay")
    check_accessible(page)
    dialog.get_by_role("button", name="Assign").click()

    expect(page.get_by_text("africastay has the message now")).to_be_visible()
    expect(page.get_by_text("No message fits")).to_be_visible()


def test_the_outbox_shows_what_was_sent_whole(page: Page, installation: Installation) -> None:
    message = enquiry("Owen <owen@customers.example>", TEXT.replace("Lena", "Owen"), subject="Zanzibar for Owen")
    installation.send(message, to=installation.tenant("africastay")["inbound_address"])
    installation.answer_to("owen@customers.example")

    go(page, "/operator/outbox")
    page.get_by_role("region", name="Sent mail").get_by_text("owen@customers.example").click()

    expect(page.get_by_text("Dear Owen").or_(page.get_by_text("Zanzibar for Owen")).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the message").click()
    assert download.value.suggested_filename.endswith(".eml")
    check_accessible(page)


def test_an_operator_imports_exchange_rates_and_an_agency_sees_which_are_too_old(
    page: Page, browser: Browser, installation: Installation
) -> None:
    recent, past = (datetime.now(UTC).date() - timedelta(days=ago) for ago in (2, 40))
    rows = f"Date,GBP,CHF\n{recent},0.8402,N/A\n{past},0.85,0.9312\n"
    go(page, "/operator/exchange")
    page.get_by_role("button", name="Import rates").first.click()
    chooser = page.get_by_role("dialog").locator("input[type=file]")
    chooser.set_input_files({"name": "wrong.csv", "mimeType": "text/csv", "buffer": b"Date,GBP\n2024-13-01,1\n"})
    expect(page.get_by_role("row", name="line 2")).to_contain_text("2024-13-01 is no day")
    check_accessible(page)
    page.get_by_role("button", name="Another file").click()
    chooser.set_input_files({"name": "eurofxref.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    expect(page.get_by_text("2 days are in order")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("row", name="EUR/GBP")).to_contain_text("0.8402")

    person = next(user for user in installation.tenant("africastay")["users"] if user["role"] == "consultant")
    agency = signed_in(browser, installation.base_url, person)
    go(agency, "/rates")
    agency.get_by_role("link", name="Exchange rates").click()
    expect(agency.get_by_role("row", name="EUR/GBP")).to_contain_text("In date")
    expect(agency.get_by_role("row", name="EUR/CHF")).to_contain_text("Too old")
    expect(agency.get_by_role("button", name="Import rates")).to_have_count(0)
    check_accessible(agency)
    agency.get_by_role("button", name="EUR/GBP").click()
    expect(agency.get_by_role("dialog").get_by_role("row")).to_have_count(3)


def test_the_operators_pages_work_on_a_phone_and_in_the_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    for path in PAGES:
        go(page, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, path
        check_accessible(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light")


def test_an_agency_sees_the_way_of_each_of_its_mails(browser: Browser, installation: Installation) -> None:
    message = enquiry("Petra <petra@customers.example>", TEXT.replace("Lena", "Petra"), subject="Zanzibar for Petra")
    installation.send(message, to=installation.tenant("africastay")["inbound_address"])
    installation.answer_to("petra@customers.example")
    person = next(user for user in installation.tenant("africastay")["users"] if user["role"] == "consultant")
    page = signed_in(browser, installation.base_url, person)

    go(page, "/operator/jobs")
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    page.get_by_role("link", name="Sent mail").click()
    page.get_by_role("region", name="Mails").get_by_text("petra@customers.example").click()

    steps = page.get_by_role("region", name="Its way").get_by_role("listitem")
    expect(steps).to_contain_text(["Written", "Queued", "Sent"])
    check_accessible(page)
    page.get_by_role("link", name="Open the quote").click()
    expect(page).to_have_url(re.compile(r"/quotes/[0-9a-f-]{36}"))
