"""What an administrator sets of the inbox, and what the agency's file keeps to itself."""

from pathlib import Path

from tembea.commands.tenants import sync_folder
from tembea.tenants import sync_tenant
from tests.app_fixtures import Agency, Platform, agency_config
from tests.tenants.test_tenant_config import GOOD, write

FORM = "/api/v1/settings/web-form"
DAYS = "/api/v1/settings/working-days"


async def test_an_empty_agency_switches_its_form_on_and_off(platform: Platform, agency: Agency) -> None:
    off = (await agency.consultant.get(FORM)).json()
    assert (off["is_on"], off["origins"], off["managed_by_file"]) == (False, [], False)
    assert off["snippet"].endswith('/f/savanna-trails.js" async></script>')
    body = {"origins": ["https://WWW.savanna.example/"], "privacy_url": "https://savanna.example/privacy"}
    assert (await agency.consultant.put(FORM, json=body)).status_code == 403
    on = await agency.admin.put(FORM, json=body)
    assert (on.status_code, on.json()["origins"]) == (200, ["https://www.savanna.example"])
    assert (await platform.anonymous.get("/f/savanna-trails.js")).status_code == 200
    wrong = {"origins": ["https://ok.example", "savanna.example/form"], "privacy_url": "javascript:alert(1)"}
    refused = await agency.admin.put(FORM, json=wrong)
    fields = [one["loc"] for one in refused.json()["errors"]]
    assert (refused.status_code, fields) == (422, ["body.origins.1", "body.privacy_url"])
    await sync_tenant(platform.db, "savanna-trails", agency_config("savanna-trails"))
    assert (await agency.admin.get(FORM)).json() == on.json(), "what says nothing about the form leaves it alone"
    assert not (await agency.admin.put(FORM, json={"origins": []})).json()["is_on"]
    assert (await platform.anonymous.get("/f/savanna-trails.js")).json()["code"] == "form_off"
    trail = (await agency.admin.get("/api/v1/audit", params={"action": "settings"})).json()["items"]
    assert [one["action"] for one in trail] == ["settings.web_form_changed"] * 2


async def test_working_days_and_holidays_are_set(agency: Agency, other_agency: Agency) -> None:
    body = {"days": ["mon", "sat", "mon"], "holidays": ["2027-12-25", "2027-04-27", "2027-12-25"]}
    assert (await agency.consultant.put(DAYS, json=body)).status_code == 403
    answer = await agency.admin.put(DAYS, json=body)
    assert answer.json() == {
        "days": ["mon", "sat"],
        "holidays": ["2027-04-27", "2027-12-25"],
        "managed_by_file": False,
    }
    assert (await agency.consultant.get(DAYS)).json() == answer.json()
    assert len((await other_agency.consultant.get(DAYS)).json()["days"]) == 5
    wrongs: list[dict[str, list[str]]] = [{"days": []}, {"days": ["today"]}, {"days": ["mon"], "holidays": ["soon"]}]
    for wrong in wrongs:
        assert (await agency.admin.put(DAYS, json=wrong)).status_code == 422


async def test_what_the_file_sets_is_changed_in_the_file(platform: Platform, agency: Agency, tmp_path: Path) -> None:
    folder = tmp_path / "savanna-trails"
    path = write(folder, GOOD + "web_form:\n  origins: [https://baobab.example]\n")
    await sync_folder(platform.db, folder)
    shown = (await agency.admin.get(FORM)).json()
    assert (shown["managed_by_file"], shown["origins"]) == (True, ["https://baobab.example"])
    refused = await agency.admin.put(FORM, json={"origins": []})
    assert (refused.status_code, refused.json()["code"]) == (409, "managed_by_file")
    assert (await agency.admin.put(DAYS, json={"days": ["sun"]})).status_code == 200
    path.write_text(GOOD, encoding="utf-8")
    await sync_folder(platform.db, folder)
    assert (await agency.admin.get(FORM)).json()["origins"] == [], "what the file gave goes with it"
    assert (await agency.admin.get(DAYS)).json()["days"] == ["sun"]
