"""What clients have come to, and the pipeline: from real rows, one amount a currency."""

from datetime import UTC, date, datetime, timedelta

from tests.app_fixtures import Agency, Platform
from tests.trade_rows import Option, Quote, add_client, add_invoice, add_quote

NOW = datetime.now(UTC)


def money(*pairs: str) -> list[dict[str, str]]:
    return [dict(zip(("amount", "currency"), pair.split(), strict=True)) for pair in pairs]


async def test_totals_take_the_selected_option_else_the_first_and_never_add_currencies(
    platform: Platform, agency: Agency
) -> None:
    three = (Option("100.00"), Option("250.00"), Option("900.00"))
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        await add_quote(tx, client_id, Quote(status="sent", options=three))
        await add_quote(tx, client_id, Quote(status="accepted", options=three, selected=1))
        await add_quote(tx, client_id, Quote(status="viewed", options=(Option("70.00", "EUR"),)))
        for status in ("draft", "cancelled", "revised"):
            await add_quote(tx, client_id, Quote(status=status, options=(Option("5000.00"),)))

    totals = (await agency.consultant.get(f"/api/v1/crm/clients/{client_id}")).json()["totals"]

    assert totals["quotes"] == 3
    assert totals["quoted"] == money("70.00 EUR", "350.00 ZAR")
    assert totals["booked"] == money("250.00 ZAR")


async def test_invoices_count_without_drafts_and_voided_ones(platform: Platform, agency: Agency) -> None:
    day = date(2026, 5, 1)
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        await add_invoice(tx, client_id, total="1000", due=day, payments=(("400", day),), status="partially_paid")
        await add_invoice(tx, client_id, total="900", due=day, currency="USD")
        await add_invoice(tx, client_id, total="7777", due=day, status="void")
        await add_invoice(tx, client_id, total="8888", due=day, status="draft")

    totals = (await agency.consultant.get(f"/api/v1/crm/clients/{client_id}")).json()["totals"]

    assert totals["invoiced"] == money("900.00 USD", "1000.00 ZAR")
    assert totals["paid"] == money("400.00 ZAR")
    assert totals["outstanding"] == money("900.00 USD", "600.00 ZAR")


async def test_a_client_carries_the_trip_of_the_newest_live_quote(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        client_id = await add_client(tx)
        await add_quote(tx, client_id, Quote(created_at=NOW - timedelta(days=9), destination="Kenya"))
        await add_quote(tx, client_id, Quote(created_at=NOW - timedelta(days=5), destination="Bali"))
        await add_quote(tx, client_id, Quote(created_at=NOW, destination="Cape Town", status="cancelled"))

    trip = (await agency.consultant.get(f"/api/v1/crm/clients/{client_id}")).json()["trip"]

    assert trip["destination"] == "Bali"
    assert trip["value"] == {"amount": "1000.00", "currency": "ZAR"}


async def test_the_pipeline_has_every_stage_with_the_worth_of_each_clients_newest_quote(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    async with platform.db.tx(agency.ctx) as tx:
        quoted = await add_client(tx, stage="QUOTED")
        await add_quote(tx, quoted, Quote(created_at=NOW - timedelta(days=2), options=(Option("9999.00"),)))
        await add_quote(tx, quoted, Quote(created_at=NOW, options=(Option("300.00"),)))
        euro = await add_client(tx, stage="QUOTED")
        await add_quote(tx, euro, Quote(options=(Option("200.00", "EUR"),)))
        await add_client(tx, stage="QUOTED")
        await add_client(tx, stage="LOST")

    stages = (await agency.consultant.get("/api/v1/crm/pipeline")).json()["stages"]

    assert [stage["stage"] for stage in stages] == [
        "NEW",
        "QUOTED",
        "NEGOTIATING",
        "BOOKED",
        "PAID",
        "TRAVELLED",
        "LOST",
    ]
    assert stages[1] == {"stage": "QUOTED", "count": 3, "value": money("200.00 EUR", "300.00 ZAR")}
    assert stages[6] == {"stage": "LOST", "count": 1, "value": []}
    elsewhere = (await other_agency.consultant.get("/api/v1/crm/pipeline")).json()["stages"]
    assert all(stage["count"] == 0 and stage["value"] == [] for stage in elsewhere)
