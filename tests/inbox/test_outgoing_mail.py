"""Outgoing mail: into the embedded outbox exactly once, or over real SMTP, whatever breaks in between."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr

from tembea.notifications import Attachment, MailKind, NewMail, NotADraft, get_mail, queue_mail, release_draft
from tembea.notifications.service import StillSending, send_mail
from tembea.providers import Providers, build_providers
from tembea.providers.mail import DeliveryDeferred, DeliveryUncertain
from tembea.settings import Settings
from tembea.tenants import QuotaExceeded, TenantConfig, get_tenant
from tests.app_fixtures import Agency, Platform, agency_config

Answer = Callable[["Sink"], Awaitable[str]]


async def _accept(sink: "Sink") -> str:
    return "250 2.0.0 taken"


@dataclass
class Sink:
    """A mail server that keeps what it is given, and answers as it is told."""

    answer: Answer = _accept
    refuse_recipient: str | None = None
    received: list[bytes] = field(default_factory=list[bytes])
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list[tuple[str, list[str]]])
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - the library finds hooks by these names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.received.append(envelope.original_content or b"")
        self.envelopes.append((envelope.mail_from or "", envelope.rcpt_tos))
        self.arrived.set()
        answer = await self.answer(self)
        if answer == "hang up":
            assert server.transport is not None
            server.transport.close()
        return answer


@asynccontextmanager
async def mail_server(sink: Sink) -> AsyncGenerator[Sink]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink", enable_SMTPUTF8=True, loop=loop), host="127.0.0.1", port=0
    )
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()


def smtp_providers(settings: Settings, sink: Sink, *, when_uncertain: str = "resend") -> Providers:
    url = SecretStr(f"smtp://127.0.0.1:{sink.port}?starttls=never")
    return build_providers(settings.model_copy(update={"mail_smtp": url, "mail_when_uncertain": when_uncertain}))


LETTER = NewMail(
    kind=MailKind.REPLY,
    to_address="naledi@example.net",
    to_name="Naledi Õzer",
    subject="Your trip ✈",
    text="Dear Naledi",
    html="<p>Dear Naledi</p>",
    attachments=(Attachment("Quote.pdf", "application/pdf", b"%PDF-1.7"),),
    in_reply_to="<first@example.net>",
)


async def queue(platform: Platform, agency: Agency, mail: NewMail = LETTER, *, draft: bool = False) -> UUID:
    async with platform.db.tx(agency.ctx) as tx:
        return await queue_mail(tx, await get_tenant(tx), mail, draft=draft)


async def status(platform: Platform, agency: Agency, mail_id: UUID) -> str:
    async with platform.db.read(agency.ctx) as read:
        return (await get_mail(read, mail_id)).status


async def claim_grows_old(platform: Platform, agency: Agency) -> None:
    """As if the process that began to send had died a while ago."""
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute(
            "update outgoing_mails set claimed_at = now() - interval '1 hour', claim_renewed_at = null"
            " where status = 'sending'"
        )


async def test_without_a_mail_server_the_operator_reads_what_was_sent(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    operator = await platform.operator()
    assert (await operator.get("/api/v1/operator/outbox")).json() == {"items": [], "next_cursor": None}

    await platform.run_jobs()
    (sent,) = (await operator.get("/api/v1/operator/outbox")).json()["items"]
    raw = (await operator.get(f"/api/v1/operator/outbox/{mail_id}/raw")).content

    assert sent["id"] == str(mail_id)
    assert (sent["tenant_id"], sent["from"], sent["to"]) == (
        "savanna-trails",
        "quotes@savanna-trails.example",
        "naledi@example.net",
    )
    assert (sent["subject"], sent["text"], sent["html"]) == ("Your trip ✈", "Dear Naledi", "<p>Dear Naledi</p>")
    assert sent["attachments"] == [{"filename": "Quote.pdf", "content_type": "application/pdf", "size": 8}]
    message = message_from_bytes(raw)
    assert message["Message-ID"] == sent["message_id"]
    assert message["In-Reply-To"] == sent["in_reply_to"] == "<first@example.net>"


async def test_the_outbox_pages_newest_first(platform: Platform, agency: Agency) -> None:
    for number in range(5):
        await queue(platform, agency, replace(LETTER, subject=str(number)))
        await platform.run_jobs()
    operator = await platform.operator()
    seen: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await operator.get("/api/v1/operator/outbox", params=query)).json()
        seen += [mail["subject"] for mail in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == ["4", "3", "2", "1", "0"]


async def test_only_the_operator_sees_the_outbox(platform: Platform, agency: Agency) -> None:
    assert (await agency.admin.get("/api/v1/operator/outbox")).status_code == 403
    assert (await platform.anonymous.get("/api/v1/operator/outbox")).status_code == 401


async def test_a_job_that_runs_twice_sends_once(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink()) as sink:
        providers = smtp_providers(platform.settings, sink)
        for _ in range(3):
            await send_mail(agency.ctx, platform.db, providers, mail_id)

    assert len(sink.received) == 1
    assert sink.envelopes == [("quotes@savanna-trails.example", ["naledi@example.net"])]
    assert await status(platform, agency, mail_id) == "sent"


async def test_two_workers_at_once_send_once(platform: Platform, agency: Agency) -> None:
    async def slowly(sink: Sink) -> str:
        await asyncio.sleep(0.3)
        return "250 taken"

    mail_id = await queue(platform, agency)
    async with mail_server(Sink(answer=slowly)) as sink:
        providers = smtp_providers(platform.settings, sink)
        sending = [send_mail(agency.ctx, platform.db, providers, mail_id) for _ in range(2)]
        outcomes = await asyncio.gather(*sending, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes if outcome] == [StillSending]
    assert len(sink.received) == 1


async def test_a_temporary_refusal_is_tried_again(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(refuse_recipient="450 4.2.1 busy")) as sink:
        providers = smtp_providers(platform.settings, sink)
        with pytest.raises(DeliveryDeferred):
            await send_mail(agency.ctx, platform.db, providers, mail_id)
        assert await status(platform, agency, mail_id) == "queued"
        sink.refuse_recipient = None
        await send_mail(agency.ctx, platform.db, providers, mail_id)

    assert await status(platform, agency, mail_id) == "sent"


async def test_a_mail_server_that_is_away_leaves_the_mail_queued(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink()) as sink:
        providers = smtp_providers(platform.settings, sink)
    with pytest.raises(DeliveryDeferred):
        await send_mail(agency.ctx, platform.db, providers, mail_id)

    assert await status(platform, agency, mail_id) == "queued"


async def test_a_permanent_refusal_is_visible_and_final(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(refuse_recipient="550 5.1.1 nobody here")) as sink:
        await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    async with platform.db.read(agency.ctx) as read:
        mail = await get_mail(read, mail_id)
    assert (mail.status, mail.last_error) == ("failed", "550 5.1.1 nobody here")


async def uncertain(platform: Platform, agency: Agency) -> dict[object, object]:
    """The hand-overs that the audit trail calls uncertain, and what was done then."""
    query = "select subject_id, after->>'then' as later from audit_entries where action = 'mail.uncertain'"
    async with platform.db.read(agency.ctx) as read:
        return {row["subject_id"]: row["later"] for row in await read.rows(query)}


async def test_a_break_after_data_sends_again_under_the_same_name(platform: Platform, agency: Agency) -> None:
    async def hang_up_once(sink: Sink) -> str:
        return "hang up" if len(sink.received) == 1 else "250 taken"

    mail_id = await queue(platform, agency)
    async with mail_server(Sink(answer=hang_up_once)) as sink:
        providers = smtp_providers(platform.settings, sink)
        with pytest.raises(DeliveryUncertain):
            await send_mail(agency.ctx, platform.db, providers, mail_id)
        assert await status(platform, agency, mail_id) == "sending"
        await send_mail(agency.ctx, platform.db, providers, mail_id)

    first, second = sink.received
    assert first == second
    assert await status(platform, agency, mail_id) == "sent"


async def test_after_a_crash_in_between_the_mail_is_sent_again_or_parked(platform: Platform, agency: Agency) -> None:
    async def never(sink: Sink) -> str:
        await asyncio.sleep(60)
        return "250 too late"

    again, parked = await queue(platform, agency), await queue(platform, agency)
    async with mail_server(Sink(answer=never)) as sink:
        providers = smtp_providers(platform.settings, sink)
        for mail_id in (again, parked):
            crashed = asyncio.create_task(send_mail(agency.ctx, platform.db, providers, mail_id))
            await asyncio.wait_for(sink.arrived.wait(), 20)
            sink.arrived.clear()
            crashed.cancel()
            await asyncio.gather(crashed, return_exceptions=True)
        with pytest.raises(StillSending):
            await send_mail(agency.ctx, platform.db, providers, again)
        await claim_grows_old(platform, agency)
        sink.answer = _accept
        await send_mail(agency.ctx, platform.db, providers, again)
        parking = smtp_providers(platform.settings, sink, when_uncertain="park")
        await send_mail(agency.ctx, platform.db, parking, parked)

    assert (await status(platform, agency, again), await status(platform, agency, parked)) == ("sent", "parked")
    assert await uncertain(platform, agency) == {str(again): "sent_again", str(parked): "parked"}
    assert len(sink.received) == 3
    assert sink.received[0] == sink.received[2]


async def test_a_draft_waits_for_a_person(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency, draft=True)
    await platform.run_jobs()
    assert await status(platform, agency, mail_id) == "draft"

    async with platform.db.tx(agency.ctx) as tx:
        await release_draft(tx, await get_tenant(tx), mail_id)
    await platform.run_jobs()
    assert await status(platform, agency, mail_id) == "sent"
    with pytest.raises(NotADraft):
        async with platform.db.tx(agency.ctx) as tx:
            await release_draft(tx, await get_tenant(tx), mail_id)


async def test_the_daily_quota_bounds_what_is_queued_and_not_what_is_drafted(platform: Platform) -> None:
    plain = agency_config("small-agency").model_dump(mode="json")
    agency = await platform.new_agency(
        "small-agency", TenantConfig.model_validate({**plain, "limits": {"daily_emails": 2}})
    )
    for _ in range(2):
        await queue(platform, agency)
    await queue(platform, agency, draft=True)
    with pytest.raises(QuotaExceeded):
        await queue(platform, agency)

    async with platform.db.read(agency.ctx) as read:
        assert await read.value(int, "select count(*) from outgoing_mails") == 3


async def test_addresses_beyond_ascii_reach_a_server_that_takes_them(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency, replace(LETTER, to_address="info@bücher.example"))
    async with mail_server(Sink()) as sink:
        await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    assert await status(platform, agency, mail_id) == "sent"
    assert len(sink.received) == 1


async def test_a_slow_mail_server_keeps_its_hand_over_however_long_it_takes(
    platform: Platform, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tembea.notifications import service

    async def late(sink: Sink) -> str:
        await asyncio.sleep(4)
        return "250 taken"

    monkeypatch.setattr(service, "CLAIM_LASTS_S", 2.0)
    monkeypatch.setattr(service, "CLAIM_RENEWED_S", 0.2)
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(answer=late)) as sink:
        providers = smtp_providers(platform.settings, sink, when_uncertain="park")
        sending = asyncio.create_task(send_mail(agency.ctx, platform.db, providers, mail_id))
        await asyncio.wait_for(sink.arrived.wait(), 20)
        await asyncio.sleep(3)
        with pytest.raises(StillSending):
            await send_mail(agency.ctx, platform.db, providers, mail_id)
        await sending

    assert await status(platform, agency, mail_id) == "sent"
    assert len(sink.received) == 1


async def test_a_sender_taken_for_dead_that_gets_its_answer_settles_what_was_parked(
    platform: Platform, agency: Agency
) -> None:
    answers = asyncio.Event()

    async def when_told(sink: Sink) -> str:
        await answers.wait()
        return "250 taken"

    mail_id = await queue(platform, agency)
    async with mail_server(Sink(answer=when_told)) as sink:
        providers = smtp_providers(platform.settings, sink, when_uncertain="park")
        sending = asyncio.create_task(send_mail(agency.ctx, platform.db, providers, mail_id))
        await asyncio.wait_for(sink.arrived.wait(), 20)
        await claim_grows_old(platform, agency)
        await send_mail(agency.ctx, platform.db, providers, mail_id)
        assert await status(platform, agency, mail_id) == "parked"
        answers.set()
        await sending

    assert await status(platform, agency, mail_id) == "sent"
    assert len(sink.received) == 1
