"""SendGrid's event webhook."""

import base64
import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tembea.settings import Settings
from tests.app_fixtures import Agency, Platform, running_platform
from tests.notifications.letters import Json, letter, life, queue

URL = "/webhooks/email/events"


async def sent(platform: Platform, agency: Agency, to: str = "naledi@example.net") -> Json:
    mail_id = await queue(platform, agency, letter(to))
    await platform.run_jobs()
    return await life(agency, mail_id)


def event(mail: Json, kind: str, **more: object) -> dict[str, Any]:
    return {
        "email": mail["to"],
        "timestamp": 1_790_000_000,
        "smtp-id": mail["message_id"],
        "event": kind,
        "sg_event_id": f"{kind}-{mail['id']}",
        "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
        **more,
    }


async def post(platform: Platform, *events: dict[str, Any]) -> None:
    answer = await platform.anonymous.post(URL, json=list(events))
    assert (answer.status_code, answer.json()) == (200, {"status": "stored"})


async def suppressed(agency: Agency) -> list[tuple[str, str, str]]:
    items = (await agency.consultant.get("/api/v1/mail/suppressions")).json()["items"]
    return [(entry["address"], entry["reason"], entry["evidence"]) for entry in items]


@pytest.mark.parametrize(
    ("fields", "state", "reason"),
    [
        ({"event": "delivered", "response": "250 OK"}, "delivered", None),
        ({"event": "deferred", "response": "451 later", "attempt": "2"}, "deferred", None),
        ({"event": "bounce", "type": "bounce", "status": "5.1.1", "reason": "550 5.1.1 none"}, "bounced", "bounce"),
        ({"event": "bounce", "type": "blocked", "status": "5.7.1", "reason": "550 spam"}, "bounced", None),
        ({"event": "bounce", "type": "bounce", "status": "4.2.2", "reason": "452 full"}, "bounced", None),
        ({"event": "dropped", "reason": "Bounced Address"}, "bounced", "bounce"),
        ({"event": "dropped", "reason": "Spam Content"}, "bounced", None),
        ({"event": "spamreport"}, "complained", "complaint"),
        ({"event": "unsubscribe"}, None, "unsubscribe"),
        ({"event": "open", "useragent": "x"}, None, None),
    ],
)
async def test_each_event_says_what_became_of_the_mail(
    platform: Platform, agency: Agency, fields: Json, state: str | None, reason: str | None
) -> None:
    mail = await sent(platform, agency)
    await post(platform, {**event(mail, "x"), **fields})

    assert (await life(agency, mail["id"]))["delivery_state"] == state
    assert [entry[:2] for entry in await suppressed(agency)] == ([(mail["to"], reason)] if reason else [])


async def test_an_event_comes_twice_and_counts_once(platform: Platform, agency: Agency) -> None:
    mail = await sent(platform, agency)
    bounce = event(mail, "bounce", type="bounce", status="5.1.1", reason="550 5.1.1 nobody")
    await post(platform, bounce, bounce)
    await post(platform, bounce)

    shown = await life(agency, mail["id"])
    assert [(one["kind"], one["detail"]) for one in shown["reports"]] == [("bounced", "550 5.1.1 nobody")]
    assert await suppressed(agency) == [(mail["to"], "bounce", "550 5.1.1 nobody")]


async def test_events_in_any_order_leave_the_weightiest(platform: Platform, agency: Agency) -> None:
    mail = await sent(platform, agency)
    await post(platform, event(mail, "spamreport"))
    await post(platform, event(mail, "delivered"), event(mail, "deferred"))

    shown = await life(agency, mail["id"])
    assert shown["delivery_state"] == "complained"
    assert len(shown["reports"]) == 3


async def test_one_batch_may_speak_of_several_agencies_and_of_nobody(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    ours, theirs = await sent(platform, agency), await sent(platform, other_agency)
    stranger = {**event(ours, "delivered"), "smtp-id": "<nobody@elsewhere.example>", "sg_event_id": "other"}
    await post(platform, event(ours, "delivered"), stranger, event(theirs, "spamreport"))

    assert (await life(agency, ours["id"]))["delivery_state"] == "delivered"
    assert (await life(other_agency, theirs["id"]))["delivery_state"] == "complained"
    assert await suppressed(agency) == []


async def test_an_event_that_cannot_be_understood_does_not_hold_up_the_others(
    platform: Platform, agency: Agency
) -> None:
    mail = await sent(platform, agency)
    strange: list[Any] = [7, None, {}, {"event": "bounce"}, event(mail, "bounce", timestamp="soon")]
    await post(platform, *strange, event(mail, "delivered", reason="x\x00y"))

    assert (await life(agency, mail["id"]))["delivery_state"] == "delivered"


@pytest.mark.parametrize("body", [b"", b"{}", b"[", b'"x"', b"\xff"])
async def test_what_is_no_batch_is_refused(platform: Platform, body: bytes) -> None:
    assert (await platform.anonymous.post(URL, content=body)).status_code == 422


async def test_with_a_key_only_signed_events_count(settings: Settings) -> None:
    private = generate_private_key(SECP256R1())
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signed = settings.model_copy(update={"sendgrid_verification_key": base64.b64encode(public).decode()})
    async with running_platform(signed) as platform:
        agency = await platform.new_agency("savanna-trails")
        mail = await sent(platform, agency)
        body = json.dumps([event(mail, "spamreport")]).encode()
        now = str(int(time.time()))
        signature = base64.b64encode(private.sign(now.encode() + body, ECDSA(SHA256()))).decode()
        headers = {
            "x-twilio-email-event-webhook-signature": signature,
            "x-twilio-email-event-webhook-timestamp": now,
        }
        forged = await platform.anonymous.post(URL, content=body + b" ", headers=headers)
        unsigned = await platform.anonymous.post(URL, content=body)
        assert (forged.status_code, unsigned.status_code) == (401, 401)
        assert (await life(agency, mail["id"]))["delivery_state"] is None
        assert (await platform.anonymous.post(URL, content=body, headers=headers)).status_code == 200
        assert (await life(agency, mail["id"]))["delivery_state"] == "complained"
        again = await platform.anonymous.post(URL, content=body, headers=headers)
        assert (again.status_code, again.json()) == (200, {"status": "stored"})
