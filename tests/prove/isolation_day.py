"""A day of an agency, so that every table holds something of it and every store was asked: trade, people, mail, help.

Everything goes through routes and public verbs, but for invoices and calls, which have no route yet.
"""

import re
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from pyotp.totp import TOTP

from tembea.helpdesk.store import forget_conversations, forget_exchanges
from tembea.inbox import read_corrections, receive
from tembea.kernel.context import platform_context
from tembea.kernel.events import list_new, prune
from tembea.kernel.snapshots import Cursor, Snapshot
from tembea.knowledge import put_document
from tembea.rates import add_hotel_image, list_hotels
from tembea.rates.search_store import list_floors
from tembea.rollups import build
from tembea.tenants import TenantConfig, get_tenant, sync_tenant
from tembea.worker import JOBS
from tests.app_fixtures import PASSWORD, Agency, Platform, agency_config
from tests.inbox.mails import mail
from tests.rates.rates_factories import document, nightly, send_contract
from tests.rates.test_contract_rows import PACKAGED
from tests.tenancy.planting import Planted
from tests.trade_rows import add_call, add_invoice
from tests.users.test_people import token_for

Json = dict[str, Any]
NEW_PASSWORD = "four words that nobody knows"
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
NOT_FOR_US = ("rates.fetch_fx", "rates.keep_up_grants")  # from outside; between agencies, where it is wanted
STAY: Json = {"check_in": "2027-05-10", "check_out": "2027-05-13", "adults": 2, "children_ages": []}


async def live_a_day(platform: Platform, planted: Planted, word: str) -> None:
    """Everything once, with `word` in what is written; ids of what is new are added to `planted`."""
    agency = planted.agency
    planted.ids["branding"] = planted.ids["f"] = agency.key.tenant
    conversation = await _learn(platform, agency, word)
    planted.ids["conversations"] = str(conversation)
    await _trade(platform, planted, word)
    await look_around(platform, planted, word)  # before anything was counted
    await run_periodic(platform, agency)
    await _quote(platform, planted, word)
    await _answer_enquiries(platform, agency, word)
    await _keep_people(platform, agency, word)
    await _keep_order(platform, planted, word)
    await look_around(platform, planted, word)  # with news that wait to be counted
    await run_periodic(platform, agency)
    await build(agency.ctx, platform.db, anew=True)
    await look_around(platform, planted, word)
    await _ask_stores(platform, planted, conversation)


async def run_periodic(platform: Platform, agency: Agency) -> None:
    """What comes round by itself, and whatever follows from it."""
    for job in JOBS:
        if job.period is not None and job.name not in NOT_FOR_US:
            ctx = platform_context() if job.period.scope == "platform" else agency.ctx
            await job.run(ctx, platform.db, platform.app.state.providers)
    await platform.run_jobs()


async def _learn(platform: Platform, agency: Agency, word: str) -> UUID:
    """Knowledge is put in, replaced and asked; the conversation's id."""
    text = f"# Luggage\n\n## In the air\nLight aircraft of {word} carry 15 kg in soft bags."
    for title in ("Luggage", "Luggage", "Trunks"):
        async with platform.db.tx(agency.ctx) as tx:
            await put_document(tx, title=title, filename="l.md", content_type="text/markdown", text=f"{text} {title}.")
        await platform.run_jobs()
    asked: Json = {"message": "How much luggage may I take on a light aircraft?"}
    first = done(await agency.admin.post("/api/v1/helpdesk/chat", json=asked))
    done(await agency.admin.post("/api/v1/helpdesk/chat", json=asked | {"conversation_id": first["conversation_id"]}))
    return UUID(first["conversation_id"])


async def _trade(platform: Platform, planted: Planted, word: str) -> None:
    agency, today = planted.agency, datetime.now(UTC).date()
    made = done(await agency.admin.post("/api/v1/crm/clients", json={"name": f"{word} Buyer", "tags": [word]}))
    client = f"/api/v1/crm/clients/{made['id']}"
    done(await agency.admin.patch(client, json={"name": f"{word} Traveller", "phones": ["+27825550177"]}))
    done(await agency.admin.post(f"{client}/stage", json={"stage": "NEGOTIATING"}))
    async with platform.db.tx(agency.ctx) as tx:
        await add_invoice(tx, made["id"], total="500.00", due=today - timedelta(days=5), payments=(("100.00", today),))
        await add_call(tx, status="completed", outcome="booked", duration_s=60)
        await add_call(tx, status="scheduled", scheduled_at=datetime.now(UTC) + timedelta(days=1))
        await add_call(tx, status="failed", outcome=word)
    done(await send_contract(agency, document(f"{word} Camp", destination="Zanzibar")))
    done(await send_contract(agency, document(f"{word} Tents", destination="Zanzibar", patch=PACKAGED)))
    done(await send_contract(agency, nightly(f"{word} Camp", "90.00", destination="Zanzibar")))
    drafted = done(await send_contract(agency, nightly(f"{word} Inn", "95.00", destination="Zanzibar"), draft="true"))
    done(await agency.admin.post(f"/api/v1/rates/contracts/{drafted['contract_ids'][0]}/publish"))
    done(await agency.admin.post(f"/api/v1/rates/contracts/{drafted['contract_ids'][0]}/retire"))
    async with platform.db.tx(agency.ctx) as tx:
        await add_hotel_image(tx, UUID(planted.ids["hotels"]), PIXEL, "image/png", caption=word)
    done(await agency.admin.post("/api/v1/pricing/price", json={"hotel_ids": [planted.ids["hotels"]], **STAY}))


async def _quote(platform: Platform, planted: Planted, word: str) -> None:
    agency, arrival = planted.agency, (datetime.now(UTC) + timedelta(days=60)).date()
    asked: Json = {
        "customer": {"name": f"{word} Guest", "email": f"{word.lower()}.guest@birds.example", "phone": "082 555 0123"},
        "destination": "Zanzibar", "check_in": arrival.isoformat(), "nights": 5, "adults": 2, "children_ages": [],
        "send": False, "message": f"Dear {word}",
    }  # fmt: skip
    made = [
        done(await agency.admin.post("/api/v1/quotes/generate", json=asked, headers={"Idempotency-Key": f"{word}-{n}"}))
        for n in (1, 1, 2, 3)
    ][1:]
    for quote, steps in zip(made, (("send", "resend", "revise"), ("send", "undo-send", "cancel"), ()), strict=True):
        url = f"/api/v1/quotes/{quote['id']}"
        planted.ids["options"] = quote["options"][0]["id"]
        done(await agency.admin.patch(url, json={"selected_option_id": quote["options"][0]["id"]}))
        await _settle(platform, agency, undo_window_s=300 if "undo-send" in steps else 0)
        for step in steps:
            done(await agency.admin.post(f"{url}/{step}"))
            await platform.run_jobs()
    done(await agency.admin.delete(f"/api/v1/quotes/{made[2]['id']}"))
    letter = done(await agency.admin.get(f"/api/v1/mail/{planted.ids['mail']}"))
    report = {
        "email": letter["to"], "timestamp": 1_790_000_000, "smtp-id": letter["message_id"], "event": "bounce",
        "type": "bounce", "status": "5.1.1", "reason": f"550 {word}", "sg_event_id": f"b-{letter['id']}",
        "sg_message_id": "14c5d75ce93",
    }  # fmt: skip
    done(await platform.anonymous.post("/webhooks/email/events", json=[report]))
    await platform.run_jobs()


async def _answer_enquiries(platform: Platform, agency: Agency, word: str) -> None:
    http, urls = agency.admin, list[str]()
    colleagues = done(await http.get("/api/v1/colleagues"))["items"]
    for number in range(4):
        body = {
            "channel": "web", "from_email": f"{word.lower()}.{number}@birds.example", "subject": word,
            "text": f"{word}: two adults to Zanzibar, please.\n\nNaledi",
        }  # fmt: skip
        made = done(await http.post("/api/v1/enquiries", json=body))
        urls.append(f"/api/v1/enquiries/{made.get('id') or made['enquiry_id']}")
    await platform.run_jobs()
    later = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    done(await http.post(f"{urls[0]}/assign", json={"user_id": colleagues[0]["id"]}))
    done(await http.post(f"{urls[0]}/snooze", json={"until": later}))
    done(await http.patch(urls[0], json={"trip_request": {"adults": 2, "destinations": ["Zanzibar"], "nights": 3}}))
    done(await http.post(f"{urls[1]}/dismiss"))
    done(await http.post(f"{urls[2]}/reply", json={"text": f"Good day, {word}. When would you like to travel?"}))
    trip = {"adults": 2, "destinations": ["Zanzibar"], "check_in": "2027-05-10", "check_out": "2027-05-13"}
    done(await http.patch(urls[3], json={"trip_request": trip}))
    await http.post(f"{urls[3]}/accept")
    await platform.run_jobs()


async def _keep_people(platform: Platform, agency: Agency, word: str) -> None:
    for http, who in ((agency.admin, "admin"), (agency.consultant, "consultant")):
        codes = await _second_factor(http)
        given = {"email": agency.users[who], "password": PASSWORD, "code": codes[0]}
        done(await platform.anonymous.post("/api/v1/auth/login", json=given))
    people = {one["email"]: one["id"] for one in done(await agency.admin.get("/api/v1/users"))["items"]}
    consultant = people[agency.users["consultant"]]
    done(await agency.admin.delete(f"/api/v1/users/{consultant}/second-factor"))
    email = f"{word.lower()}.new@birds.example"
    made = done(await agency.admin.post("/api/v1/users/invitations", json={"email": email, "name": f"{word} New"}))
    done(await agency.admin.post(f"/api/v1/users/invitations/{made['id']}/resend"))
    joins = {"token": await token_for(platform, email), "name": f"{word} New", "password": PASSWORD}
    done(await platform.anonymous.post("/api/v1/auth/invitations/accept", json=joins))
    done(await platform.anonymous.post("/api/v1/auth/password/forgot", json={"email": email}))
    chosen = {"token": await token_for(platform, email), "password": NEW_PASSWORD}
    done(await platform.anonymous.post("/api/v1/auth/password/reset", json=chosen))
    new = next(one for one in done(await agency.admin.get("/api/v1/users"))["items"] if one["email"] == email)
    done(await agency.admin.patch(f"/api/v1/users/{new['id']}", json={"phone": "+27825550188"}))
    done(await agency.admin.post(f"/api/v1/users/{new['id']}/deactivate"))
    other = {"email": f"{word.lower()}.other@birds.example", "name": f"{word} Other"}
    again = done(await agency.admin.post("/api/v1/users/invitations", json=other))
    done(await agency.admin.delete(f"/api/v1/users/invitations/{again['id']}"))


async def _second_factor(http: AsyncClient) -> list[str]:
    begun = done(await http.post("/api/v1/auth/second-factor/enrol"))
    code = TOTP(begun["secret"]).at(int(time.time()) - 30)
    return done(await http.post("/api/v1/auth/second-factor/confirm", json={"code": code}))["recovery_codes"]


async def _keep_order(platform: Platform, planted: Planted, word: str) -> None:
    agency = planted.agency
    key = done(await agency.admin.post("/api/v1/api-keys", json={"name": f"{word} two", "scopes": ["quotes:read"]}))
    done(await platform.client(key["key"]).get("/api/v1/quotes"))
    done(await agency.admin.delete(f"/api/v1/api-keys/{key['id']}"))
    address = {"address": f"{word.lower()}.two@birds.example"}
    listed = done(await agency.admin.post("/api/v1/mail/suppressions", json=address))
    done(await agency.admin.delete(f"/api/v1/mail/suppressions/{listed['id']}"))
    away = {"user_id": planted.ids["users"], "first_day": "2027-03-01", "last_day": "2027-03-02"}
    absent = done(await agency.admin.post("/api/v1/absences", json=away))
    done(await agency.admin.delete(f"/api/v1/absences/{absent['id']}"))
    await _thread(platform, agency, word)


async def _thread(platform: Platform, agency: Agency, word: str) -> None:
    """A customer asks by mail, is answered with a quote, says yes to it; and a mail of hers comes back."""
    sender = f"{word} Writer <{word.lower()}.writer@birds.example>"
    text = f"Please quote Zanzibar from 3 to 10 August 2027 for two adults.\n\nThanks\n{word}"
    await arrives(
        platform, agency, mail(sender=sender, subject=word, text=text, message_id=f"<{word}.1@birds.example>")
    )
    letters = done(await agency.admin.get("/api/v1/mail", params={"q": f"{word.lower()}.writer"}))["items"]
    answer = {"In_Reply_To": letters[0]["message_id"]} if letters else {}
    yes = mail(sender=sender, subject=f"Re: {word}", text="Yes please, we take it.", message_id=None, **answer)
    await arrives(platform, agency, yes)


async def arrives(platform: Platform, agency: Agency, raw: bytes) -> None:
    """A mail for the agency, and what follows from it."""
    await receive(
        platform.db,
        raw=raw,
        recipient=f"quotes@{agency.key.tenant}.example",
        envelope_from="writer@birds.example",
        source="smtp",
        inbound_domain=platform.settings.inbound_domain,
    )
    await platform.run_jobs()


async def _settle(platform: Platform, agency: Agency, *, undo_window_s: int) -> None:
    """The agency's configuration anew, with a logo, and with the time in which a mail can be taken back."""
    plain = agency_config(agency.key.tenant).model_dump(mode="json")
    extra = [f"more@{agency.key.tenant}.example"] if undo_window_s else []
    more = {
        "addresses": [*plain["addresses"], *extra],
        "branding": {**plain["branding"], "logo": "logo.png"},
        "mail": {**plain["mail"], "undo_window_s": undo_window_s},
    }
    with TemporaryDirectory(prefix="tembea-brand-") as folder:
        (Path(folder) / "logo.png").write_bytes(PIXEL)
        await sync_tenant(platform.db, agency.key.tenant, TenantConfig.model_validate(plain | more), Path(folder))


class _TakenBack(Exception):
    """Nothing of it is to stay."""


async def _ask_stores(platform: Platform, planted: Planted, conversation: UUID) -> None:
    """What no route asks, or only of an agency that is larger or older."""
    agency, today = planted.agency, datetime.now(UTC).date()
    async with platform.db.read(agency.ctx) as read:
        await read_corrections(read)
        hotels = await list_hotels(read, (await get_tenant(read)).config)
        ids, came = [one.id for one in hotels], date(2027, 5, 10)
        for left in (date(2027, 5, 13), date(2027, 5, 17)):
            await list_floors(
                read, ids, check_in=came, check_out=left, booked=today, adults=2, children=(), childless=True
            )
        await list_new(read, Cursor.now(Snapshot.parse("3:3:")), limit=10)
    with suppress(_TakenBack):
        async with platform.db.tx(agency.ctx) as tx:
            await prune(tx, keep_s=0, keep_events=0)
            await forget_exchanges(tx, conversation, 0)
            user_id = await tx.value(UUID, "select user_id from helpdesk_conversations where id = %s", [conversation])
            await forget_conversations(tx, user_id or conversation, 0)
            raise _TakenBack


async def look_around(platform: Platform, planted: Planted, word: str) -> None:
    """Every operation that reads, of the agency's own things."""
    document = done(await platform.anonymous.get("/api/v1/openapi.json"))
    for path, item in document["paths"].items():
        if "get" in item and not path.startswith(("/api/v1/operator/", "/api/v1/events", "/metrics")):
            await look(planted, path, item["get"], word)


async def look(planted: Planted, path: str, operation: Json, word: str) -> Response:
    """One of them, with what it needs."""
    url = re.sub(r"\{\w+\}", lambda _: planted.id_for(path), path, count=1) if "{" in path else path
    return await planted.agency.admin.get(url, params=needed(path, operation, planted.ids["hotels"], word))


def needed(path: str, operation: Json, hotel_id: str, word: str) -> dict[str, str]:
    """What an operation needs in its query; a dashboard is asked about everything that there ever was."""
    given = {"q": word, "month": "2027-05", "night": "2027-05-10", "hotel_id": hotel_id}
    named = {one["name"] for one in operation.get("parameters", []) if one["in"] == "query" and one.get("required")}
    more = {"period": "all"} if "/dashboard/" in path or path.startswith("/api/v1/analytics/") else {}
    return {name: value for name, value in given.items() if name in named} | more


def done(answer: Response) -> Any:
    """What was answered; a day in which something fails proves less than it says."""
    assert answer.status_code < 400, (answer.request.method, str(answer.request.url), answer.text[:400])
    return answer.json() if answer.content and "json" in answer.headers["content-type"] else {}
