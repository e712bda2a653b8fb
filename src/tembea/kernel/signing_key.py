"""A new key for access tokens, without loading a cryptography library into the process that only stores it."""

import base64
import secrets

# RFC 8410, section 7: the version, the algorithm 1.3.101.112 and the wrapping of a 32-byte Ed25519 seed, in DER.
_ED25519_PKCS8_PREFIX = bytes.fromhex("302e020100300506032b657004220420")


def new_signing_key() -> str:
    """An Ed25519 private key in PEM form (PKCS #8): 32 random bytes in their envelope."""
    body = base64.b64encode(_ED25519_PKCS8_PREFIX + secrets.token_bytes(32)).decode()
    return f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"
