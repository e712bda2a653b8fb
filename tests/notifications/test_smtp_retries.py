"""What follows from each class of answer of a mail server (RFC 5321, 4.2.1)."""

from contextlib import suppress
from typing import Any

import pytest
from prometheus_client import REGISTRY

from tembea.kernel.db import Db
from tembea.notifications.service import MAX_HAND_OVERS, send_mail
from tembea.providers.mail import DeliveryDeferred, DeliveryUncertain
from tests.app_fixtures import Agency, Platform
from tests.notifications.letters import Sink, life, mail_server, queue, smtp_providers


def says(answer: str) -> Any:
    async def answered(sink: Sink) -> str:
        return answer

    return answered


def counted() -> dict[str, float]:
    outcomes = ("sent", "deferred", "failed")
    return {one: REGISTRY.get_sample_value("tembea_mails_total", {"outcome": one}) or 0 for one in outcomes}


async def test_hand_overs_are_counted_by_what_came_of_them(platform: Platform, agency: Agency) -> None:
    before = counted()
    for answer in ("451 4.3.0 try later", "554 5.7.1 no", "250 2.0.0 taken"):
        mail_id = await queue(platform, agency)
        async with mail_server(Sink(answer=says(answer))) as sink:
            with suppress(DeliveryDeferred):
                await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    assert counted() == {outcome: count + 1 for outcome, count in before.items()}


async def test_a_temporary_refusal_after_data_is_tried_again(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(answer=says("451 4.3.0 try later"))) as sink:
        with pytest.raises(DeliveryDeferred):
            await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    shown = await life(agency, mail_id)
    assert (shown["status"], shown["attempts"], shown["last_error"]) == ("queued", 1, "451 4.3.0 try later")


async def test_a_permanent_refusal_after_data_is_final_and_suppresses_nobody(
    platform: Platform, agency: Agency
) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(answer=says("554 5.7.1 we do not like it"))) as sink:
        providers = smtp_providers(platform.settings, sink)
        for _ in range(2):
            await send_mail(agency.ctx, platform.db, providers, mail_id)

    shown = await life(agency, mail_id)
    assert (shown["status"], shown["last_error"]) == ("failed", "554 5.7.1 we do not like it")
    assert len(sink.received) == 1
    assert (await agency.consultant.get("/api/v1/mail/suppressions")).json()["items"] == []


async def test_a_line_that_breaks_before_data_is_certainly_not_delivered(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(recipient_answer="421 4.3.2 closing")) as sink:
        with pytest.raises(DeliveryDeferred):
            await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    assert (await life(agency, mail_id))["status"] == "queued"
    assert sink.received == []


async def test_a_line_that_breaks_after_data_leaves_the_outcome_open(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(answer=says("hang up"))) as sink:
        with pytest.raises(DeliveryUncertain):
            await send_mail(agency.ctx, platform.db, smtp_providers(platform.settings, sink), mail_id)

    assert (await life(agency, mail_id))["status"] == "sending"
    assert len(sink.received) == 1


async def test_a_server_that_always_says_later_is_given_up(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(recipient_answer="450 4.2.1 busy")) as sink:
        providers = smtp_providers(platform.settings, sink)
        for _ in range(MAX_HAND_OVERS - 1):
            with pytest.raises(DeliveryDeferred):
                await send_mail(agency.ctx, platform.db, providers, mail_id)
        await send_mail(agency.ctx, platform.db, providers, mail_id)
        await send_mail(agency.ctx, platform.db, providers, mail_id)

    shown = await life(agency, mail_id)
    assert (shown["status"], shown["attempts"]) == ("failed", MAX_HAND_OVERS)
    assert sink.connections == MAX_HAND_OVERS


async def waits_s(db: Db, agency: Agency) -> float:
    """How long until the one job that waits may run."""
    async with db.read(agency.ctx) as read:
        waiting = await read.value(
            float,
            "select extract(epoch from scheduled_at - now())::float8 from procrastinate_jobs"
            " where task_name = 'mail.send' and status = 'todo'",
        )
    assert waiting is not None
    return waiting


async def test_the_queue_waits_longer_after_each_temporary_refusal(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    async with mail_server(Sink(recipient_answer="450 4.2.1 busy")) as sink:
        platform.app.state.providers = smtp_providers(platform.settings, sink)
        await platform.run_jobs()
        first = await waits_s(platform.db, agency)
        for _ in range(3):
            async with platform.db.tx(agency.ctx) as tx:
                await tx.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")
            await platform.run_jobs()
        later = await waits_s(platform.db, agency)

    assert 0 < first < later
    assert (await life(agency, mail_id))["attempts"] == sink.connections == 4
