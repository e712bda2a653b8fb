"""Signing in with a second factor."""

import time

import pytest
from httpx import Response
from pyotp.totp import TOTP

from tembea.kernel.secret_box import SecretBox
from tests.app_fixtures import PASSWORD, Agency, Platform, agency_config

FACTOR = "/api/v1/auth/second-factor"


def code_at(secret: str, steps: int = 0) -> str:
    """The code of the present time step, or of one so many steps away."""
    return TOTP(secret).at(int(time.time()) + steps * 30)


async def login(platform: Platform, email: str, **more: object) -> Response:
    return await platform.anonymous.post("/api/v1/auth/login", json={"email": email, "password": PASSWORD, **more})


async def turned_on(agency: Agency) -> tuple[str, list[str]]:
    """The admin's secret and recovery codes; the code of the step before is used up by it."""
    begun = (await agency.admin.post(f"{FACTOR}/enrol")).json()
    confirmed = await agency.admin.post(f"{FACTOR}/confirm", json={"code": code_at(begun["secret"], -1)})
    assert confirmed.status_code == 200, confirmed.text
    return begun["secret"], confirmed.json()["recovery_codes"]


async def test_it_counts_only_once_a_code_was_confirmed(platform: Platform, agency: Agency) -> None:
    begun = (await agency.admin.post(f"{FACTOR}/enrol")).json()
    wrong = await agency.admin.post(f"{FACTOR}/confirm", json={"code": "000000"})

    assert begun["qr_svg"].startswith("<svg xmlns=")
    assert begun["uri"].startswith("otpauth://totp/")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_code")
    assert (await agency.admin.get(FACTOR)).json()["enabled"] is False
    assert (await login(platform, agency.users["admin"])).status_code == 200


async def test_signing_in_then_wants_a_code_and_each_counts_once(platform: Platform, agency: Agency) -> None:
    secret = (await agency.admin.post(f"{FACTOR}/enrol")).json()["secret"]
    confirmed = await agency.admin.post(f"{FACTOR}/confirm", json={"code": (used := code_at(secret))})
    admin = agency.users["admin"]

    without = await login(platform, admin)
    used_before = await login(platform, admin, code=used)
    # The next step's: it counts whether or not a step ended since the first one.
    right = await login(platform, admin, code=(following := code_at(secret, 1)))
    again = await login(platform, admin, code=following)

    assert confirmed.status_code == 200
    assert (without.status_code, without.json()["code"]) == (401, "second_factor_code_required")
    assert used_before.json()["code"] == "invalid_code"
    assert right.status_code == 200
    assert (again.status_code, again.json()["code"]) == (401, "invalid_code")


async def test_a_wrong_password_never_gets_as_far_as_the_code(platform: Platform, agency: Agency) -> None:
    secret, _ = await turned_on(agency)
    answer = await login(platform, agency.users["admin"], password="not it", code=code_at(secret))
    assert answer.json()["code"] == "invalid_credentials"


async def test_a_recovery_code_signs_in_once(platform: Platform, agency: Agency) -> None:
    _, codes = await turned_on(agency)
    first = await login(platform, agency.users["admin"], code=codes[0].upper())
    again = await login(platform, agency.users["admin"], code=codes[0])

    assert (first.status_code, again.status_code) == (200, 401)
    assert (await agency.admin.get(FACTOR)).json() == {"enabled": True, "required": False, "recovery_codes_left": 9}


async def test_secrets_stand_encrypted_and_codes_hashed_in_the_database(platform: Platform, agency: Agency) -> None:
    secret, codes = await turned_on(agency)
    async with platform.db.read(agency.ctx) as read:
        factors = await read.rows("select secret from second_factors where tenant_id = %s", [agency.key.tenant_id])
        hashes = await read.rows("select code_hash from recovery_codes where tenant_id = %s", [agency.key.tenant_id])
    assert secret not in str(factors)
    assert len(hashes) == len(codes) == 10
    assert not any(code in str(hashes) for code in codes)


def test_a_sealed_secret_opens_for_its_owner_and_with_its_key_alone() -> None:
    box = SecretBox(b"one installation")
    sealed = box.seal("secret", owner="ann")
    assert box.open(sealed, owner="ann") == "secret"
    assert box.open(sealed, owner="ben") is None
    assert SecretBox(b"another installation").open(sealed, owner="ann") is None
    assert box.open("what is this", owner="ann") is None


async def test_turning_it_off_wants_a_code(platform: Platform, agency: Agency) -> None:
    secret, codes = await turned_on(agency)
    wrong = await agency.admin.post(f"{FACTOR}/disable", json={"code": "123456x"})
    right = await agency.admin.post(f"{FACTOR}/disable", json={"code": code_at(secret)})
    assert (wrong.status_code, right.status_code) == (401, 204)
    assert (await login(platform, agency.users["admin"])).status_code == 200
    assert (await agency.admin.post(f"{FACTOR}/recovery-codes", json={"code": codes[1]})).status_code == 401


async def test_a_second_phone_needs_the_first_to_be_turned_off(agency: Agency) -> None:
    await turned_on(agency)
    answer = await agency.admin.post(f"{FACTOR}/enrol")
    assert (answer.status_code, answer.json()["code"]) == (409, "second_factor_on")


async def test_an_agency_may_ask_everybody_for_one(platform: Platform) -> None:
    config = agency_config("strict-travel")
    strict = config.model_copy(update={"security": config.security.model_copy(update={"require_second_factor": True})})
    agency = await platform.new_agency("strict-travel", strict)

    before = await agency.admin.get("/api/v1/quotes")
    state = await agency.admin.get(FACTOR)
    await turned_on(agency)

    assert (before.status_code, before.json()["code"]) == (403, "second_factor_required")
    assert state.json()["required"] is True
    until = time.monotonic() + 15
    while (after := await agency.admin.get("/api/v1/quotes")).status_code == 403 and time.monotonic() < until:
        pass
    assert after.status_code == 200


@pytest.mark.parametrize("code", ["", "12345", "é" * 6, "1" * 41, "١٢٣٤٥٦"])
async def test_odd_codes_are_refused_and_break_nothing(platform: Platform, agency: Agency, code: str) -> None:
    await turned_on(agency)
    answer = await login(platform, agency.users["admin"], code=code)
    assert answer.status_code in (401, 422)
