"""Keys with which an agency's own programs call."""

from httpx import AsyncClient, Response

from tembea.users.api_keys import is_well_formed, new_key
from tests.app_fixtures import Agency, Platform
from tests.users.test_access_tokens import refused_soon

KEYS = "/api/v1/api-keys"
ENQUIRY = {"channel": "web", "from_email": "ann@people.example", "text": "Zanzibar for two from 3 to 10 August 2027."}


async def make(agency: Agency, *scopes: str, **more: object) -> Response:
    return await agency.admin.post(KEYS, json={"name": "Website", "scopes": list(scopes), **more})


async def program(platform: Platform, agency: Agency, *scopes: str) -> AsyncClient:
    return platform.client((await make(agency, *scopes)).json()["key"])


async def test_a_key_brings_an_enquiry_in_and_does_nothing_else(platform: Platform, agency: Agency) -> None:
    website = await program(platform, agency, "enquiries:write")

    taken = await website.post("/api/v1/enquiries", json=ENQUIRY)
    read = await website.get("/api/v1/enquiries")
    quotes = await website.get("/api/v1/quotes")
    keys = await website.get(KEYS)
    me = await website.get("/api/v1/auth/me")

    assert taken.status_code == 202, taken.text
    assert [answer.status_code for answer in (read, quotes, keys, me)] == [403] * 4
    assert {answer.json()["code"] for answer in (read, quotes, keys, me)} == {"scope_missing"}
    assert (await agency.consultant.get(f"/api/v1/enquiries/{taken.json()['id']}")).status_code == 200


async def test_a_key_of_one_agency_sees_nothing_of_another(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    reader = await program(platform, agency, "clients:read")
    await other_agency.admin.post("/api/v1/crm/clients", json={"name": "Kanarie"})

    assert (await reader.get("/api/v1/crm/clients")).json()["items"] == []
    foreign = await reader.get("/api/v1/crm/clients", headers={"X-Client-ID": "harbour-travel"})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "tenant_mismatch")


async def test_the_key_is_shown_once_and_kept_as_a_hash(platform: Platform, agency: Agency) -> None:
    made = (await make(agency, "quotes:read")).json()
    listed = (await agency.admin.get(KEYS)).text
    async with platform.db.read(agency.ctx) as read:
        rows = await read.rows("select * from api_keys where tenant_id = %s", [agency.key.tenant_id])

    assert made["key"].startswith("tmb_")
    assert made["key"] not in listed + str(rows)
    assert made["hint"] == made["key"][-4:]


async def test_only_administrators_make_and_see_keys(agency: Agency) -> None:
    body = {"name": "x", "scopes": ["quotes:read"]}
    assert (await agency.consultant.post(KEYS, json=body)).status_code == 403
    assert (await agency.consultant.get(KEYS)).status_code == 403


async def test_a_key_for_nothing_or_for_the_unknown_is_not_made(agency: Agency) -> None:
    assert (await make(agency)).status_code == 422
    assert (await make(agency, "everything")).status_code == 422
    past = await make(agency, "quotes:read", expires_at="2020-01-01T00:00:00Z")
    assert (past.status_code, past.json()["errors"][0]["loc"]) == (422, "body.expires_at")


async def test_a_revoked_key_stops_within_seconds(platform: Platform, agency: Agency) -> None:
    made = (await make(agency, "quotes:read")).json()
    reader = platform.client(made["key"])
    assert (await reader.get("/api/v1/quotes")).status_code == 200

    assert (await agency.admin.delete(f"{KEYS}/{made['id']}")).status_code == 204

    assert await refused_soon(reader, "/api/v1/quotes")
    assert (await agency.admin.get(f"{KEYS}/{made['id']}")).json()["revoked_at"] is not None
    assert (await agency.admin.delete(f"{KEYS}/{made['id']}")).status_code == 204


async def test_a_key_of_a_suspended_agency_stops_too(platform: Platform, agency: Agency) -> None:
    reader = await program(platform, agency, "quotes:read")
    assert (await reader.get("/api/v1/quotes")).status_code == 200
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update tenants set status = 'suspended' where id = %s", [agency.key.tenant_id])
    assert await refused_soon(reader, "/api/v1/quotes")


async def test_an_expired_key_is_refused(platform: Platform, agency: Agency) -> None:
    made = (await make(agency, "quotes:read", expires_at="2999-01-01T00:00:00Z")).json()
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update api_keys set expires_at = now() where tenant_id = %s", [agency.key.tenant_id])
    answer = await platform.client(made["key"]).get("/api/v1/quotes")
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_api_key")


async def test_when_a_key_was_used_last_is_seen(platform: Platform, agency: Agency) -> None:
    made = (await make(agency, "quotes:read")).json()
    assert made["last_used_at"] is None
    await platform.client(made["key"]).get("/api/v1/quotes")
    assert (await agency.admin.get(f"{KEYS}/{made['id']}")).json()["last_used_at"] is not None


def test_a_mistyped_key_is_told_by_its_checksum() -> None:
    key = new_key()
    assert is_well_formed(key)
    swapped = key[:10] + key[11] + key[10] + key[12:]
    wrong = [key[:-1], key + "x", "tmb_" + "0" * 49, key.replace("tmb_", "tmc_"), key[:-1] + "é"]
    wrong += [swapped] if swapped != key else []
    assert not any(is_well_formed(one) for one in wrong)


async def test_unknown_and_malformed_keys_answer_alike(platform: Platform, agency: Agency) -> None:
    answers = [
        await platform.client(key).get("/api/v1/quotes") for key in (new_key(), "tmb_", "tmb_x", "tmb_" + "a" * 9000)
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(401, "invalid_api_key")}
