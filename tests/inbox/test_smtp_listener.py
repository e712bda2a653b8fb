"""The SMTP door, spoken to by a real client over loopback."""

import asyncio
import smtplib
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

import aiosmtplib
import pytest

from tembea.inbox.smtp import SmtpLimits, listening
from tests.app_fixtures import Agency, Platform
from tests.inbox.mails import mail
from tests.inbox.outage import Outage, outage

__all__ = ["outage"]

ADDRESS = "quotes@savanna-trails.example"


@asynccontextmanager
async def door(platform: Platform, limits: SmtpLimits | None = None) -> AsyncGenerator[int]:
    """The port of a listener."""
    domain = platform.settings.inbound_domain
    async with listening(platform.db, host="127.0.0.1", port=0, inbound_domain=domain, limits=limits) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
async def port(platform: Platform) -> AsyncIterator[int]:
    async with door(platform) as number:
        yield number


async def send(port: int, raw: bytes, *recipients: str, sender: str = "naledi@example.net") -> str:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, timeout=20, local_hostname="test") as client:
        _, answer = await client.sendmail(sender, list(recipients or [ADDRESS]), raw)
    return answer


async def subjects(platform: Platform, agency: Agency) -> list[str]:
    async with platform.db.read(agency.ctx) as read:
        rows = await read.rows("select subject from inbound_messages order by received_at, id")
    return [str(row["subject"]) for row in rows]


async def test_mail_is_accepted_once_it_is_stored(platform: Platform, agency: Agency, port: int) -> None:
    answer = await send(port, mail())

    assert answer.startswith("2.0.0")
    assert await subjects(platform, agency) == ["Zanzibar in August"]


async def test_bytes_arrive_as_they_were_sent(platform: Platform, agency: Agency, port: int) -> None:
    raw = mail(text="..dots at the start\n.\nÄnderung ✈\n" + "x" * 3_000)
    raw = raw.replace(b"Subject: Zanzibar in August", "Subject: Größe ✈".encode())
    await send(port, raw)

    async with platform.db.read(agency.ctx) as read:
        stored = await read.value(bytes, "select raw from inbound_messages")
    assert stored == raw


async def test_each_recipient_of_one_message_is_served(
    platform: Platform, agency: Agency, other_agency: Agency, port: int
) -> None:
    await send(port, mail(), ADDRESS, "quotes@harbour-travel.example", "nobody@example.org")

    assert await subjects(platform, agency) == await subjects(platform, other_agency) == ["Zanzibar in August"]


async def test_nobody_learns_which_addresses_exist(platform: Platform, agency: Agency, port: int) -> None:
    known, unknown = await send(port, mail()), await send(port, mail(), "nobody@example.org")

    assert known == unknown


async def test_a_bounce_has_an_empty_sender_and_is_taken(platform: Platform, agency: Agency, port: int) -> None:
    await send(port, mail(subject="Undelivered"), sender="")

    assert await subjects(platform, agency) == ["Undelivered"]


async def test_pipelined_commands_are_answered_in_order(platform: Platform, agency: Agency, port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    commands = f"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<{ADDRESS}>\r\nDATA\r\n"
    writer.write(commands.encode() + mail() + b"\r\n.\r\nQUIT\r\n")
    await writer.drain()
    answers = (await asyncio.wait_for(reader.read(), 20)).decode().splitlines()

    assert [line[:3] for line in answers if line[3] == " "] == ["220", "250", "250", "250", "354", "250", "221"]
    assert {"250-PIPELINING", "250-SIZE 25000000", "250-SMTPUTF8"} < set(answers)
    assert not any("AUTH" in line for line in answers)
    assert await subjects(platform, agency) == ["Zanzibar in August"]


async def test_a_message_over_the_limit_is_refused_before_and_after_data(
    platform: Platform, agency: Agency, port: int
) -> None:
    big = mail() + b"x" * 76 + (b"\r\n" + b"x" * 76) * 340_000
    assert len(big) > 26_000_000
    with pytest.raises(aiosmtplib.SMTPSenderRefused, match="552"):
        await send(port, big)

    def unannounced() -> tuple[int, bytes]:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
            client.ehlo()
            client.mail("a@b.example")
            client.rcpt(ADDRESS)
            return client.data(big)

    code, _ = await asyncio.to_thread(unannounced)
    assert code == 552
    assert await subjects(platform, agency) == []


async def test_too_many_recipients_are_deferred(agency: Agency, port: int) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, timeout=20, local_hostname="test") as client:
        await client.ehlo()
        await client.mail("a@b.example")
        for number in range(100):
            await client.rcpt(f"{number}@example.org")
        with pytest.raises(aiosmtplib.SMTPRecipientRefused, match="452"):
            await client.rcpt("last@example.org")


async def test_while_the_database_is_down_mail_is_deferred_and_later_taken(outage: Outage) -> None:
    agency = await outage.platform.new_agency("savanna-trails")
    async with door(outage.platform) as port:
        async with outage.database_down():
            with pytest.raises(aiosmtplib.SMTPDataError, match="451"):
                await send(port, mail())
        await send(port, mail())

    assert await subjects(outage.platform, agency) == ["Zanzibar in August"]


async def test_more_connections_than_allowed_are_asked_to_come_back(platform: Platform, agency: Agency) -> None:
    async with door(platform, SmtpLimits(max_connections=2, close_timeout_s=0.1)) as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        for reader, _ in held:
            assert (await reader.readline()).startswith(b"220")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert (await asyncio.wait_for(reader.read(), 10)).startswith(b"421")
        writer.close()
        held[0][1].close()
        await held[0][1].wait_closed()

        await send(port, mail())
        held[1][1].close()

    assert await subjects(platform, agency) == ["Zanzibar in August"]


async def test_a_silent_connection_is_closed(platform: Platform) -> None:
    async with door(platform, SmtpLimits(timeout_s=0.3)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert (await reader.readline()).startswith(b"220")
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()


async def test_a_sender_who_hangs_up_in_the_middle_leaves_nothing(
    platform: Platform, agency: Agency, port: int
) -> None:
    def hang_up() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.recv(1_000)
            connection.sendall(f"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<{ADDRESS}>\r\nDATA\r\n".encode())
            connection.sendall(mail()[:-20])

    await asyncio.to_thread(hang_up)
    await send(port, mail(message_id="<after@example.net>", subject="After"))

    assert await subjects(platform, agency) == ["After"]
