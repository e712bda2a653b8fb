"""A version's life: draft, live, retired, and nowhere else."""

from httpx import Response

from tests.app_fixtures import Agency
from tests.rates.rates_factories import imported, nightly, send_contract


async def step(agency: Agency, contract_id: str, verb: str) -> Response:
    return await agency.consultant.post(f"/api/v1/rates/contracts/{contract_id}/{verb}")


async def statuses(agency: Agency) -> list[tuple[int, str]]:
    listed = (await agency.consultant.get("/api/v1/rates/contracts")).json()["items"]
    return [(item["version"], item["status"]) for item in listed]


async def test_a_draft_is_published_in_the_stead_of_what_sold_and_then_retired(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100"))
    draft = (await send_contract(agency, nightly("Baobab Lodge", "120"), draft="true")).json()["contract_ids"][0]

    published = await step(agency, draft, "publish")
    sold = await statuses(agency)
    retired = await step(agency, draft, "retire")

    assert (published.status_code, published.json()["status"]) == (200, "live")
    assert sold == [(2, "live"), (1, "retired")]
    assert (retired.json()["status"], await statuses(agency)) == ("retired", [(2, "retired"), (1, "retired")])
    trail = (await agency.admin.get("/api/v1/audit")).json()["items"]
    assert {"contract.published", "contract.retired"} <= {entry["action"] for entry in trail}


async def test_a_step_from_elsewhere_is_refused_and_changes_nothing(agency: Agency, other_agency: Agency) -> None:
    contract_id = (await send_contract(agency, nightly("Baobab Lodge", "100"))).json()["contract_ids"][0]

    again = await step(agency, contract_id, "publish")
    theirs = await step(other_agency, contract_id, "retire")

    assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")
    assert theirs.status_code == 404
    assert await statuses(agency) == [(1, "live")]
