"""DKIM: a signature by which a receiver can tell that a domain vouches for a mail (RFC 6376).

It is put on when a mail is handed over, not when it is stored: the stored bytes stay what was composed, and a key can
change in between. Keys are RSA; an Ed25519 signature alone is still ignored by large receivers (RFC 8463).
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import dkim

_PROBE = b"From: probe@tembea.invalid\r\n\r\n"


@dataclass(frozen=True, slots=True)
class DkimSigner:
    """Signs for `domain` with the private key whose public half stands in the DNS under `selector`."""

    selector: str
    domain: str
    key: bytes = field(repr=False)

    @classmethod
    def load(cls, path: Path, *, selector: str, domain: str) -> Self:
        """The signer with the key in a file; raises ValueError for one that cannot sign."""
        try:
            signer = cls(selector, domain, path.read_bytes())
            signer.sign(_PROBE)
        except OSError as error:
            raise ValueError(f"TEMBEA_DKIM_KEY_FILE: {path} cannot be read ({error.strerror}).") from error
        except dkim.DKIMException as error:
            raise ValueError(f"TEMBEA_DKIM_KEY_FILE: {path} holds no RSA private key in PEM.") from error
        return signer

    def sign(self, raw: bytes) -> bytes:
        """The message with its signature on top. It takes milliseconds of processor."""
        signature = dkim.sign(
            raw,
            self.selector.encode("ascii"),
            self.domain.encode("ascii"),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
        )
        return signature + raw
