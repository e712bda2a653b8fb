"""What becomes of our mails, brought to the client's timeline."""

from uuid import UUID

from tembea.crm import record_event
from tembea.inbox.notices import DeliveryNotice
from tembea.inbox.store import Arrival
from tembea.kernel.db import Tx
from tembea.notifications import DeliveryReport, ReportedMail, ReportKind, find_mail, take_report

_TITLES = {
    ReportKind.BOUNCED: "A mail to {address} could not be delivered",
    ReportKind.COMPLAINED: "{address} reported our mail as spam",
    ReportKind.UNSUBSCRIBED: "{address} asked for no more mail",
}


async def note_report(tx: Tx, mail_id: UUID, report: DeliveryReport) -> ReportedMail | None:
    """Note a report at its mail, bad news also at the client; None where it was known."""
    mail = await take_report(tx, mail_id, report)
    if mail is None or mail.client_id is None or not report.kind.is_bad_news:
        return mail
    await record_event(
        tx,
        mail.client_id,
        kind=f"mail.{report.kind.value}",
        title=_TITLES[report.kind].format(address=mail.to_address)[:200],
        detail=f"{mail.subject}: {report.detail}" if report.detail else mail.subject,
        link=_link(mail),
    )
    return mail


async def note_notice(tx: Tx, arrival: Arrival, notice: DeliveryNotice) -> ReportedMail | None:
    """Note what a mail server wrote back; None where it speaks of no mail of this agency."""
    mail_id = await find_mail(tx, notice.message_ids)
    if mail_id is None:
        return None
    report = DeliveryReport(
        event_id=f"notice:{arrival.dedupe_key}",
        kind=notice.kind,
        permanent=notice.permanent,
        detail=notice.detail,
        occurred_at=arrival.received_at,
    )
    return await note_report(tx, mail_id, report)


def _link(mail: ReportedMail) -> str:
    if mail.quote_id is not None:
        return f"/quotes/{mail.quote_id}"
    return f"/inbox/{mail.enquiry_id}" if mail.enquiry_id is not None else ""
