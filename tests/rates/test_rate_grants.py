"""Grants: nothing crosses without one, what crosses is read only, and a revocation ends it."""

from httpx import AsyncClient, Response

from tembea.kernel.context import platform_context
from tembea.rates.jobs import keep_up_grants
from tests.app_fixtures import Agency, Platform
from tests.rates.rates_factories import imported, nightly, send_contract

GRANTS = "/api/v1/operator/rate-grants"


async def grant(operator: AsyncClient, source: Agency, grantee: Agency) -> Response:
    return await operator.post(GRANTS, json={"from": source.key.tenant, "to": grantee.key.tenant})


async def keep_up(platform: Platform) -> None:
    await keep_up_grants.run(platform_context(), platform.db, platform.app.state.providers)


async def sold(agency: Agency) -> dict[str, str]:
    stay = {"check_in": "2031-05-03", "nights": 1, "adults": 2}
    answer = (await agency.consultant.post("/api/v1/pricing/price", json=stay)).json()
    return {one["hotel"]["name"]: one["cost_total"]["amount"] for one in answer["options"]}


async def test_nothing_crosses_without_a_grant(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100"))
    third = await platform.new_agency("third-travel")
    operator = await platform.operator()

    before = await sold(other_agency)
    granted = await grant(operator, agency, other_agency)

    assert before == {}
    assert (granted.status_code, granted.json()["hotels"], granted.json()["left_out"]) == (201, 1, 0)
    assert (await sold(other_agency), await sold(agency)) == ({"Baobab Lodge": "200.00"}, {"Baobab Lodge": "200.00"})
    assert await sold(third) == {}
    for person in (agency.admin, other_agency.admin):
        assert (await person.get(GRANTS)).status_code == 403
        body = {"from": agency.key.tenant, "to": third.key.tenant}
        assert (await person.post(GRANTS, json=body)).status_code == 403


async def test_what_was_granted_is_read_only_and_goes_no_further(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    await imported(agency, nightly("Baobab Lodge", "100"))
    third = await platform.new_agency("third-travel")
    operator = await platform.operator()
    await grant(operator, agency, other_agency)
    listed = (await other_agency.consultant.get("/api/v1/rates/contracts")).json()["items"]

    changed = await send_contract(other_agency, nightly("Baobab Lodge", "1"))
    retired = await other_agency.consultant.post(f"/api/v1/rates/contracts/{listed[0]['id']}/retire")
    exported = (await other_agency.consultant.get("/api/v1/rates/export", params={"format": "json"})).json()
    onward = await grant(operator, other_agency, third)

    assert (changed.status_code, changed.json()["code"]) == (409, "granted_hotel")
    assert (retired.status_code, retired.json()["code"]) == (409, "granted_hotel")
    assert (exported, onward.json()["hotels"], await sold(third)) == ([], 0, {})
    assert await sold(other_agency) == {"Baobab Lodge": "200.00"}


async def test_changes_are_brought_over_and_a_revocation_ends_it(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    await imported(agency, nightly("Baobab Lodge", "100"))
    operator = await platform.operator()
    grant_id = (await grant(operator, agency, other_agency)).json()["id"]
    again = await grant(operator, agency, other_agency)

    await imported(agency, nightly("Baobab Lodge", "150"))
    await imported(agency, nightly("Dune Camp", "90"))
    await keep_up(platform)
    kept_up = await sold(other_agency)
    revoked = await operator.delete(f"{GRANTS}/{grant_id}")
    after = await sold(other_agency)
    await imported(agency, nightly("Kiboko", "70"))
    await keep_up(platform)

    assert (again.status_code, again.json()["code"]) == (409, "already_granted")
    assert kept_up == {"Baobab Lodge": "300.00", "Dune Camp": "180.00"}
    assert (revoked.status_code, after, await sold(other_agency)) == (204, {}, {})
    assert (await operator.delete(f"{GRANTS}/{grant_id}")).status_code == 404
    assert (await send_contract(other_agency, nightly("Baobab Lodge", "120"))).status_code == 200
    for person in (agency.admin, other_agency.admin):
        trail = (await person.get("/api/v1/audit")).json()["items"]
        assert {"rates.granted", "rates.grant_revoked"} <= {entry["action"] for entry in trail}


async def test_an_agencys_own_hotel_of_the_name_stands(
    platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    await imported(agency, nightly("Baobab Lodge", "100"))
    await imported(other_agency, nightly("BAOBAB lodge", "140"))

    granted = await grant(await platform.operator(), agency, other_agency)

    assert (granted.json()["hotels"], granted.json()["left_out"]) == (0, 1)
    assert await sold(other_agency) == {"BAOBAB lodge": "280.00"}


async def test_a_grant_names_two_agencies_that_there_are(platform: Platform, agency: Agency) -> None:
    operator = await platform.operator()

    itself = await grant(operator, agency, agency)
    nobody = await operator.post(GRANTS, json={"from": agency.key.tenant, "to": "no-such-agency"})

    assert (itself.status_code, nobody.status_code) == (422, 422)
