"""Clients over HTTP and by the verbs that other features use."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import pytest

from tembea.crm import Client, Stage, advance_stage, find_or_create_client, record_event
from tests.app_fixtures import Agency, Platform


async def found(platform: Platform, agency: Agency, **person: str | None) -> Client:
    known = {"name": None, "email": None, "phone": None, "language": None} | person
    async with platform.db.tx(agency.ctx) as tx:
        return await find_or_create_client(
            tx,
            name=known["name"],
            email=known["email"],
            phone=known["phone"],
            language=known["language"],
            source="email",
        )


async def entered(agency: Agency, name: str, **more: object) -> dict[str, object]:
    answer = await agency.consultant.post("/api/v1/crm/clients", json={"name": name, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_same_address_is_the_same_client_whatever_its_letter_case(platform: Platform, agency: Agency) -> None:
    first = await found(platform, agency, name="Łukasz Õzer", email="Lukasz@Example.com")
    second = await found(platform, agency, name=None, email=" lukasz@example.COM ", phone="+27825550199")

    assert second.id == first.id
    assert second.name == "Łukasz Õzer"
    assert second.emails == ("lukasz@example.com",)
    assert second.phones == ("+27825550199",)


async def test_twenty_transactions_that_ask_at_once_make_one_client(platform: Platform, agency: Agency) -> None:
    asked = await asyncio.gather(
        *(found(platform, agency, name=f"Spelling {n}", email="race@example.com") for n in range(20))
    )

    listed = (await agency.consultant.get("/api/v1/crm/clients", params={"q": "race@"})).json()["items"]

    assert len({client.id for client in asked}) == 1
    assert [item["id"] for item in listed] == [str(asked[0].id)]
    timeline = (await agency.consultant.get(f"/api/v1/crm/clients/{asked[0].id}/timeline")).json()["items"]
    assert [event["kind"] for event in timeline] == ["client.created"]


async def test_callers_with_one_number_and_one_name_at_once_are_one_client(platform: Platform, agency: Agency) -> None:
    asked = await asyncio.gather(
        *(found(platform, agency, name="Thabo Mokoena", phone="+27825550123") for _ in range(8))
    )

    assert len({client.id for client in asked}) == 1


async def test_a_shared_number_alone_is_a_hint_and_never_a_match(platform: Platform, agency: Agency) -> None:
    mother = await found(platform, agency, name="Nomsa Dube", email="nomsa@example.com", phone="+27825550124")
    daughter = await found(platform, agency, name="Zinhle Dube", email="zinhle@example.com", phone="+27825550124")
    caller = await found(platform, agency, name="Sipho Dube", phone="+27825550124")

    assert len({mother.id, daughter.id, caller.id}) == 3
    timeline = (await agency.consultant.get(f"/api/v1/crm/clients/{daughter.id}/timeline")).json()["items"]
    hints = [event for event in timeline if event["kind"] == "client.possible_duplicate"]
    assert [hint["detail"] for hint in hints] == ["Nomsa Dube"]


async def test_a_client_without_a_name_is_called_by_what_is_known(platform: Platform, agency: Agency) -> None:
    by_mail = await found(platform, agency, email="j.smith@example.com")
    by_phone = await found(platform, agency, phone="+27825550125")

    assert (by_mail.name, by_phone.name) == ("j.smith", "+27825550125")


async def test_an_address_may_exist_in_two_agencies(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    here = await found(platform, agency, name="Ana", email="ana@example.com")
    there = await found(platform, other_agency, name="Ana", email="ana@example.com")

    assert here.id != there.id
    assert (await agency.consultant.get(f"/api/v1/crm/clients/{there.id}")).status_code == 404
    assert (await other_agency.consultant.get("/api/v1/crm/clients")).json()["items"][0]["id"] == str(there.id)


@dataclass(frozen=True)
class Step:
    stands: Stage
    event: Stage
    afterwards: Stage


STEPS = [
    Step(Stage.NEW, Stage.QUOTED, Stage.QUOTED),
    Step(Stage.QUOTED, Stage.NEGOTIATING, Stage.NEGOTIATING),
    Step(Stage.NEGOTIATING, Stage.QUOTED, Stage.NEGOTIATING),
    Step(Stage.NEW, Stage.BOOKED, Stage.BOOKED),
    Step(Stage.BOOKED, Stage.QUOTED, Stage.BOOKED),
    Step(Stage.BOOKED, Stage.LOST, Stage.BOOKED),
    Step(Stage.PAID, Stage.BOOKED, Stage.PAID),
    Step(Stage.PAID, Stage.TRAVELLED, Stage.TRAVELLED),
    Step(Stage.NEGOTIATING, Stage.LOST, Stage.LOST),
    Step(Stage.LOST, Stage.QUOTED, Stage.QUOTED),
    Step(Stage.TRAVELLED, Stage.QUOTED, Stage.QUOTED),
    Step(Stage.TRAVELLED, Stage.LOST, Stage.TRAVELLED),
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.stands}-{step.event}")
async def test_events_move_a_client_only_forward(platform: Platform, agency: Agency, step: Step) -> None:
    client = await entered(agency, "Mapule")
    address = f"/api/v1/crm/clients/{client['id']}"
    await agency.consultant.post(f"{address}/stage", json={"stage": step.stands})

    async with platform.db.tx(agency.ctx) as tx:
        await advance_stage(tx, UUID(str(client["id"])), step.event, reason="A quote changed")

    assert (await agency.consultant.get(address)).json()["stage"] == step.afterwards


async def test_a_person_may_move_a_client_anywhere_and_it_is_written_down(agency: Agency) -> None:
    client = await entered(agency, "Zodwa")
    address = f"/api/v1/crm/clients/{client['id']}"
    await agency.consultant.post(f"{address}/stage", json={"stage": "PAID"})

    moved = await agency.consultant.post(f"{address}/stage", json={"stage": "NEW", "reason": "Wrong file"})

    assert moved.json()["stage"] == "NEW"
    newest = (await agency.consultant.get(f"{address}/timeline")).json()["items"][0]
    assert (newest["kind"], newest["detail"]) == ("stage.new", "Wrong file")
    assert newest["actor"] == "Consultant Person"
    assert (await agency.consultant.post(f"{address}/stage", json={"stage": "HAPPY"})).status_code == 422


async def test_moving_to_the_same_stage_writes_nothing(agency: Agency) -> None:
    client = await entered(agency, "Zodwa")
    address = f"/api/v1/crm/clients/{client['id']}"

    await agency.consultant.post(f"{address}/stage", json={"stage": "NEW"})

    kinds = [event["kind"] for event in (await agency.consultant.get(f"{address}/timeline")).json()["items"]]
    assert kinds == ["client.created"]


async def test_contact_is_remembered_and_a_note_is_not_contact(platform: Platform, agency: Agency) -> None:
    client = await found(platform, agency, name="Ann", email="ann@example.com")
    address = f"/api/v1/crm/clients/{client.id}"
    await agency.consultant.post(f"{address}/activities", json={"text": "Prefers the sea side"})
    assert (await agency.consultant.get(address)).json()["last_contact_at"] is None

    async with platform.db.tx(agency.ctx) as tx:
        await record_event(tx, client.id, kind="mail.received", title="Mail", link="/inbox/1")

    assert (await agency.consultant.get(address)).json()["last_contact_at"] is not None


async def test_activities_are_the_notes_and_the_timeline_is_everything(agency: Agency) -> None:
    client = await entered(agency, "Ann")
    address = f"/api/v1/crm/clients/{client['id']}"
    for text in ("First", "Second"):
        assert (await agency.admin.post(f"{address}/activities", json={"text": text})).status_code == 201

    notes = (await agency.consultant.get(f"{address}/activities")).json()["items"]
    kinds = [event["kind"] for event in (await agency.consultant.get(f"{address}/timeline")).json()["items"]]

    assert [note["detail"] for note in notes] == ["Second", "First"]
    assert kinds == ["note.added", "note.added", "client.created"]


async def test_the_list_goes_by_name_without_accents_and_pages_meet_everybody_once(agency: Agency) -> None:
    names = ["Zoë", "ábel", "Abel", "Éva", "Eva", "Ñandú", "Nancy", "Ołga", "Olga"]
    for name in names:
        await entered(agency, name)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await agency.consultant.get("/api/v1/crm/clients", params=params)).json()
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert sorted(seen) == sorted(names)
    assert [name[0] for name in seen[:2]] in (["á", "A"], ["A", "á"])
    assert seen[-1] == "Zoë"
    assert seen.index("Nancy") < seen.index("Olga")


async def test_the_newest_client_comes_first_when_asked_so(agency: Agency) -> None:
    for name in ("One", "Two", "Three"):
        await entered(agency, name)

    first = (await agency.consultant.get("/api/v1/crm/clients", params={"sort": "newest", "limit": 2})).json()
    params = {"sort": "newest", "cursor": first["next_cursor"]}
    second = (await agency.consultant.get("/api/v1/crm/clients", params=params)).json()

    assert [item["name"] for item in first["items"] + second["items"]] == ["Three", "Two", "One"]


async def test_search_finds_names_without_accents_addresses_and_numbers(agency: Agency) -> None:
    await entered(agency, "Zoë Müller", emails=["zm@example.com"], phones=["082 555 0142"])
    await entered(agency, "100% Travel_Club")

    async def hits(q: str) -> list[str]:
        items = (await agency.consultant.get("/api/v1/crm/clients", params={"q": q})).json()["items"]
        return [item["name"] for item in items]

    assert await hits("muller") == ["Zoë Müller"]
    assert await hits("ZM@exa") == ["Zoë Müller"]
    assert await hits("82 555 01") == ["Zoë Müller"]
    assert await hits("0% t") == ["100% Travel_Club"]
    assert await hits("_") == ["100% Travel_Club"]
    assert await hits("nobody") == []


async def test_the_list_can_be_narrowed_to_a_stage(agency: Agency) -> None:
    client = await entered(agency, "Booked one")
    await entered(agency, "New one")
    await agency.consultant.post(f"/api/v1/crm/clients/{client['id']}/stage", json={"stage": "BOOKED"})

    items = (await agency.consultant.get("/api/v1/crm/clients", params={"stage": "BOOKED"})).json()["items"]

    assert [item["name"] for item in items] == ["Booked one"]


async def test_a_number_is_kept_as_the_agencys_country_writes_it(agency: Agency) -> None:
    client = await entered(agency, "Ann", phones=["082 555 0142", "+27825550142", "+44 20 7946 0018", "ask Thandi"])

    assert client["phones"] == ["+27825550142", "+442079460018", "ask Thandi"]


async def test_an_address_that_another_client_has_is_refused(agency: Agency) -> None:
    await entered(agency, "Ann", emails=["ann@example.com"])
    second = await entered(agency, "Ben", emails=["ben@example.com"])

    made = await agency.consultant.post("/api/v1/crm/clients", json={"name": "Cy", "emails": ["ANN@example.com"]})
    changed = await agency.consultant.patch(
        f"/api/v1/crm/clients/{second['id']}", json={"emails": ["ben@example.com", "ann@example.com"]}
    )

    assert (made.status_code, made.json()["code"]) == (409, "email_taken")
    assert (changed.status_code, changed.json()["code"]) == (409, "email_taken")
    unchanged = (await agency.consultant.get(f"/api/v1/crm/clients/{second['id']}")).json()
    assert unchanged["emails"] == ["ben@example.com"]


async def test_a_correction_changes_what_it_names_and_nothing_else(agency: Agency) -> None:
    client = await entered(agency, "Ann", emails=["ann@example.com"], tags=["vip"], language="af")
    me = (await agency.consultant.get("/api/v1/auth/me")).json()

    answer = await agency.consultant.patch(
        f"/api/v1/crm/clients/{client['id']}", json={"name": "Anna", "owner_id": me["id"]}
    )

    changed = answer.json()
    assert (changed["name"], changed["owner"]["name"]) == ("Anna", "Consultant Person")
    assert (changed["emails"], changed["tags"], changed["language"]) == (["ann@example.com"], ["vip"], "af")
    cleared = await agency.consultant.patch(f"/api/v1/crm/clients/{client['id']}", json={"owner_id": None})
    assert cleared.json()["owner"] is None


async def test_another_agencys_person_cannot_own_a_client(agency: Agency, other_agency: Agency) -> None:
    stranger = (await other_agency.consultant.get("/api/v1/auth/me")).json()["id"]

    answer = await agency.consultant.post("/api/v1/crm/clients", json={"name": "Ann", "owner_id": stranger})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == "body.owner_id"


@pytest.mark.parametrize(
    "body",
    [{"name": ""}, {"name": "   "}, {"name": "a\x00b"}, {"name": "Ann", "emails": ["no address"]}, {"emails": []}],
)
async def test_what_makes_no_client_is_refused_with_its_field(agency: Agency, body: dict[str, object]) -> None:
    answer = await agency.consultant.post("/api/v1/crm/clients", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_a_cursor_of_another_order_is_refused(agency: Agency) -> None:
    for name in ("One", "Two"):
        await entered(agency, name)
    by_name = (await agency.consultant.get("/api/v1/crm/clients", params={"limit": 1})).json()["next_cursor"]

    answer = await agency.consultant.get("/api/v1/crm/clients", params={"sort": "newest", "cursor": by_name})

    assert answer.status_code == 422
