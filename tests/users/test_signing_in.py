"""Signing in, going on and signing out, over HTTP."""

from httpx import AsyncClient

from tests.app_fixtures import PASSWORD, Agency, Platform


async def login(client: AsyncClient, email: str, password: str = PASSWORD, **more: object) -> dict[str, object]:
    answer = await client.post("/api/v1/auth/login", json={"email": email, "password": password, **more})
    return {"status": answer.status_code, **answer.json()}


async def test_a_consultant_signs_in_and_sees_who_they_are(agency: Agency) -> None:
    answer = await agency.consultant.get("/api/v1/auth/me")

    assert answer.status_code == 200
    assert answer.json()["role"] == "consultant"
    assert answer.json()["tenant_id"] == "savanna-trails"


async def test_wrong_password_and_unknown_address_answer_the_same(platform: Platform, agency: Agency) -> None:
    wrong = await login(platform.anonymous, "admin@savanna-trails.example", "not it")
    unknown = await login(platform.anonymous, "nobody@savanna-trails.example", "not it")

    assert wrong["status"] == unknown["status"] == 401
    assert wrong["code"] == "invalid_credentials"
    assert {k: v for k, v in wrong.items() if k != "request_id"} == {
        k: v for k, v in unknown.items() if k != "request_id"
    }


async def test_the_letter_case_of_an_address_does_not_matter(platform: Platform, agency: Agency) -> None:
    assert (await login(platform.anonymous, "Admin@Savanna-Trails.example"))["status"] == 200


async def test_an_operator_belongs_to_no_tenant(platform: Platform) -> None:
    operator = await platform.operator()

    me = (await operator.get("/api/v1/auth/me")).json()

    assert me["role"] == "operator"
    assert me["tenant_id"] is None


async def test_a_refresh_token_works_once_and_a_replay_ends_the_session(platform: Platform, agency: Agency) -> None:
    first = (await login(platform.anonymous, "admin@savanna-trails.example"))["refresh_token"]
    second = (await platform.anonymous.post("/api/v1/auth/refresh", json={"refresh_token": first})).json()

    replay = await platform.anonymous.post("/api/v1/auth/refresh", json={"refresh_token": first})
    after = await platform.anonymous.post("/api/v1/auth/refresh", json={"refresh_token": second["refresh_token"]})

    assert replay.status_code == 401
    assert after.status_code == 401
    assert after.json()["code"] == "session_ended"


async def test_signing_out_ends_the_session(platform: Platform, agency: Agency) -> None:
    token = (await login(platform.anonymous, "admin@savanna-trails.example"))["refresh_token"]

    signed_out = await platform.anonymous.post("/api/v1/auth/logout", json={"refresh_token": token})
    after = await platform.anonymous.post("/api/v1/auth/refresh", json={"refresh_token": token})

    assert signed_out.status_code == 204
    assert after.status_code == 401


async def test_a_browser_keeps_its_refresh_token_in_a_cookie_that_scripts_cannot_read(
    platform: Platform, agency: Agency
) -> None:
    answer = await platform.anonymous.post(
        "/api/v1/auth/login",
        json={"email": "admin@savanna-trails.example", "password": PASSWORD, "session": "cookie"},
    )
    cookie = answer.headers["set-cookie"]

    assert answer.json()["refresh_token"] is None
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/api/v1/auth" in cookie

    elsewhere = await platform.anonymous.post("/api/v1/auth/refresh", headers={"Origin": "https://evil.example"})
    here = await platform.anonymous.post("/api/v1/auth/refresh", headers={"Origin": "http://tembea.test"})
    assert elsewhere.status_code == 403
    assert here.status_code == 200


async def test_the_same_person_in_two_agencies_chooses_one(platform: Platform) -> None:
    for slug in ("north-travel", "south-travel"):
        config_agency = await platform.new_agency(slug)
        async with platform.db.tx(config_agency.ctx) as tx:
            from tembea.kernel.context import Role
            from tembea.users import create_user

            await create_user(tx, email="both@people.example", name="Both", role=Role.CONSULTANT, password=PASSWORD)

    undecided = await login(platform.anonymous, "both@people.example")
    decided = await login(platform.anonymous, "both@people.example", tenant_id="south-travel")

    assert undecided["status"] == 409
    assert undecided["code"] == "tenant_required"
    assert undecided["tenants"] == [
        {"tenant_id": "north-travel", "name": "North Travel"},
        {"tenant_id": "south-travel", "name": "South Travel"},
    ]
    assert decided["status"] == 200


async def test_x_client_id_may_repeat_the_tenant_and_nothing_else(agency: Agency) -> None:
    url = "/api/v1/auth/me"

    same = await agency.admin.get(url, headers={"X-Client-ID": "savanna-trails"})
    foreign = await agency.admin.get(url, headers={"X-Client-ID": "harbour-travel"})
    twice = await agency.admin.get(url, headers=[("X-Client-ID", "savanna-trails"), ("X-Client-ID", "harbour-travel")])

    assert same.status_code == 200
    assert foreign.status_code == twice.status_code == 403
    assert foreign.json()["code"] == "tenant_mismatch"


async def test_without_a_token_and_with_a_forged_one_the_answer_is_401(platform: Platform, agency: Agency) -> None:
    token = agency.admin.headers["Authorization"].removeprefix("Bearer ")
    forged = platform.client(token[:-6] + ("AAAAAA" if not token.endswith("AAAAAA") else "BBBBBB"))

    assert (await platform.anonymous.get("/api/v1/auth/me")).status_code == 401
    refused = await forged.get("/api/v1/auth/me")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
