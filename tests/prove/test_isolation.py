"""What one agency asks shows nothing of the other; see `tests/prove/isolation.py`."""

import pytest

from tests.conftest import TestServer
from tests.prove.isolation import prove
from tests.prove.isolation_page import page

pytestmark = pytest.mark.prove

SHOWN_BY_REQUESTS = {
    "clients",
    "contracts",
    "enquiries",
    "hotels",
    "outgoing_mails",
    "quote_options",
    "quotes",
    "users",
}


@pytest.mark.timeout(3_600)
async def test_nothing_of_another_agency_comes_out_and_each_protection_holds_alone(
    postgres: TestServer, anyio_backend: str
) -> None:
    proof = await prove(postgres)

    assert proof.leaks == [], page(proof)
    assert proof.unproven == [], page(proof)
    assert {table for table, count in proof.noticed.items() if count} >= SHOWN_BY_REQUESTS, page(proof)
