"""An agency's own page in a real browser: its form sends an enquiry, and the same form on another page does not."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.acceptance.conftest import Installation, wait_for
from tests.acceptance.test_browser import PATIENCE_MS, SWITCHES, check_accessible
from tests.system_tools import require_tool

SLUG = "indigo-travel"
STRICT = "default-src 'none'; script-src {host}; connect-src {host}"
"""A page that forbids inline styles and everything else that the form does not need."""
PAGE = '<!doctype html><html lang="en"><title>Our agency</title><main><h1>Write to us</h1><script src="{src}" async>\
</script></main></html>'


@pytest.fixture(scope="module")
def site(installation: Installation) -> Iterator[str]:
    """The agency's website, on an origin of its own: its address."""

    class Website(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Security-Policy", STRICT.format(host=installation.base_url))
            self.end_headers()
            self.wfile.write(PAGE.format(src=f"{installation.base_url}/f/{SLUG}.js").encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Website)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = require_tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(address)
    return page


def fill_in(page: Page, email: str) -> None:
    page.get_by_label("Name *").fill("Imke de Vries")
    page.get_by_label("E-mail *").fill(email)
    page.get_by_label("Destination").fill("Zanzibar")
    page.get_by_label("Message").fill("From 4 to 11 May 2027, two adults and one child of 8.")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send enquiry").click()


def test_a_form_on_the_agencys_page_becomes_an_enquiry(installation: Installation, site: str, browser: Browser) -> None:
    admin, consultant = installation.staff(SLUG, "admin"), installation.staff(SLUG)
    saved = admin.put("/api/v1/settings/web-form", json={"origins": [site]})
    assert saved.status_code == 200, saved.text
    page = opened(browser, site)
    page.get_by_role("button", name="Send enquiry").click()
    expect(page.get_by_text("Please fill this in.").first).to_be_visible()
    expect(page.get_by_label("Name *")).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.id") == "name", "goes to what is wrong first"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "wider than the phone"
    check_accessible(page)
    fill_in(page, "imke-form@customers.example")
    expect(page.get_by_text("Thank you. Your enquiry is with us")).to_be_visible()

    def arrived() -> dict[str, object] | None:
        items = consultant.get("/api/v1/enquiries", params={"q": "imke-form@"}).json()["items"]
        return next((one for one in items if one["trip_request"]), None)

    enquiry = wait_for(arrived, within_s=90)
    assert (enquiry["channel"], enquiry["from_name"]) == ("web", "Imke de Vries")
    assert (enquiry["trip_request"]["adults"], enquiry["trip_request"]["children_ages"]) == (2, [8])
    page.close()


def test_a_page_that_the_agency_does_not_name_is_refused(
    installation: Installation, site: str, browser: Browser
) -> None:
    installation.staff(SLUG, "admin").put("/api/v1/settings/web-form", json={"origins": ["https://own.example"]})
    page = opened(browser, site)
    fill_in(page, "foreign-form@customers.example")
    expect(page.get_by_text("That did not go through.")).to_be_visible()
    found = installation.staff(SLUG).get("/api/v1/enquiries", params={"q": "foreign-form@"}).json()["items"]
    assert found == []
    page.close()
