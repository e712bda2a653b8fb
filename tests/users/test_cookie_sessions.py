"""A browser's session: its refresh token is a cookie, and only our own pages may use it."""

import asyncio

from httpx import AsyncClient, Response

from tests.app_fixtures import PASSWORD, Agency, Platform
from tests.users.test_access_tokens import refused_soon

LOGIN, REFRESH, LOGOUT = "/api/v1/auth/login", "/api/v1/auth/refresh", "/api/v1/auth/logout"
OURS = {"Origin": "http://tembea.test"}


async def sign_in(browser: AsyncClient, email: str, **headers: str) -> Response:
    return await browser.post(LOGIN, json={"email": email, "password": PASSWORD, "session": "cookie"}, headers=headers)


async def test_only_our_own_pages_refresh_and_sign_out_with_the_cookie(platform: Platform, agency: Agency) -> None:
    browser = platform.client()
    await sign_in(browser, agency.users["admin"])
    strange = [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://tembea.test.evil.example"},
    ]

    for headers in strange:
        for url in (REFRESH, LOGOUT):
            refused = await browser.post(url, headers=headers)
            assert (refused.status_code, refused.json()["code"]) == (403, "origin_mismatch"), (url, headers)

    assert (await browser.post(REFRESH, headers=OURS)).status_code == 200


async def test_another_page_cannot_sign_the_browser_in_either(platform: Platform, agency: Agency) -> None:
    browser = platform.client()
    refused = await sign_in(browser, agency.users["admin"], Origin="https://evil.example")
    assert refused.status_code == 403
    assert not browser.cookies


async def test_signing_in_never_takes_a_session_over_that_was_planted(platform: Platform, agency: Agency) -> None:
    """Session fixation: a token that an attacker put into the browser is worth nothing after the log-in."""
    attacker, victim = platform.client(), platform.client()
    await sign_in(attacker, agency.users["consultant"])
    planted = attacker.cookies["tembea_refresh"]
    victim.cookies.set("tembea_refresh", planted, domain="tembea.test", path="/api/v1/auth")

    answer = await sign_in(victim, agency.users["admin"])

    set_now = answer.headers["set-cookie"].split(";")[0].partition("=")[2]
    assert set_now != planted
    assert set_now.split(".")[1] != planted.split(".")[1], "another session, not only another token"
    still = await attacker.post(REFRESH, headers=OURS)
    assert still.json()["user"]["role"] == "consultant"


async def test_the_cookie_is_secure_where_the_platform_is_reached_by_https(platform: Platform, agency: Agency) -> None:
    over_http = (await sign_in(platform.client(), agency.users["admin"])).headers["set-cookie"]
    platform.app.state.settings = platform.settings.model_copy(update={"base_url": "https://tembea.example"})
    behind_tls = (await sign_in(platform.client(), agency.users["admin"])).headers["set-cookie"]

    assert "Secure" not in over_http
    for part in ("HttpOnly", "SameSite=strict", "Path=/api/v1/auth", "Secure"):
        assert part in behind_tls


async def test_of_two_who_refresh_with_one_token_at_once_one_wins_and_the_session_ends(
    platform: Platform, agency: Agency
) -> None:
    body = {"email": agency.users["admin"], "password": PASSWORD}
    token = (await platform.anonymous.post(LOGIN, json=body)).json()["refresh_token"]

    answers = await asyncio.gather(*(platform.anonymous.post(REFRESH, json={"refresh_token": token}) for _ in range(2)))

    won = [answer for answer in answers if answer.status_code == 200]
    assert sorted(answer.status_code for answer in answers) == [200, 401]
    later = await platform.anonymous.post(REFRESH, json={"refresh_token": won[0].json()["refresh_token"]})
    assert later.status_code == 401
    assert await refused_soon(platform.client(won[0].json()["access_token"]))


async def test_of_many_who_refresh_with_one_token_never_two_win(platform: Platform, agency: Agency) -> None:
    body = {"email": agency.users["admin"], "password": PASSWORD}
    token = (await platform.anonymous.post(LOGIN, json=body)).json()["refresh_token"]
    answers = await asyncio.gather(
        *(platform.anonymous.post(REFRESH, json={"refresh_token": token}) for _ in range(20))
    )
    assert sum(answer.status_code == 200 for answer in answers) == 1


async def test_what_is_no_token_ends_nothing_and_breaks_nothing(platform: Platform, agency: Agency) -> None:
    for token in ("x", "..", "a.b.c", "é.é.é", "0" * 500, f"{agency.key.tenant_id.hex}.{'0' * 32}.x"):
        answer = await platform.anonymous.post(REFRESH, json={"refresh_token": token})
        assert (answer.status_code, answer.json()["code"]) == (401, "session_ended"), token
