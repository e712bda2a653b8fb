"""Forged, foreign and worn-out access tokens, and what is taken from somebody while theirs still runs."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import LiteralString, cast

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from httpx import AsyncClient

from tembea.kernel.context import Role
from tembea.kernel.errors import Unauthorized
from tembea.kernel.ids import new_id
from tembea.kernel.signing_key import SigningKeys, new_signing_key, split_public_keys
from tembea.kernel.tokens import CLOCK_SKEW_S, Claims, TokenSigner
from tests.app_fixtures import PASSWORD, Agency, Platform

ME = "/api/v1/auth/me"
EVERYWHERE_WITHIN_S = 5 * 3  # five seconds are promised; the machine may be busy


def bearer(client: AsyncClient) -> str:
    return client.headers["Authorization"].removeprefix("Bearer ")


def encode(part: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


@pytest.fixture
def forge(platform: Platform, agency: Agency) -> Callable[..., str]:
    """A token like the admin's, signed with our own key, with what the test changes about it."""
    token = bearer(agency.admin)
    header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    ours = load_pem_private_key(platform.settings.signing_key_pem, password=None)
    assert isinstance(ours, Ed25519PrivateKey)

    def make(
        *, key: Ed25519PrivateKey = ours, without: str = "", head: dict[str, object] | None = None, **changed: object
    ) -> str:
        payload = {name: value for name, value in {**claims, **changed}.items() if name != without}
        return jwt.encode(payload, key, algorithm="EdDSA", headers={**header, **(head or {})})

    return make


async def test_what_is_signed_by_us_and_whole_is_believed(platform: Platform, forge: Callable[..., str]) -> None:
    """Without this the refusals below would prove nothing."""
    assert (await platform.client(forge()).get(ME)).status_code == 200


def bad_claims() -> Iterator[object]:
    now = int(time.time())
    yield pytest.param({"exp": now - 60}, id="expired")
    yield pytest.param({"nbf": now + 86_400}, id="not yet")  # the suite may come to it in an hour
    yield pytest.param({"aud": "another-api"}, id="foreign audience")
    yield pytest.param({"aud": ["tembea-api", "another-api"]}, id="audience among others")
    yield pytest.param({"iss": "somebody"}, id="foreign issuer")
    yield pytest.param({"role": "system"}, id="a role that nobody has")
    yield pytest.param({"role": "operator"}, id="an operator in a tenant")
    yield pytest.param({"tenant_key": None}, id="no tenant")
    yield pytest.param({"sid": "x"}, id="no session id")
    for name in ("exp", "nbf", "iat", "iss", "aud", "sub", "role", "sid"):
        yield pytest.param({"without": name}, id=f"without {name}")
    yield pytest.param({"head": {"typ": "JWT"}}, id="another type of token")
    yield pytest.param({"head": {"crit": ["x"], "x": 1}}, id="a critical extension")
    for kid in ("", "../../etc/passwd", "' or 1=1 --", "x" * 5000):
        yield pytest.param({"head": {"kid": kid}}, id=f"key id {kid[:12]!r}")


@pytest.mark.parametrize("changed", list(bad_claims()))
async def test_a_token_that_is_wrong_in_one_thing_is_refused(
    platform: Platform, forge: Callable[..., str], changed: dict[str, object]
) -> None:
    answer = await platform.client(forge(**changed)).get(ME)
    assert answer.status_code == 401, answer.text
    assert answer.json()["code"] == "unauthorized"


async def test_no_algorithm_but_ours_is_believed(platform: Platform, agency: Agency) -> None:
    """`none`, and HMAC with the public key as its secret (CVE-2015-9235)."""
    token = bearer(agency.admin)
    claims = jwt.decode(token, options={"verify_signature": False})
    key_id = jwt.get_unverified_header(token)["kid"]
    jwks = (await platform.anonymous.get("/.well-known/jwks.json")).json()["keys"][0]
    private = load_pem_private_key(platform.settings.signing_key_pem, password=None)
    assert isinstance(private, Ed25519PrivateKey)
    pem = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    for algorithm in ("none", "None", "HS256", "HS512", "ES256", "RS256"):
        for secret in (b"", pem, raw, jwks["x"].encode()):
            head = encode({"alg": algorithm, "typ": "at+jwt", "kid": key_id}) + "." + encode(claims)
            digest = hmac.digest(secret or b"0", head.encode(), hashlib.sha256)
            signature = "" if not secret else base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            assert (await platform.client(f"{head}.{signature}").get(ME)).status_code == 401, algorithm


async def test_a_key_that_the_token_brings_along_is_not_believed(platform: Platform, forge: Callable[..., str]) -> None:
    own = Ed25519PrivateKey.generate()
    x = base64.urlsafe_b64encode(own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).rstrip(b"=").decode()
    jwk: dict[str, object] = {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "mine"}
    for head in ({}, {"jwk": jwk, "kid": "mine"}, {"jku": "https://evil.example/keys", "kid": "mine"}):
        assert (await platform.client(forge(key=own, head=head)).get(ME)).status_code == 401


async def test_two_tokens_in_one_request_are_none(platform: Platform, agency: Agency) -> None:
    given = agency.admin.headers["Authorization"]
    answer = await platform.anonymous.get(ME, headers=[("Authorization", given), ("Authorization", given)])
    assert answer.status_code == 401


async def test_a_token_that_was_believed_is_not_believed_once_it_ends(
    platform: Platform, forge: Callable[..., str]
) -> None:
    ends_at = time.time() + 3
    client = platform.client(forge(exp=int(ends_at) - CLOCK_SKEW_S))
    assert (await client.get(ME)).status_code == 200

    await asyncio.sleep(ends_at - time.time() + 0.1)

    assert (await client.get(ME)).status_code == 401


def test_a_token_that_was_believed_is_not_believed_once_its_key_is_gone() -> None:
    keys, now = [SigningKeys(new_signing_key().encode())], [0.0]
    signer = TokenSigner(lambda: keys[0], lifetime_s=600, clock=lambda: now[0])
    token = signer.sign(_claims())
    assert signer.verify(token) == signer.verify(token)

    keys[0] = SigningKeys(new_signing_key().encode())
    now[0] = 60
    signer.sign(_claims())

    with pytest.raises(Unauthorized):
        signer.verify(token)


def test_after_a_rotation_both_keys_are_believed_and_the_new_one_signs() -> None:
    old, new = new_signing_key().encode(), new_signing_key().encode()
    now = [0.0]
    keys = [SigningKeys(old)]
    signer = TokenSigner(lambda: keys[0], lifetime_s=600, clock=lambda: now[0])
    elsewhere = TokenSigner(lambda: keys[0], lifetime_s=600, clock=lambda: now[0])
    claims = _claims()
    before = signer.sign(claims)

    keys[0] = SigningKeys(new, (_public(old),))
    now[0] = 60
    after = signer.sign(claims)

    assert jwt.get_unverified_header(before)["kid"] != jwt.get_unverified_header(after)["kid"]
    for one in (signer, elsewhere):  # the other process meets a key id that it does not know, and looks again
        assert one.verify(before) == one.verify(after) == claims
    assert [key["kid"] for key in _keys(elsewhere)] == [jwt.get_unverified_header(t)["kid"] for t in (after, before)]

    keys[0] = SigningKeys(new)
    now[0] = 120
    signer.sign(claims)
    with pytest.raises(Unauthorized):
        signer.verify(before)


def test_public_keys_are_read_one_after_the_other() -> None:
    keys = [_public(new_signing_key().encode()) for _ in range(3)]
    assert split_public_keys(b"# ours\n" + b"".join(keys)) == tuple(keys)


def _claims() -> Claims:
    return Claims(new_id(), "Ann", Role.ADMIN, new_id(), new_id(), "agency")


def _public(pem: bytes) -> bytes:
    private = load_pem_private_key(pem, password=None)
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _keys(signer: TokenSigner) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", signer.jwks()["keys"])


async def refused_soon(client: AsyncClient, url: str = ME) -> bool:
    """Whether the bearer stops working within the promise; asked all the time, so that answers are cached."""
    until = time.monotonic() + EVERYWHERE_WITHIN_S
    while time.monotonic() < until:
        if (await client.get(url)).status_code == 401:
            return True
    return False


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("update users set active = false where tenant_id = %s", id="deactivated"),
        pytest.param("update users set role = 'consultant' where tenant_id = %s and role = 'admin'", id="demoted"),
        pytest.param("update tenants set status = 'suspended' where id = %s", id="agency suspended"),
        pytest.param("update sessions set revoked_at = now() where tenant_id = %s", id="session ended"),
    ],
)
async def test_what_is_taken_from_somebody_is_gone_within_seconds(
    platform: Platform, agency: Agency, statement: LiteralString
) -> None:
    assert (await agency.admin.get(ME)).status_code == 200
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute(statement, [agency.key.tenant_id])
    assert await refused_soon(agency.admin)


async def test_changing_the_password_signs_out_everywhere_else(platform: Platform, agency: Agency) -> None:
    elsewhere = await platform.signed_in(agency.users["admin"])
    assert (await elsewhere.get(ME)).status_code == 200
    wanted = "a new one that nobody knows"
    change = "/api/v1/auth/password/change"

    wrong = await agency.admin.post(change, json={"current_password": "not it", "password": wanted})
    weak = await agency.admin.post(change, json={"current_password": PASSWORD, "password": "short"})
    changed = await agency.admin.post(change, json={"current_password": PASSWORD, "password": wanted})

    assert (wrong.status_code, weak.status_code, changed.status_code) == (401, 422, 204)
    assert weak.json()["errors"][0]["loc"] == "body.password"
    assert await refused_soon(elsewhere)
    assert (await agency.admin.get(ME)).status_code == 200
    login = {"email": agency.users["admin"], "password": wanted}
    assert (await platform.anonymous.post("/api/v1/auth/login", json=login)).status_code == 200


async def test_a_person_sees_their_sessions_and_ends_one(platform: Platform, agency: Agency) -> None:
    elsewhere = await platform.signed_in(agency.users["admin"])
    theirs = (await agency.consultant.get("/api/v1/auth/sessions")).json()["items"][0]["id"]

    listed = (await agency.admin.get("/api/v1/auth/sessions")).json()["items"]
    (other,) = [one for one in listed if not one["current"]]
    foreign = await agency.admin.delete(f"/api/v1/auth/sessions/{theirs}")
    ended = await agency.admin.delete(f"/api/v1/auth/sessions/{other['id']}")

    assert len(listed) == 2
    assert (foreign.status_code, ended.status_code) == (404, 204)
    assert await refused_soon(elsewhere)
    assert (await agency.admin.get(f"/api/v1/auth/sessions/{other['id']}")).status_code == 404


async def test_ending_the_others_keeps_the_own_session(platform: Platform, agency: Agency) -> None:
    elsewhere = await platform.signed_in(agency.users["admin"])
    assert (await agency.admin.delete("/api/v1/auth/sessions")).status_code == 204
    assert await refused_soon(elsewhere)
    assert (await agency.admin.get(ME)).status_code == 200
