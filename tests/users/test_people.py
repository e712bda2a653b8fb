"""Who belongs to an agency: invitations, roles, leaving, and new passwords by mail."""

import asyncio
import re
from collections.abc import Awaitable
from typing import cast

from httpx import Response

from tests.app_fixtures import PASSWORD, Agency, Platform
from tests.users.test_access_tokens import refused_soon

USERS, INVITATIONS, ACCEPT = "/api/v1/users", "/api/v1/users/invitations", "/api/v1/auth/invitations/accept"
FORGOT, RESET, LOGIN = "/api/v1/auth/password/forgot", "/api/v1/auth/password/reset", "/api/v1/auth/login"
NEW = "four words that nobody knows"


async def invite(agency: Agency, email: str = "new@people.example", **more: object) -> Response:
    return await agency.admin.post(INVITATIONS, json={"email": email, "name": "New Person", **more})


async def mails(platform: Platform, to: str) -> list[dict[str, str]]:
    """What arrived at an address, newest first, by way of the queue and the outbox."""
    await platform.run_jobs()
    operator = await platform.operator()
    items = cast("list[dict[str, str]]", (await operator.get("/api/v1/operator/outbox")).json()["items"])
    return [item for item in items if to in item["to"]]


async def token_for(platform: Platform, to: str) -> str:
    found = re.search(r"#(\S+)", (await mails(platform, to))[0]["text"])
    assert found is not None
    return found[1]


async def accept(platform: Platform, token: str, **more: object) -> Response:
    return await platform.anonymous.post(ACCEPT, json={"token": token, "name": "New Person", "password": NEW, **more})


async def user_id(agency: Agency, role: str) -> str:
    items = (await agency.admin.get(USERS)).json()["items"]
    return next(one["id"] for one in items if one["email"] == agency.users[role])


async def test_an_invited_person_joins_by_the_mailed_link_and_signs_in(platform: Platform, agency: Agency) -> None:
    invited = await invite(agency, role="admin")
    assert (invited.status_code, invited.json()["status"]) == (201, "open")

    joined = await accept(platform, await token_for(platform, "new@people.example"))
    signed_in = await platform.anonymous.post(LOGIN, json={"email": "new@people.example", "password": NEW})

    assert joined.status_code == 201, joined.text
    assert signed_in.json()["user"]["role"] == "admin"
    assert (await agency.admin.get(INVITATIONS)).json()["items"][0]["status"] == "accepted"


async def test_the_mail_wears_the_agencys_name_and_only_its_reader_sees_the_link(
    platform: Platform, agency: Agency
) -> None:
    await invite(agency)
    (mail,) = await mails(platform, "new@people.example")
    (shown,) = [m for m in (await agency.admin.get("/api/v1/mail")).json()["items"] if m["kind"] == "account"]
    detail = (await agency.admin.get(f"/api/v1/mail/{shown['id']}")).json()

    assert "Savanna Trails" in mail["subject"]
    assert "/invitation#" in mail["text"]
    assert (detail["text"], detail["html"]) == ("", "")


async def test_a_hundred_who_accept_at_once_make_one_account(platform: Platform, agency: Agency) -> None:
    await invite(agency)
    token = await token_for(platform, "new@people.example")
    before = len((await agency.admin.get(USERS)).json()["items"])

    answers = await asyncio.gather(*(accept(platform, token) for _ in range(100)))

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) == 1, statuses
    assert set(statuses) <= {201, 409, 503, 504}
    assert len((await agency.admin.get(USERS)).json()["items"]) == before + 1


async def test_a_link_that_was_withdrawn_replaced_or_has_expired_is_closed(platform: Platform, agency: Agency) -> None:
    made = (await invite(agency)).json()
    first = await token_for(platform, "new@people.example")
    await agency.admin.post(f"{INVITATIONS}/{made['id']}/resend")
    second = await token_for(platform, "new@people.example")
    assert first != second
    assert (await accept(platform, first)).json()["code"] == "link_closed"

    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update invitations set expires_at = now() where tenant_id = %s", [agency.key.tenant_id])
    assert (await accept(platform, second)).json()["code"] == "link_closed"

    await agency.admin.post(f"{INVITATIONS}/{made['id']}/resend")
    third = await token_for(platform, "new@people.example")
    assert (await agency.admin.delete(f"{INVITATIONS}/{made['id']}")).status_code == 204
    assert (await accept(platform, third)).json()["code"] == "link_closed"
    for odd in ("x", "a.b.c", third[:-1], "\x00"):
        assert (await accept(platform, odd)).status_code in (409, 422), odd


async def test_members_and_the_invited_are_not_invited_again(agency: Agency) -> None:
    member = await invite(agency, agency.users["consultant"])
    await invite(agency)
    twice = await invite(agency, "NEW@people.example")
    assert (member.json()["code"], twice.json()["code"]) == ("already_member", "already_invited")


async def test_a_weak_password_leaves_the_invitation_open(platform: Platform, agency: Agency) -> None:
    await invite(agency)
    token = await token_for(platform, "new@people.example")
    for weak in ("short", "aaaaaaaaaaaa", "password1234", "x" * 500):
        assert (await accept(platform, token, password=weak)).status_code == 422, weak
    assert (await accept(platform, token)).status_code == 201


async def test_only_administrators_decide_who_belongs(agency: Agency) -> None:
    one = await user_id(agency, "admin")
    asked: list[Awaitable[Response]] = [
        agency.consultant.get(USERS),
        agency.consultant.patch(f"{USERS}/{one}", json={"role": "consultant"}),
        agency.consultant.post(f"{USERS}/{one}/deactivate"),
        agency.consultant.post(INVITATIONS, json={"email": "a@b.example"}),
    ]
    assert [(await answer).status_code for answer in asked] == [403] * 4


async def test_the_last_administrator_stays_one(agency: Agency) -> None:
    one = await user_id(agency, "admin")
    demoted = await agency.admin.patch(f"{USERS}/{one}", json={"role": "consultant"})
    gone = await agency.admin.post(f"{USERS}/{one}/deactivate")
    patched = await agency.admin.patch(f"{USERS}/{one}", json={"active": False})
    assert {answer.json()["code"] for answer in (demoted, gone, patched)} == {"last_administrator"}


async def test_two_administrators_who_demote_each_other_at_once_leave_one(platform: Platform, agency: Agency) -> None:
    other = await user_id(agency, "consultant")
    await agency.admin.patch(f"{USERS}/{other}", json={"role": "admin"})
    second = await platform.signed_in(agency.users["consultant"])
    one = await user_id(agency, "admin")

    answers = await asyncio.gather(
        agency.admin.patch(f"{USERS}/{other}", json={"role": "consultant"}),
        second.patch(f"{USERS}/{one}", json={"role": "consultant"}),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_whoever_is_let_in_no_more_is_out_within_seconds(platform: Platform, agency: Agency) -> None:
    assert (await agency.consultant.get("/api/v1/auth/me")).status_code == 200
    one = await user_id(agency, "consultant")
    assert (await agency.admin.post(f"{USERS}/{one}/deactivate")).json()["active"] is False

    assert await refused_soon(agency.consultant)
    body = {"email": agency.users["consultant"], "password": PASSWORD}
    assert (await platform.anonymous.post(LOGIN, json=body)).json()["code"] == "invalid_credentials"

    await agency.admin.patch(f"{USERS}/{one}", json={"active": True})
    assert (await platform.anonymous.post(LOGIN, json=body)).status_code == 200


async def test_a_forgotten_password_is_chosen_anew_by_the_mailed_link_once(platform: Platform, agency: Agency) -> None:
    admin = agency.users["admin"]
    known = await platform.anonymous.post(FORGOT, json={"email": admin})
    unknown = await platform.anonymous.post(FORGOT, json={"email": "nobody@people.example"})
    token = await token_for(platform, admin)

    reset = await platform.anonymous.post(RESET, json={"token": token, "password": NEW})
    again = await platform.anonymous.post(RESET, json={"token": token, "password": NEW + "!"})

    assert (known.status_code, known.text) == (unknown.status_code, unknown.text) == (202, known.text)
    assert (reset.status_code, again.status_code, again.json()["code"]) == (204, 409, "link_closed")
    assert await refused_soon(agency.admin), "the sessions of the old password end"
    assert (await platform.anonymous.post(LOGIN, json={"email": admin, "password": NEW})).status_code == 200
    assert (await platform.anonymous.post(LOGIN, json={"email": admin, "password": PASSWORD})).status_code == 401


async def test_nobody_is_flooded_with_mails_about_their_password(platform: Platform, agency: Agency) -> None:
    for _ in range(6):
        assert (await platform.anonymous.post(FORGOT, json={"email": agency.users["admin"]})).status_code == 202
    assert len(await mails(platform, agency.users["admin"])) == 3


async def test_tokens_of_links_stand_nowhere_in_their_tables(platform: Platform, agency: Agency) -> None:
    await invite(agency)
    secret = (await token_for(platform, "new@people.example")).split(".")[2]
    async with platform.db.read(agency.ctx) as read:
        rows = await read.rows("select * from invitations where tenant_id = %s", [agency.key.tenant_id])
        jobs = await read.rows("select count(*) from users where tenant_id = %s", [agency.key.tenant_id])
    assert secret not in str(rows) + str(jobs)
