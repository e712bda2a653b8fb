"""The central bank's table: as it is published, zipped, broken, over HTTP, and when nobody answers."""

import io
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tembea.providers.fx import EcbFeed, FxFileError, FxUnreachable, NoFxFeed, build_fx_provider, read_ecb

HISTORY = b"Date,USD,JPY,CYP,ZAR,\n2024-12-31,1.0389,163.06,N/A,19.6188,\n2024-12-30,1.0444,164.57,N/A,N/A,\n"
DAILY = b"Date, USD, ZAR, \n31 December 2024, 1.0389, 19.6188, \n"


def zipped(content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("eurofxref.csv", content)
    return archive.getvalue()


@pytest.mark.parametrize("content", [HISTORY, b"\xef\xbb\xbf" + HISTORY, zipped(HISTORY)])
def test_every_rate_of_a_currency_of_today_is_read(content: bytes) -> None:
    rates = read_ecb(content)
    assert [(rate.base, rate.quote, rate.rate, rate.as_of) for rate in rates] == [
        ("EUR", "USD", Decimal("1.0389"), date(2024, 12, 31)),
        ("EUR", "JPY", Decimal("163.06"), date(2024, 12, 31)),
        ("EUR", "ZAR", Decimal("19.6188"), date(2024, 12, 31)),
        ("EUR", "USD", Decimal("1.0444"), date(2024, 12, 30)),
        ("EUR", "JPY", Decimal("164.57"), date(2024, 12, 30)),
    ]
    assert {rate.source for rate in rates} == {"European Central Bank"}


def test_the_daily_file_writes_its_day_in_words() -> None:
    assert [(rate.quote, rate.as_of) for rate in read_ecb(DAILY)] == [
        ("USD", date(2024, 12, 31)),
        ("ZAR", date(2024, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1"),
        (b"Currency,Rate\n", "Line 1"),
        (b"\xff\xfe\x00", "not text"),
        (b"PK\x03\x04 broken", "archive"),
        (b"Date,USD\n31.12.2024,1.0\n", "Line 2: 31.12.2024"),
        (b"Date,USD\n2024-12-31,1.0\n2024-12-30,-1.0\n", "Line 3, USD: -1.0"),
        (b"Date,USD\n2024-12-31,0\n", "Line 2, USD: 0"),
        (b"Date,USD\n2024-12-31,1e5\n", "Line 2, USD: 1e5"),
        (b"Date,USD\n2024-12-31,1.123456789\n", "Line 2, USD"),
    ],
)
def test_what_is_no_table_of_rates_is_refused_with_its_place(content: bytes, words: str) -> None:
    with pytest.raises(FxFileError, match=words):
        read_ecb(content)


@pytest.fixture
def server() -> Iterator[str]:
    answers = {"/rates.csv": (200, HISTORY), "/gone": (503, b""), "/page": (200, b"<html>Sign in</html>")}

    class Bank(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content = answers[self.path]
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            return

    bank = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
    thread = threading.Thread(target=bank.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{bank.server_port}"
    bank.shutdown()
    bank.server_close()
    thread.join()


async def test_the_feed_reads_the_table_behind_its_address(server: str) -> None:
    assert len(await EcbFeed(f"{server}/rates.csv").fetch()) == 5


async def test_a_feed_that_does_not_answer_says_so(server: str) -> None:
    with pytest.raises(FxUnreachable, match="/gone"):
        await EcbFeed(f"{server}/gone").fetch()
    with pytest.raises(FxFileError):
        await EcbFeed(f"{server}/page").fetch()
    with pytest.raises(FxUnreachable):
        await EcbFeed("http://127.0.0.1:9/rates.csv").fetch()


async def test_without_an_address_there_is_no_feed_and_no_rate() -> None:
    provider = build_fx_provider(None)
    assert isinstance(provider, NoFxFeed)
    assert await provider.fetch() == ()
