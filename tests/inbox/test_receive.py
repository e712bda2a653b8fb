"""What happens at the door, whichever way a message comes: whose it is, and that it is kept once."""

import asyncio
from dataclasses import dataclass
from typing import LiteralString

import pytest

from tembea.inbox.model import Outcome, QuarantineLimits, Receipt
from tembea.inbox.service import receive
from tembea.kernel.context import platform_context
from tests.app_fixtures import Agency, Platform
from tests.inbox.mails import mail


async def deliver(
    platform: Platform,
    raw: bytes,
    recipient: str = "quotes@savanna-trails.example",
    *,
    envelope_from: str = "naledi@example.net",
    limits: QuarantineLimits | None = None,
) -> Receipt:
    return await receive(
        platform.db,
        raw=raw,
        recipient=recipient,
        envelope_from=envelope_from,
        source="smtp",
        inbound_domain=platform.settings.inbound_domain,
        quarantine=limits or QuarantineLimits(),
    )


async def count(platform: Platform, agency: Agency, table: str) -> int:
    questions: dict[str, LiteralString] = {
        "enquiries": "select count(*) from enquiries",
        "inbound_messages": "select count(*) from inbound_messages",
        "jobs": "select count(*) from procrastinate_jobs where task_name = 'inbox.understand'",
    }
    async with platform.db.read(agency.ctx) as read:
        return await read.value(int, questions[table]) or 0


@dataclass(frozen=True)
class Quarantined:
    recipient: str
    subject: str
    reason: str


async def quarantined(platform: Platform) -> list[Quarantined]:
    async with platform.db.read(platform_context()) as read:
        return await read.list(
            Quarantined, "select recipient, subject, reason from quarantined_messages order by received_at, id"
        )


async def test_a_message_is_stored_with_an_enquiry_and_a_job(platform: Platform, agency: Agency) -> None:
    receipt = await deliver(platform, mail())

    assert (receipt.outcome, receipt.tenant) == (Outcome.STORED, "savanna-trails")
    async with platform.db.read(agency.ctx) as read:
        raw = await read.value(bytes, "select raw from inbound_messages")
        stored = await read.rows("select enquiry_id, recipient, envelope_from, source from inbound_messages")
        enquiry = await read.rows("select id, status, from_name, from_email, subject from enquiries")
    assert raw == mail()
    assert stored[0]["enquiry_id"] == enquiry[0]["id"] == receipt.enquiry_id
    assert enquiry[0]["status"] == "received"
    assert enquiry[0]["from_name"] == "Naledi Moeketsi"
    assert enquiry[0]["from_email"] == "naledi@example.net"
    assert enquiry[0]["subject"] == "Zanzibar in August"
    assert await count(platform, agency, "jobs") == 1


async def test_the_same_message_again_is_one_enquiry(platform: Platform, agency: Agency) -> None:
    first = await deliver(platform, mail())
    again = await deliver(platform, b"Received: by another hop\r\n" + mail())

    assert again == Receipt(Outcome.DUPLICATE, "savanna-trails", first.enquiry_id)
    assert await count(platform, agency, "enquiries") == 1
    assert await count(platform, agency, "jobs") == 1


async def test_the_same_message_ten_times_at_once_is_one_enquiry(platform: Platform, agency: Agency) -> None:
    receipts = await asyncio.gather(*(deliver(platform, mail()) for _ in range(10)))

    assert sorted(receipt.outcome for receipt in receipts) == [Outcome.DUPLICATE] * 9 + [Outcome.STORED]
    assert len({receipt.enquiry_id for receipt in receipts}) == 1
    assert await count(platform, agency, "inbound_messages") == 1


async def test_a_message_id_of_another_sender_hides_nothing(platform: Platform, agency: Agency) -> None:
    await deliver(platform, mail())
    other = await deliver(platform, mail(sender="Someone Else <else@example.org>"))

    assert other.outcome is Outcome.STORED
    assert await count(platform, agency, "enquiries") == 2


async def test_messages_without_an_id_are_told_apart_by_their_bytes(platform: Platform, agency: Agency) -> None:
    first = await deliver(platform, mail(message_id=None))
    again = await deliver(platform, mail(message_id=None))
    other = await deliver(platform, mail(message_id=None, text="Another wish"))

    assert [r.outcome for r in (first, again, other)] == [Outcome.STORED, Outcome.DUPLICATE, Outcome.STORED]


async def test_one_message_to_two_agencies_is_each_ones_own(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    one = await deliver(platform, mail())
    two = await deliver(platform, mail(), "quotes@harbour-travel.example")

    assert (one.tenant, two.tenant) == ("savanna-trails", "harbour-travel")
    assert one.enquiry_id != two.enquiry_id
    assert await count(platform, agency, "enquiries") == await count(platform, other_agency, "enquiries") == 1


@pytest.mark.parametrize(
    "recipient",
    [
        "QUOTES@Savanna-Trails.Example",
        "<quotes@savanna-trails.example>",
        "quotes+savanna-trails@in.tembea.example",
        "Quotes+Savanna-Trails@IN.tembea.example",
    ],
)
async def test_an_agency_has_its_exact_address_and_one_of_ours(
    platform: Platform, agency: Agency, recipient: str
) -> None:
    assert (await deliver(platform, mail(), recipient)).tenant == "savanna-trails"


@pytest.mark.parametrize(
    "recipient",
    [
        "nobody@savanna-trails.example",
        "quotes+savanna-trails@elsewhere.example",
        "quotes+platform@in.tembea.example",
        "savanna-trails@in.tembea.example",
        "",
    ],
)
async def test_what_is_for_nobody_is_kept_for_the_operator(platform: Platform, agency: Agency, recipient: str) -> None:
    # The visible recipient and the text name the agency; the envelope alone decides.
    raw = mail(to="quotes@savanna-trails.example", subject="For savanna-trails")
    receipt = await deliver(platform, raw, recipient)
    await deliver(platform, raw, recipient)

    assert receipt == Receipt(Outcome.QUARANTINED)
    assert await quarantined(platform) == [Quarantined(recipient, "For savanna-trails", "unknown_recipient")]
    assert await count(platform, agency, "inbound_messages") == 0


async def test_a_suspended_agency_gets_no_mail(platform: Platform, agency: Agency) -> None:
    async with platform.db.tx(platform_context()) as tx:
        await tx.execute("update tenants set status = 'suspended' where slug = %s", ["savanna-trails"])

    assert (await deliver(platform, mail())).outcome is Outcome.QUARANTINED
    assert [entry.reason for entry in await quarantined(platform)] == ["tenant_suspended"]


async def test_the_quarantine_keeps_the_newest_within_its_bounds(platform: Platform) -> None:
    by_count = QuarantineLimits(max_messages=3)
    for number in range(5):
        await deliver(platform, mail(message_id=f"<{number}@x>", subject=str(number)), "x@y.example", limits=by_count)
    assert [entry.subject for entry in await quarantined(platform)] == ["2", "3", "4"]

    by_size = QuarantineLimits(max_total_bytes=2 * len(mail(subject="2", message_id="<2@x>")) + 10)
    await deliver(platform, mail(message_id="<5@x>", subject="5"), "x@y.example", limits=by_size)
    assert [entry.subject for entry in await quarantined(platform)] == ["4", "5"]


HOSTILE = [
    b"",
    b"\r\n\r\n",
    b"\x00\x01\x02\xff\xfe",
    b"From: =?utf-8?q?=00=00?= <a\x00b@example.net>\r\nSubject: =?x-none?b?AAAA?=\r\n\r\nhi",
    b"Subject: =?utf-8?b?//////8=?=\r\nMessage-ID: <" + b"x" * 5_000 + b"@y>\r\n\r\nhi",
    b"From: " + b"a" * 300_000 + b"\r\n\r\nhi",
    b"From: a@b\r\nFrom: c@d\r\nMessage-ID: \r\nMessage-ID: <2@x>\r\nReferences: " + b"<a@b> " * 3_000 + b"\r\n\r\nhi",
    b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
    "Subject: \ud800 rohe Überschrift ✈\r\n\r\nhallo".encode("utf-8", "surrogatepass"),
    b"Subject: a\r\n b\r\n\tc\r\nX: \r\n =?utf-8?q?\r\n\r\nhi",
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
async def test_whatever_a_stranger_writes_is_kept(platform: Platform, agency: Agency, raw: bytes) -> None:
    receipt = await deliver(platform, raw)

    assert receipt.outcome is Outcome.STORED
    async with platform.db.read(agency.ctx) as read:
        stored = await read.value(bytes, "select raw from inbound_messages")
        subject = await read.value(str, "select subject from inbound_messages")
    assert stored == raw
    assert "\n" not in (subject or "")


async def test_an_answer_joins_the_enquiry_that_it_answers(platform: Platform, agency: Agency) -> None:
    first = await deliver(platform, mail())
    answer = mail(message_id="<second@example.net>", subject="Re: Zanzibar", References="<a@b> <first@example.net>")
    second = await deliver(platform, answer)

    assert second.enquiry_id == first.enquiry_id
    assert await count(platform, agency, "enquiries") == 1
    assert await count(platform, agency, "jobs") == 2


async def test_a_thread_of_one_agency_means_nothing_to_another(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    first = await deliver(platform, mail())
    answer = mail(message_id="<second@example.net>", In_Reply_To="<first@example.net>")
    second = await deliver(platform, answer, "quotes@harbour-travel.example")

    assert second.outcome is Outcome.STORED
    assert second.enquiry_id != first.enquiry_id
