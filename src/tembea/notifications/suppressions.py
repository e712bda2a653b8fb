"""Whom the agency does not write to: addresses that do not exist, and people who asked to be left alone."""

from datetime import UTC, datetime
from uuid import UUID

from tembea import audit
from tembea.kernel.db import Tx
from tembea.kernel.ids import new_id
from tembea.notifications import store, suppression_store
from tembea.notifications.model import AlreadySuppressed, Suppression, SuppressionReason

EVIDENCE_MAX_CHARS = 1_000


async def suppress(tx: Tx, address: str, reason: SuppressionReason, evidence: str) -> Suppression | None:
    """Put an address on the list; None where it stands there already. Audited."""
    entry = Suppression(
        id=new_id(),
        address=address,
        reason=reason.value,
        evidence=evidence[:EVIDENCE_MAX_CHARS],
        created_by=tx.ctx.actor_name,
        created_at=datetime.now(UTC),
    )
    if not await suppression_store.add_suppression(tx, entry):
        return None
    await audit.record(
        tx,
        "mail.suppression_added",
        subject_kind="suppression",
        subject_id=str(entry.id),
        after={"address": address, "reason": reason.value, "evidence": entry.evidence},
        person_id=entry.id,
    )
    return entry


async def suppress_by_hand(tx: Tx, address: str, evidence: str) -> Suppression:
    """Put an address on the list because somebody wants it; raises `AlreadySuppressed`."""
    entry = await suppress(tx, address, SuppressionReason.MANUAL, evidence)
    if entry is None:
        raise AlreadySuppressed(f"{address} is on the list already.")
    return entry


async def lift_suppression(tx: Tx, suppression_id: UUID) -> None:
    """Write to an address again; raises `NotFound`."""
    entry = await suppression_store.get_suppression(tx, suppression_id)
    await suppression_store.delete_suppression(tx, suppression_id)
    await audit.record(
        tx,
        "mail.suppression_lifted",
        subject_kind="suppression",
        subject_id=str(suppression_id),
        before={"address": entry.address, "reason": entry.reason, "evidence": entry.evidence},
        person_id=suppression_id,
    )


async def withhold_suppressed(tx: Tx, mail_id: UUID) -> bool:
    """Whether this mail's recipient is on the list; the mail is then failed, and says why."""
    entry = await suppression_store.find_suppression_of_mail(tx, mail_id)
    if entry is None:
        return False
    why = f"Withheld: {entry.address} is on the suppression list ({entry.reason}, {entry.created_at:%Y-%m-%d})."
    if await store.withhold(tx, mail_id, f"{why} {entry.evidence}".strip()):
        after = {"error": why}
        await audit.record(
            tx, "mail.failed", subject_kind="mail", subject_id=str(mail_id), after=after, person_id=mail_id
        )
    return True
