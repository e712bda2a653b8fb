"""Access tokens: short-lived JWTs (RFC 7519, typ "at+jwt" of RFC 9068) signed with Ed25519, and their public JWKS.

The algorithm list is fixed here and never taken from a token (RFC 8725, 3.1). `kid` only chooses among the keys that
this installation holds: the one that signs and those that signed before it. A token names its tenant and role; both are
trusted only because the signature, issuer, audience, type and times were checked.
"""

import base64
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from tembea.kernel.context import Role
from tembea.kernel.errors import Unauthorized
from tembea.kernel.signing_key import SigningKeys

ALGORITHM = "EdDSA"
ISSUER = "tembea"
AUDIENCE = "tembea-api"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type, not a secret
CLOCK_SKEW_S = 5
"""How far the clocks of two of our machines may be apart."""

LOOKS_AGAIN_AFTER_S = 2.0
"""How often at most the keys are read anew, so that strangers' key ids cost nothing."""

KEPT_FOR_S = 30.0
"""How long a process may go on signing with a key that was rotated away."""

TOKENS_KEPT = 10_000
"""How many verified tokens a process remembers; checking one anew takes longer than most routes."""

_REQUIRED = ["exp", "nbf", "iat", "iss", "aud", "sub", "role", "sid"]


@dataclass(frozen=True, slots=True)
class Claims:
    """Who a verified token speaks for. `tenant_key` and `tenant` (the slug) are None for an operator."""

    user_id: UUID
    name: str
    role: Role
    session_id: UUID
    tenant_key: UUID | None
    tenant: str | None


@dataclass(frozen=True, slots=True)
class _Verified:
    """A token that was checked: until when it holds (seconds since 1970), and under which key."""

    claims: Claims
    key_id: str
    ends_at: float


class _KeyRing:
    """The keys, parsed: one that signs and all that verify, by their id."""

    def __init__(self, keys: SigningKeys) -> None:
        private = load_pem_private_key(keys.current, password=None)
        if not isinstance(private, Ed25519PrivateKey):
            raise TypeError("The signing key must be an Ed25519 private key in PEM form.")
        self.private = private
        self.key_id = key_id_of(private.public_key())
        self.public = {self.key_id: private.public_key()}
        for pem in keys.previous:
            key = load_pem_public_key(pem)
            if not isinstance(key, Ed25519PublicKey):
                raise TypeError("Verification keys must be Ed25519 public keys in PEM form.")
            self.public.setdefault(key_id_of(key), key)


class TokenSigner:
    """Signs and verifies access tokens. `lifetime_s` is seconds until a token expires.

    `load` answers the keys as they are now; a rotation is noticed without a restart. Raises TypeError or ValueError
    where the first answer holds no Ed25519 key.
    """

    def __init__(
        self, load: Callable[[], SigningKeys], *, lifetime_s: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._load = load
        self._clock = clock
        self._ring = _KeyRing(load())
        self._read_at = clock()
        self._verified: OrderedDict[str, _Verified] = OrderedDict()
        self.lifetime_s = lifetime_s

    @property
    def key_ids(self) -> list[str]:
        """The ids of all keys that are believed, the one that signs first."""
        return list(self._ring.public)

    def sign(self, claims: Claims) -> str:
        """A token for `claims`, valid from now for `lifetime_s`."""
        self._read_again(after_s=KEPT_FOR_S)
        now = int(time.time())
        payload: dict[str, object] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "nbf": now,
            "exp": now + self.lifetime_s,
            "sub": str(claims.user_id),
            "name": claims.name,
            "role": claims.role.value,
            "sid": str(claims.session_id),
            "tenant_id": claims.tenant,
            "tenant_key": str(claims.tenant_key) if claims.tenant_key else None,
        }
        headers = {"kid": self._ring.key_id, "typ": TOKEN_TYPE}
        return jwt.encode(payload, self._ring.private, algorithm=ALGORITHM, headers=headers)

    def verify(self, token: str) -> Claims:
        """The claims of a token that holds in every respect; raises `Unauthorized` otherwise, without saying why.

        A token that held once holds until it expires or its key is believed no more, so that it is checked once.
        """
        known = self._verified.get(token)
        if known is not None and known.key_id in self._ring.public and time.time() < known.ends_at:
            return known.claims
        found = self._check(token)
        self._verified[token] = found
        while len(self._verified) > TOKENS_KEPT:
            self._verified.popitem(last=False)
        return found.claims

    def _check(self, token: str) -> "_Verified":
        try:
            header = jwt.get_unverified_header(token)
            if header.get("typ") != TOKEN_TYPE or header.get("alg") != ALGORITHM or "crit" in header:
                raise Unauthorized(_EXPIRED)
            key_id = str(header["kid"])
            payload: dict[str, object] = jwt.decode(
                token,
                self._public_key(key_id),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                leeway=CLOCK_SKEW_S,
                options={"require": _REQUIRED, "strict_aud": True},
            )
            return _Verified(_claims(payload), key_id, float(str(payload["exp"])) + CLOCK_SKEW_S)
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
            raise Unauthorized(_EXPIRED) from error

    def jwks(self) -> dict[str, object]:
        """The public key set (RFC 7517, RFC 8037): the key that signs first, then those before it."""
        self._read_again(after_s=LOOKS_AGAIN_AFTER_S)
        common = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": ALGORITHM}
        return {
            "keys": [{**common, "kid": name, "x": _base64url(_raw(key))} for name, key in self._ring.public.items()]
        }

    def _public_key(self, key_id: str) -> Ed25519PublicKey:
        if key_id not in self._ring.public:
            self._read_again(after_s=LOOKS_AGAIN_AFTER_S)
        return self._ring.public[key_id]

    def _read_again(self, *, after_s: float) -> None:
        """Take up rotated keys; what cannot be read leaves those that work."""
        if self._clock() - self._read_at < after_s:
            return
        self._read_at = self._clock()
        try:
            self._ring = _KeyRing(self._load())
        except (ValueError, TypeError, OSError):
            return


def key_id_of(key: Ed25519PublicKey) -> str:
    """The id under which a public key stands in the JWKS: a digest, so that it is the same everywhere."""
    return _base64url(hashlib.sha256(_raw(key)).digest()[:12])


_EXPIRED = "Your session has ended. Please sign in again."


def expiry_of(verified_token: str) -> float | None:
    """When a token ends, in seconds since 1970; None for what is no JWT. For a token that was verified already."""
    try:
        payload = jwt.decode(verified_token, options={"verify_signature": False})
        return float(payload["exp"])
    except (jwt.PyJWTError, KeyError, ValueError, TypeError):
        return None


def _claims(payload: dict[str, object]) -> Claims:
    tenant_key = payload["tenant_key"]
    tenant = payload["tenant_id"]
    role = Role(str(payload["role"]))
    if role not in (Role.ADMIN, Role.CONSULTANT, Role.OPERATOR):
        raise ValueError("no person has this role")
    if (tenant_key is None) != (role is Role.OPERATOR):
        raise ValueError("an operator has no tenant, and everybody else has one")
    return Claims(
        user_id=UUID(str(payload["sub"])),
        name=str(payload["name"]),
        role=role,
        session_id=UUID(str(payload["sid"])),
        tenant_key=UUID(str(tenant_key)) if tenant_key else None,
        tenant=str(tenant) if tenant else None,
    )


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
