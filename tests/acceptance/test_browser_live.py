"""The home page in a real browser, left open: what happens in the agency appears by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.acceptance.conftest import Installation, enquiry
from tests.acceptance.test_browser import PATIENCE_MS, SWITCHES, settled
from tests.system_tools import require_tool

ODD = "Hello, we dream of a trip to Patagonia. What could you do for us?\n\nThank you\n{name}"

# Pages also look again by themselves, every 15 or 30 seconds. Without these timers the stream alone can bring the news.
NO_POLLING = """
    for (const name of ['setTimeout', 'setInterval']) {
        const real = window[name];
        window[name] = (work, ms, ...rest) => (ms >= 10000 ? 0 : real(work, ms, ...rest));
    }
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = require_tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, installation: Installation) -> Iterator[Page]:
    """A consultant's open home page that asks for nothing by itself."""
    person = next(user for user in installation.tenant("africastay")["users"] if user["role"] == "consultant")
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce")
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.add_init_script(NO_POLLING)
    page.goto(installation.base_url)
    page.get_by_label("E-mail").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_text("Live", exact=True).first).to_be_visible()
    settled(page)
    page.evaluate("window.stillTheSamePage = true")
    yield page
    page.close()


def write(installation: Installation, name: str) -> None:
    message = enquiry(f"{name} <{name.lower()}@customers.example>", ODD.format(name=name), subject=f"{name}’s dream")
    installation.send(message, to=installation.tenant("africastay")["inbound_address"])


def test_a_new_enquiry_mail_appears_on_the_open_home_page_without_a_reload(
    page: Page, installation: Installation
) -> None:
    write(installation, "Ximena")

    expect(page.get_by_text("Ximena’s dream").first).to_be_visible()
    assert page.evaluate("window.stillTheSamePage")


def test_whoever_was_offline_is_told_so_and_sees_what_was_missed(page: Page, installation: Installation) -> None:
    page.context.set_offline(True)
    expect(page.get_by_text("Offline. What you see may be out of date.")).to_be_visible()
    write(installation, "Yolanda")
    page.context.set_offline(False)

    expect(page.get_by_text("Yolanda’s dream").first).to_be_visible()
    expect(page.get_by_text("Live", exact=True).first).to_be_visible()
    assert page.evaluate("window.stillTheSamePage")
