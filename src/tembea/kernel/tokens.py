"""Access tokens: short-lived JWTs (RFC 7519, typ "at+jwt" of RFC 9068) signed with Ed25519, and their public JWKS.

The algorithm list is fixed here and never taken from a token. A token names its tenant and role; both are trusted only
because the signature, issuer, audience, type and expiry were checked.
"""

import base64
import hashlib
import time
from dataclasses import dataclass
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from tembea.kernel.context import Role
from tembea.kernel.errors import Unauthorized

ALGORITHM = "EdDSA"
ISSUER = "tembea"
AUDIENCE = "tembea-api"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - a media type, not a secret
_REQUIRED = ["exp", "iat", "iss", "aud", "sub", "role", "sid"]


@dataclass(frozen=True, slots=True)
class Claims:
    """Who a verified token speaks for. `tenant_key` and `tenant` (the slug) are None for an operator."""

    user_id: UUID
    name: str
    role: Role
    session_id: UUID
    tenant_key: UUID | None
    tenant: str | None


class TokenSigner:
    """Signs and verifies access tokens with one Ed25519 key. `lifetime_s` is seconds until a token expires."""

    def __init__(self, private_key_pem: bytes, *, lifetime_s: int) -> None:
        key = load_pem_private_key(private_key_pem, password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError("The signing key must be an Ed25519 private key in PEM form.")
        self._private = key
        self._public = key.public_key()
        self._x = self._public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key_id = _base64url(hashlib.sha256(self._x).digest()[:12])
        self.lifetime_s = lifetime_s

    def sign(self, claims: Claims) -> str:
        """A token for `claims`, valid from now for `lifetime_s`."""
        now = int(time.time())
        payload: dict[str, object] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + self.lifetime_s,
            "sub": str(claims.user_id),
            "name": claims.name,
            "role": claims.role.value,
            "sid": str(claims.session_id),
            "tenant_id": claims.tenant,
            "tenant_key": str(claims.tenant_key) if claims.tenant_key else None,
        }
        return jwt.encode(payload, self._private, algorithm=ALGORITHM, headers={"kid": self.key_id, "typ": TOKEN_TYPE})

    def verify(self, token: str) -> Claims:
        """The claims of a token that holds in every respect; raises `Unauthorized` otherwise, without saying why."""
        try:
            decoded = jwt.decode_complete(
                token,
                self._public,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                options={"require": _REQUIRED},
            )
            if decoded["header"].get("typ") != TOKEN_TYPE:
                raise Unauthorized(_EXPIRED)
            return _claims(decoded["payload"])
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
            raise Unauthorized(_EXPIRED) from error

    def jwks(self) -> dict[str, object]:
        """The public key set (RFC 7517, RFC 8037)."""
        key = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": ALGORITHM, "kid": self.key_id}
        return {"keys": [{**key, "x": _base64url(self._x)}]}


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


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
