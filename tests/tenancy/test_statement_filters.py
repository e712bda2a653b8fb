"""How the statements of stores are judged: `tests/prove/isolation.py` does it to all of them."""

from typing import LiteralString

import pytest

from tests.app_fixtures import Agency, Platform
from tests.prove.isolation_statements import Ledger, judged

FORGETFUL: LiteralString = "select c.name from users u, clients c where u.tenant_id = %s"
LEAKY: LiteralString = "select c.name from clients c left join users u on u.tenant_id = %s"
REDUNDANT: LiteralString = """
    select c.name from clients c join users u on u.tenant_id = %(tenant_id)s and u.id = c.owner_id
    where c.tenant_id = %(tenant_id)s and c.tenant_id = u.tenant_id
"""


@pytest.fixture
async def ledger(platform: Platform, agency: Agency, other_agency: Agency) -> Ledger:
    """What came of the other agency's statements; two are not from a store."""
    kept = Ledger(frozenset({"clients", "client_emails", "users"}))
    admin, tenant_id = other_agency.admin, other_agency.key.tenant_id
    owner_id = (await admin.get("/api/v1/users")).json()["items"][0]["id"]
    new = {"name": "Ann", "emails": ["ann@example.net"], "owner_id": owner_id}
    with judged(kept, theirs=tenant_id, ours=agency.key.tenant_id):
        made = await admin.post("/api/v1/crm/clients", json=new)
        assert made.status_code == 201, made.text
        assert (await admin.patch(f"/api/v1/crm/clients/{made.json()['id']}", json={"name": "Bea"})).status_code == 200
        assert (await admin.get("/api/v1/crm/clients")).json()["items"][0]["name"] == "Bea"
        async with platform.db.read(other_agency.ctx) as read:
            await read.rows(FORGETFUL, [tenant_id])
            await read.rows(REDUNDANT, {"tenant_id": tenant_id})
    return kept


async def test_every_statement_about_clients_shows_or_changes_theirs_without_its_filter(ledger: Ledger) -> None:
    about = ledger.about("clients")
    assert about["alone"] >= 3
    assert about[""] == 0
    assert any(text.lstrip().startswith("update clients") for text in ledger.statements)


async def test_filters_that_stand_behind_one_another_are_told_apart(ledger: Ledger) -> None:
    first, second = ledger.statements[REDUNDANT].filters
    assert (first.tables, first.matters) == (("users",), "behind")
    assert (second.tables, second.matters) == (("clients",), "behind")


async def test_a_statement_that_forgets_its_filter_is_found_once_nothing_else_holds_its_rows_back(
    platform: Platform, agency: Agency, other_agency: Agency, ledger: Ledger
) -> None:
    assert ledger.findings == []  # the filter of `users` holds the clients of FORGETFUL back, too
    with judged(ledger, theirs=other_agency.key.tenant_id, ours=agency.key.tenant_id):
        async with platform.db.read(other_agency.ctx) as read:
            await read.rows(LEAKY, [other_agency.key.tenant_id])
    (finding,) = ledger.findings
    assert "Bea" in finding
