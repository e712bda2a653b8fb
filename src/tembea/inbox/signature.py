"""SendGrid's signature on its webhooks: ECDSA over the time stamp and the body, checked while the body streams in.

Source: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/
getting-started-event-webhook-security-features (Signed Webhook; P-256, SHA-256, DER in base64).
"""

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tembea.kernel.errors import Unauthorized
from tembea.kernel.replays import check_age

SIGNATURE_HEADER = "x-twilio-email-event-webhook-signature"
TIMESTAMP_HEADER = "x-twilio-email-event-webhook-timestamp"


class WrongSignature(Unauthorized):
    """The request was not signed by the configured key."""

    code = "wrong_signature"
    title = "The signature does not hold"


class SignedBody:
    """A body that is being received; `public_key` is the verification key as SendGrid shows it (base64 of DER)."""

    def __init__(self, public_key: str, *, signature: str, timestamp: str) -> None:
        key = load_der_public_key(base64.b64decode(public_key))
        if not isinstance(key, EllipticCurvePublicKey):
            raise TypeError("SENDGRID_VERIFICATION_KEY must be an elliptic curve public key in base64.")
        self._key = key
        self._signature = signature
        self._timestamp = timestamp
        self._digest = hashlib.sha256(timestamp.encode())

    def feed(self, chunk: bytes) -> None:
        """The next bytes of the body."""
        self._digest.update(chunk)

    def check(self, *, tolerance_s: int) -> bytes:
        """All bytes are here; answers the digest of what was signed. Raises `WrongSignature` or `StaleSignature`."""
        check_age(self._timestamp, tolerance_s=tolerance_s)
        try:
            signature = base64.b64decode(self._signature, validate=True)
            self._key.verify(signature, self._digest.digest(), ECDSA(Prehashed(SHA256())))
        except (InvalidSignature, binascii.Error, ValueError) as error:
            raise WrongSignature("This message was not signed with the key that is configured for it.") from error
        return self._digest.digest()
