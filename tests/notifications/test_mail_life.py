"""What the agency's people see of its outgoing mail."""

from tests.app_fixtures import Agency, Platform
from tests.notifications.letters import letter, life, queue


async def test_a_mail_shows_its_whole_way(platform: Platform, agency: Agency) -> None:
    mail_id = await queue(platform, agency)
    before = await life(agency, mail_id)
    await platform.run_jobs()
    after = await life(agency, mail_id)

    assert (before["status"], before["sent_at"], before["transport"]) == ("queued", None, None)
    assert before["queued_at"] == before["created_at"]
    assert (after["status"], after["transport"], after["to"]) == ("sent", "embedded", "naledi@example.net")
    assert after["sent_at"] >= after["queued_at"]
    assert (after["text"], after["reports"], after["delivery_state"]) == ("Dear Naledi", [], None)


async def test_a_draft_is_not_queued_yet(platform: Platform, agency: Agency) -> None:
    shown = await life(agency, await queue(platform, agency, draft=True))

    assert (shown["status"], shown["queued_at"]) == ("draft", None)


async def test_the_list_is_filtered_and_searched(platform: Platform, agency: Agency, other_agency: Agency) -> None:
    sent = await queue(platform, agency, letter("naledi@example.net"))
    await platform.run_jobs()
    waiting = await queue(platform, agency, letter("thabo@example.org"))
    await queue(platform, other_agency)

    async def listed(**query: str) -> list[str]:
        answer = await agency.consultant.get("/api/v1/mail", params=query)
        assert answer.status_code == 200, answer.text
        return [mail["id"] for mail in answer.json()["items"]]

    assert await listed() == [str(waiting), str(sent)]
    assert await listed(status="sent") == [str(sent)]
    assert await listed(q="THABO@") == [str(waiting)]
    assert await listed(q="%") == []
    assert await listed(delivery_state="bounced") == []


async def test_the_list_pages_newest_first(platform: Platform, agency: Agency) -> None:
    made = [str(await queue(platform, agency)) for _ in range(5)]
    seen: list[str] = []
    query = {"limit": "2"}
    while True:
        page = (await agency.consultant.get("/api/v1/mail", params=query)).json()
        seen += [mail["id"] for mail in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]

    assert seen == made[::-1]


async def test_a_cursor_that_is_not_ours_is_refused(agency: Agency) -> None:
    for cursor in ("x", "WyJ4IiwgInkiXQ", "WyIyMDI2LTAxLTAxIiwgIjAxOTNjM2I0LTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMCJd"):
        assert (await agency.consultant.get("/api/v1/mail", params={"cursor": cursor})).status_code == 422
