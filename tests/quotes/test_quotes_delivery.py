"""A quote reaches its customer once: in their thread, with its PDF, and everything that follows in one transaction."""

import asyncio
import email
import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast
from uuid import UUID

import pytest
from pypdf import PdfReader

from tembea.crm import Stage, set_stage
from tembea.quotes import Customer, ReplyThread, create_quote, get_quote_agent, send_quote
from tembea.quotes.delivery import QuoteChangedMeanwhile, deliver_quote
from tembea.quotes.trip import Kind, TripRequest
from tembea.tenants import get_tenant
from tests.app_fixtures import Agency, Platform, agency_config
from tests.quotes.quotes_factories import ARRIVAL, current, generated, step, three_hotels

Answer = dict[str, Any]


async def mails(platform: Platform, agency: Agency) -> list[EmailMessage]:
    async with platform.db.read(agency.ctx) as read:
        rows = await read.rows(
            "select raw from outgoing_mails where tenant_id = %s and kind = 'quote' order by created_at",
            [agency.key.tenant_id],
        )
    return [email.message_from_bytes(cast("bytes", row["raw"]), policy=default) for row in rows]


async def client(agency: Agency, quote: Mapping[str, Any]) -> Answer:
    return (await agency.consultant.get(f"/api/v1/crm/clients/{quote['client_id']}")).json()


async def deliver(platform: Platform, agency: Agency, quote: Mapping[str, Any], delivery: int = 1) -> None:
    await deliver_quote(agency.ctx, platform.db, quote_id=UUID(str(quote["id"])), delivery=delivery)


async def test_a_quote_that_is_sent_arrives_with_its_pdf_and_moves_its_client(
    platform: Platform, agency: Agency
) -> None:
    await three_hotels(agency)
    quote = cast("Answer", await generated(agency, send=None))
    assert quote["send_requested_at"] is not None

    await platform.run_jobs()

    sent = cast("Answer", await current(agency, quote))
    (mail,) = await mails(platform, agency)
    (attachment,) = mail.iter_attachments()
    pdf = PdfReader(io.BytesIO(attachment.get_content()))
    assert (sent["status"], sent["sent_at"] is not None) == ("sent", True)
    assert mail["To"].addresses[0].addr_spec == "nandu@example.com"
    assert attachment.get_content_type() == "application/pdf"
    assert quote["number"] in pdf.pages[0].extract_text()
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html", "multipart/alternative"}
    assert (await client(agency, quote))["stage"] == "QUOTED"
    timeline = (await agency.consultant.get(f"/api/v1/crm/clients/{quote['client_id']}/timeline")).json()["items"]
    assert "quote.sent" in [event["kind"] for event in timeline]


async def test_an_agency_that_looks_first_keeps_its_quotes_as_drafts(platform: Platform) -> None:
    agency = await platform.new_agency("look-first", agency_config("look-first", auto_send=False))
    await three_hotels(agency)
    quote = await generated(agency, send=None)

    await platform.run_jobs()
    assert (await current(agency, quote))["status"] == "draft"
    assert await mails(platform, agency) == []

    answer = await step(agency, quote, "send")
    await platform.run_jobs()
    assert answer.status_code == 202
    assert (await current(agency, quote))["status"] == "sent"


async def test_however_often_it_runs_the_customer_hears_once(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    quote = await generated(agency)

    await step(agency, quote, "send")
    await step(agency, quote, "send")
    await asyncio.gather(*(deliver(platform, agency, quote) for _ in range(4)))
    await platform.run_jobs()

    assert len(await mails(platform, agency)) == 1
    assert (await step(agency, quote, "send")).status_code == 409


async def test_sending_again_is_one_more_mail(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    quote = await generated(agency, send=True)
    assert (await step(agency, quote, "resend")).status_code == 409
    await platform.run_jobs()
    first = await current(agency, quote)

    await step(agency, quote, "resend")
    await step(agency, quote, "resend")
    await platform.run_jobs()

    assert len(await mails(platform, agency)) == 2
    assert (await current(agency, quote))["sent_at"] == first["sent_at"]


async def test_a_quote_that_was_cancelled_meanwhile_stays_here(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    quote = await generated(agency, send=True)
    await step(agency, quote, "cancel")

    await platform.run_jobs()

    assert await mails(platform, agency) == []
    assert (await current(agency, quote))["status"] == "cancelled"


async def test_a_draft_that_changes_while_its_pdf_is_set_is_not_sent_as_it_was(
    platform: Platform, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tembea.quotes import delivery

    await three_hotels(agency)
    quote = await generated(agency, send=True)
    real = delivery.load_document

    async def change_after_reading(*given: Any) -> Any:
        document = await real(*given)
        await agency.consultant.patch(f"/api/v1/quotes/{quote['id']}", json={"cover_text": "New words."})
        return document

    monkeypatch.setattr(delivery, "load_document", change_after_reading)
    with pytest.raises(QuoteChangedMeanwhile):
        await deliver(platform, agency, quote)
    assert await mails(platform, agency) == []

    monkeypatch.undo()
    await deliver(platform, agency, quote)
    (mail,) = await mails(platform, agency)
    assert "New words." in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr] - it has a text part


async def test_a_booked_client_is_not_moved_back(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    quote = await generated(agency, send=True)
    async with platform.db.tx(agency.ctx) as tx:
        await set_stage(tx, UUID(str(quote["client_id"])), Stage.BOOKED)

    await platform.run_jobs()

    assert (await client(agency, quote))["stage"] == "BOOKED"


async def test_the_answer_stands_in_the_customers_thread(platform: Platform, agency: Agency) -> None:
    await three_hotels(agency)
    trip = TripRequest(kind=Kind.NEW_ENQUIRY, destinations=("Victoria Falls",), check_in=ARRIVAL, nights=3, adults=2)
    async with platform.db.tx(agency.ctx) as tx:
        tenant = await get_tenant(tx)
        made = await agency.consultant.post("/api/v1/crm/clients", json={"name": "Ana", "emails": ["ana@example.com"]})
        quote = await create_quote(
            tx,
            tenant,
            customer=Customer("Ana", "ana@example.com"),
            client_id=UUID(made.json()["id"]),
            enquiry_id=None,
            trip=trip,
            offer=await get_quote_agent(tenant).offer(tx, trip),
            cover_text="",
            language="fr",
            signing_key=b"secret",
            answers=ReplyThread("Séjour aux chutes", "<second@mail.example>", ("<first@mail.example>",)),
        )
        await send_quote(tx, quote.id)

    await platform.run_jobs()

    (mail,) = await mails(platform, agency)
    assert mail["In-Reply-To"] == "<second@mail.example>"
    assert mail["References"].split() == ["<first@mail.example>", "<second@mail.example>"]
    assert mail["Subject"] == "Re: Séjour aux chutes"


async def test_over_the_days_quota_of_mails_the_quote_waits_for_tomorrow(platform: Platform) -> None:
    config = agency_config("few-mails")
    limits = config.limits.model_copy(update={"daily_emails": 1})
    agency = await platform.new_agency("few-mails", config.model_copy(update={"limits": limits}))
    await three_hotels(agency)
    first, second = await generated(agency, send=True), await generated(agency, send=True)

    await platform.run_jobs()

    statuses = sorted([str((await current(agency, quote))["status"]) for quote in (first, second)])
    async with platform.db.read(agency.ctx) as read:
        due = await read.value(
            datetime,
            "select scheduled_at from procrastinate_jobs where task_name = 'quotes.deliver' and status = 'todo'",
        )
    assert statuses == ["draft", "sent"]
    assert due is not None
    assert timedelta(0) < due - datetime.now(UTC) <= timedelta(hours=24)


async def test_no_cost_leaves_the_house(platform: Platform) -> None:
    config = agency_config("with-markup").model_dump(mode="json")
    config["quotes"]["markup"] = {"kind": "markup_on_cost", "percent": "13"}
    agency = await platform.new_agency("with-markup", type(agency_config("x")).model_validate(config))
    await three_hotels(agency)
    quote = cast("Answer", await generated(agency, send=True))
    explained = (await agency.consultant.get(quote["explanation_url"])).json()

    await platform.run_jobs()

    (mail,) = await mails(platform, agency)
    (attachment,) = mail.iter_attachments()
    pages = PdfReader(io.BytesIO(attachment.get_content())).pages
    texts = [page.extract_text() for page in pages]
    texts += [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    shown = "".join(texts).replace("\xa0", "").replace(" ", "")
    for option in explained["options"]:
        cost, total = (option[key]["amount"] for key in ("cost_total", "total"))
        assert f"{float(total):,.2f}" in shown
        assert f"{float(cost):,.2f}" not in shown
