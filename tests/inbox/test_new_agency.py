"""A newly made agency: a name, an address and one contract, and nothing that a demonstration would bring."""

from tembea.inbox import receive
from tembea.tenants import parse_config
from tests.app_fixtures import Platform
from tests.inbox.mails import mail
from tests.rates.rates_factories import imported, nightly

BARE = {
    "company": {"name": "New Horizons"},
    "country": "ZA",
    "time_zone": "Africa/Johannesburg",
    "currency": "ZAR",
    "addresses": ["quotes@new-horizons.example"],
    "mail": {"sender_address": "quotes@new-horizons.example"},
    "quotes": {"auto_send": True},
}


async def test_a_mail_to_a_new_agency_becomes_a_quote_for_the_place_of_its_first_hotel(platform: Platform) -> None:
    agency = await platform.new_agency("new-horizons", parse_config(BARE, origin="test"))
    await imported(agency, nightly("Baobab Lodge", "100.00", destination="Chobe River"))
    text = "Hello,\n\nTwo adults, Chobe River, 10 to 14 June 2027, half board please.\n\nZoë Adams"

    await receive(
        platform.db,
        raw=mail(sender="Zoë Adams <zoe@customers.example>", subject="River", text=text),
        recipient="quotes@new-horizons.example",
        envelope_from="zoe@customers.example",
        source="smtp",
        inbound_domain=platform.settings.inbound_domain,
    )
    await platform.run_jobs()

    quote = (await agency.consultant.get("/api/v1/quotes")).json()["items"][0]
    pdf = await agency.consultant.get(f"/api/v1/quotes/{quote['id']}/pdf")
    home = (await agency.consultant.get("/api/v1/dashboard/all")).json()
    assert quote["destination"] == "Chobe River"
    assert quote["status"] == "sent"
    assert quote["total"] == {"amount": "960.00", "currency": "ZAR"}  # 2 adults x 4 nights x (100 + 20)
    assert pdf.content.startswith(b"%PDF")
    assert home["errors"] == {}
    assert home["stats"]["quotes"]["total"] == 1


async def test_every_list_of_an_empty_agency_is_empty_and_none_fails(platform: Platform) -> None:
    agency = await platform.new_agency("new-horizons", parse_config(BARE, origin="test"))

    for path in ("quotes", "enquiries", "crm/clients", "rates/hotels", "rates/contracts"):
        answer = await agency.admin.get(f"/api/v1/{path}")
        assert answer.json() == {"items": [], "next_cursor": None}, path
    for period in ("7d", "30d", "90d", "year", "all"):
        home = (await agency.admin.get("/api/v1/dashboard/all", params={"period": period})).json()
        assert home["errors"] == {}, period


async def test_a_new_agency_takes_its_first_quote_back_changes_it_and_sends_it(platform: Platform) -> None:
    waits = {**BARE, "mail": {"sender_address": "quotes@new-horizons.example", "undo_window_s": 120}}
    agency = await platform.new_agency("new-horizons", parse_config(waits, origin="test"))
    await imported(agency, nightly("Baobab Lodge", "100.00", destination="Chobe River"))
    await receive(
        platform.db,
        raw=mail(text="Two adults, Chobe River, 10 to 14 June 2027, half board please.\n\nZoë Adams"),
        recipient="quotes+new-horizons@in.tembea.example",
        envelope_from="naledi@example.net",
        source="imap",
        inbound_domain=platform.settings.inbound_domain,
    )
    await platform.run_jobs()

    (held,) = (await agency.consultant.get("/api/v1/mail")).json()["items"]
    undone = await agency.consultant.post(f"/api/v1/mail/{held['id']}/undo")
    path = f"/api/v1/quotes/{held['quote_id']}"
    changed = await agency.consultant.patch(path, json={"cover_text": "With a boat trip."})
    again = await agency.consultant.post(f"{path}/send")
    await platform.run_jobs()
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update outgoing_mails set leaves_at = now() where status = 'held'")
        await tx.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")
    await platform.run_jobs()

    mails = (await agency.consultant.get("/api/v1/mail")).json()["items"]
    operator = await platform.operator()
    (sent,) = (await operator.get("/api/v1/operator/outbox")).json()["items"]
    assert (held["status"], undone.status_code, changed.status_code, again.status_code) == ("held", 200, 200, 202)
    assert [one["status"] for one in mails] == ["sent", "discarded"]
    assert "With a boat trip." in sent["text"]
    assert (await agency.consultant.get(path)).json()["status"] == "sent"
