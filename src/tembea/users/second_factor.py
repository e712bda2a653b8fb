"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and ten recovery codes for when the phone is gone.

The app's secret is encrypted at rest and bound to its person; recovery codes are hashes. Every code counts once: a time
step that was used, or one before it, is never taken again.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from uuid import UUID

from pyotp.totp import TOTP

from tembea.audit import record
from tembea.kernel.db import Read, Tx
from tembea.kernel.errors import Conflict
from tembea.kernel.secret_box import SecretBox
from tembea.users import factor_store
from tembea.users.model import InvalidCode

STEP_S = 30
STEPS_EITHER_SIDE = 1
"""How many steps a phone's clock may be off (RFC 6238, 5.2)."""

RECOVERY_CODES = 10


class AlreadyOn(Conflict):
    """The account has a second factor."""

    code = "second_factor_on"
    title = "Your second factor is on already"

    def __init__(self) -> None:
        super().__init__("Turn it off first if you want to set up another phone.")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app needs: the secret in base32, and the same as an address that a QR code carries."""

    secret: str
    uri: str


async def is_on(read: Read, user_id: UUID) -> bool:
    """Whether signing in asks this person for a code."""
    factor = await factor_store.find_factor(read, user_id)
    return factor is not None and factor.confirmed


async def enrol(tx: Tx, box: SecretBox, user_id: UUID, *, email: str, issuer: str) -> Enrolment:
    """Begin with a new secret, which counts once `confirm` has seen a code of it; raises `AlreadyOn`."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    if not await factor_store.save_unconfirmed(tx, user_id, box.seal(secret, owner=_owner(tx, user_id))):
        raise AlreadyOn
    return Enrolment(secret, TOTP(secret).provisioning_uri(name=email, issuer_name=issuer))


async def confirm(tx: Tx, box: SecretBox, user_id: UUID, code: str) -> list[str]:
    """Turn the second factor on; answers the recovery codes, which are shown this once. Raises `InvalidCode`."""
    factor = await factor_store.lock_factor(tx, user_id)
    if factor is None:
        raise InvalidCode
    if factor.confirmed:
        raise AlreadyOn
    if not await _use_app_code(tx, box, user_id, factor, code):
        raise InvalidCode
    await factor_store.mark_confirmed(tx, user_id)
    await record(tx, "second_factor.on", subject_kind="user", subject_id=str(user_id))
    return await _new_recovery_codes(tx, user_id)


async def use_code(tx: Tx, box: SecretBox, user_id: UUID, code: str) -> bool:
    """Whether a code of the app or a recovery code is right; either is used up by it."""
    factor = await factor_store.lock_factor(tx, user_id)
    if factor is None or not factor.confirmed:
        return False
    if await _use_app_code(tx, box, user_id, factor, code):
        return True
    if await factor_store.use_recovery_code(tx, user_id, _hash(code)):
        await record(tx, "second_factor.recovered", subject_kind="user", subject_id=str(user_id))
        return True
    return False


async def renew_recovery_codes(tx: Tx, box: SecretBox, user_id: UUID, code: str) -> list[str]:
    """Ten new recovery codes instead of those before; raises `InvalidCode`."""
    if not await use_code(tx, box, user_id, code):
        raise InvalidCode
    return await _new_recovery_codes(tx, user_id)


async def turn_off(tx: Tx, box: SecretBox, user_id: UUID, code: str) -> None:
    """Sign in without a code from now on; raises `InvalidCode`."""
    if not await use_code(tx, box, user_id, code):
        raise InvalidCode
    await remove(tx, user_id)


async def remove(tx: Tx, user_id: UUID) -> None:
    """Take the second factor off an account, as an administrator does for somebody who lost phone and codes."""
    if await factor_store.delete_factor(tx, user_id):
        await record(tx, "second_factor.off", subject_kind="user", subject_id=str(user_id))


async def _use_app_code(tx: Tx, box: SecretBox, user_id: UUID, factor: factor_store.Factor, code: str) -> bool:
    secret = box.open(factor.secret, owner=_owner(tx, user_id))
    step = None if secret is None else _matching_step(secret, code)
    return step is not None and await factor_store.use_step(tx, user_id, step)


def _matching_step(secret: str, code: str) -> int | None:
    digits = "".join(code.split())
    if len(digits) != 6 or not digits.isascii():
        return None
    totp, now = TOTP(secret), int(time.time()) // STEP_S
    steps = range(now - STEPS_EITHER_SIDE, now + STEPS_EITHER_SIDE + 1)
    return next((step for step in steps if hmac.compare_digest(totp.at(step * STEP_S), digits)), None)


async def _new_recovery_codes(tx: Tx, user_id: UUID) -> list[str]:
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    await factor_store.replace_recovery_codes(tx, user_id, [_hash(code) for code in codes])
    return [f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" for code in codes]


def _hash(code: str) -> bytes:
    """80 random bits: a plain SHA-256 is enough. Hyphens, blanks and letter case do not matter."""
    return hashlib.sha256("".join(code.lower().replace("-", " ").split()).encode()).digest()


def _owner(read: Read, user_id: UUID) -> str:
    return f"{read.ctx.tenant_uuid}/{user_id}"
