"""Keeps small secrets encrypted in the database: what a copy of it alone cannot open."""

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken

_PURPOSE = b"tembea/secret-box/1"


class SecretBox:
    """Seals and opens texts with a key derived from a secret (Fernet: AES-128-CBC with HMAC-SHA-256).

    What is sealed is bound to its `owner`: moved to another row, it does not open.
    """

    def __init__(self, secret: bytes) -> None:
        key = hmac.digest(secret, _PURPOSE, "sha256")
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str, *, owner: str) -> str:
        """The text, encrypted."""
        return self._fernet.encrypt(f"{owner}\n{text}".encode()).decode()

    def open(self, sealed: str, *, owner: str) -> str | None:
        """The text, or None where it was sealed with another secret, or for another owner."""
        try:
            found_owner, _, text = self._fernet.decrypt(sealed.encode()).decode().partition("\n")
        except InvalidToken:
            return None
        return text if hmac.compare_digest(found_owner.encode(), owner.encode()) else None
