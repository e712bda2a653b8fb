"""What one agency asks shows nothing of the other; see `tests/prove/isolation.py`."""

import pytest

from tests.conftest import TestServer
from tests.prove.isolation import prove, report

pytestmark = pytest.mark.prove

SHOWN_ALONE = {"clients", "contracts", "enquiries", "hotels", "outgoing_mails", "quote_options", "quotes", "users"}


@pytest.mark.timeout(3_600)
async def test_nothing_of_another_agency_comes_out_and_each_protection_holds_alone(
    postgres: TestServer, anyio_backend: str
) -> None:
    proof = await prove(postgres)

    assert proof.leaks == [], report(proof)
    assert proof.noticed.keys() >= SHOWN_ALONE, report(proof)
    assert "inbound_messages" in proof.noticed_behind, report(proof)
