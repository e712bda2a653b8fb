"""The secret in a customer's link to one quote: 256 bits that only this installation can make.

It is derived, not stored: HMAC-SHA-256 (RFC 2104) of the quote's id under a key of the installation. The database holds
its SHA-256, so that neither a copy of the database nor a log of its queries opens a quote.
"""

import base64
import hashlib
import hmac
from uuid import UUID

_PURPOSE = b"tembea/public-quote/1"


def public_token(signing_key: bytes, quote_id: UUID) -> str:
    """The token of a quote, 43 characters of base64url. `signing_key` is the installation's own secret."""
    key = hmac.digest(signing_key, _PURPOSE, "sha256")
    return base64.urlsafe_b64encode(hmac.digest(key, quote_id.bytes, "sha256")).rstrip(b"=").decode()


def token_sha256(token: str) -> bytes:
    """What is stored of a token, and what a visitor's token is looked up by."""
    return hashlib.sha256(token.encode()).digest()
