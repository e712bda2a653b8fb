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


async def test_a_draft_is_put_aside_and_what_sells_goes_on(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100"))
    draft = (await send_contract(agency, nightly("Baobab Lodge", "120"), draft="true")).json()["contract_ids"][0]

    aside = await step(agency, draft, "retire")
    after_all = await step(agency, draft, "publish")
    once_more = await step(agency, draft, "retire")
    anew = (await send_contract(agency, nightly("Baobab Lodge", "120"), draft="true")).json()["contract_ids"][0]

    assert (aside.status_code, aside.json()["status"]) == (200, "retired")
    assert [(answer.status_code, answer.json()["code"]) for answer in (after_all, once_more)] == [
        (409, "invalid_transition")
    ] * 2
    assert anew != draft, "what was put aside is gone: the same file again is another draft"
    assert await statuses(agency) == [(3, "draft"), (2, "retired"), (1, "live")]
    trail = (await agency.admin.get("/api/v1/audit")).json()["items"]
    (entry,) = [entry for entry in trail if entry["action"] == "contract.retired"]
    assert (entry["before"]["status"], entry["after"]["status"]) == ("draft", "retired")


async def test_a_step_from_elsewhere_is_refused_and_changes_nothing(agency: Agency, other_agency: Agency) -> None:
    contract_id = (await send_contract(agency, nightly("Baobab Lodge", "100"))).json()["contract_ids"][0]

    again = await step(agency, contract_id, "publish")
    theirs = await step(other_agency, contract_id, "retire")

    assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")
    assert theirs.status_code == 404
    assert await statuses(agency) == [(1, "live")]
