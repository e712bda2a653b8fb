"""Keys of access tokens as files: a new one, and the rotation that keeps the old ones believed for a while."""

import base64
import secrets
from dataclasses import dataclass
from pathlib import Path

from tembea.kernel.secret_files import write_secret

# RFC 8410, section 7: the version, the algorithm 1.3.101.112 and the wrapping of a 32-byte Ed25519 seed, in DER.
_ED25519_PKCS8_PREFIX = bytes.fromhex("302e020100300506032b657004220420")

PREVIOUS_KEPT = 2
"""Public keys that stay believed after their private key is gone; a token lives minutes, a rotation is weeks apart."""

_BEGIN = b"-----BEGIN PUBLIC KEY-----"


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The Ed25519 private key (PEM) that signs, and public keys (PEM) that are still believed, newest first."""

    current: bytes
    previous: tuple[bytes, ...] = ()


def new_signing_key() -> str:
    """An Ed25519 private key in PEM form (PKCS #8): 32 random bytes in their envelope.

    Written without a cryptography library, so that the process that only stores it need not load one.
    """
    body = base64.b64encode(_ED25519_PKCS8_PREFIX + secrets.token_bytes(32)).decode()
    return f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"


def split_public_keys(text: bytes) -> tuple[bytes, ...]:
    """The PEM blocks of public keys that stand in `text`, in their order."""
    return tuple(_BEGIN + part for part in text.split(_BEGIN)[1:])


def rotate(private_key: Path, public_keys: Path) -> None:
    """Sign with a new key from now on, and go on believing the ones before.

    The old public key is kept before the new private key is there: a process that reads in between knows both. The old
    private key is gone afterwards.
    """
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    old = load_pem_private_key(private_key.read_bytes(), password=None).public_key()
    old_pem = old.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    kept = split_public_keys(public_keys.read_bytes()) if public_keys.exists() else ()
    write_secret(public_keys, b"".join((old_pem, *kept)[:PREVIOUS_KEPT]).decode())
    write_secret(private_key, new_signing_key())
