"""What others report about a mail that left, brought to the mail and, where it must be, to the suppression list."""

from uuid import UUID

from tembea import audit
from tembea.kernel.db import Tx
from tembea.notifications import report_store as store
from tembea.notifications.model import DeliveryReport, DeliveryState, ReportedMail, ReportKind, SuppressionReason
from tembea.notifications.suppressions import suppress

_STATES = {
    ReportKind.DEFERRED: DeliveryState.DEFERRED,
    ReportKind.DELIVERED: DeliveryState.DELIVERED,
    ReportKind.BOUNCED: DeliveryState.BOUNCED,
    ReportKind.COMPLAINED: DeliveryState.COMPLAINED,
}
_WEIGHT = {state: weight for weight, state in enumerate(DeliveryState)}


async def take_report(tx: Tx, mail_id: UUID, report: DeliveryReport) -> ReportedMail | None:
    """Note a report, once; returns the mail as it was before, or None where the report was known. Raises `NotFound`.

    Only the address that we wrote to can come onto the suppression list: whatever address a report names, anybody
    could have written it. Reports come in any order; a lesser one never replaces a weightier one.
    """
    mail = await store.lock_reported(tx, mail_id)
    if not await store.insert_report(tx, mail_id, report):
        return None
    state = _STATES.get(report.kind)
    if state is not None and _outweighs(state, mail.delivery_state):
        await store.set_delivery(tx, mail_id, state, report)
    reason = _reason_to_suppress(report)
    if reason is not None:
        await suppress(tx, mail.to_address, reason, report.detail)
    if report.kind.is_bad_news:
        after = {"permanent": report.permanent, "detail": report.detail}
        action = f"mail.{report.kind.value}"
        await audit.record(tx, action, subject_kind="mail", subject_id=str(mail_id), after=after, person_id=mail_id)
    return mail


def _outweighs(state: DeliveryState, known: str | None) -> bool:
    return known is None or _WEIGHT[state] >= _WEIGHT[DeliveryState(known)]


def _reason_to_suppress(report: DeliveryReport) -> SuppressionReason | None:
    if report.kind is ReportKind.BOUNCED:
        return SuppressionReason.BOUNCE if report.permanent else None
    if report.kind is ReportKind.COMPLAINED:
        return SuppressionReason.COMPLAINT
    return SuppressionReason.UNSUBSCRIBE if report.kind is ReportKind.UNSUBSCRIBED else None
