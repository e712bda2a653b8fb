"""The undo of outgoing mail over HTTP. It stands here, above quotes and clients, because they change with it."""

from uuid import UUID

from fastapi import APIRouter

from tembea.inbox.undo import undo_mail
from tembea.kernel.web import Staff, TxDep, Wire
from tembea.notifications import MailStatus

router = APIRouter(prefix="/api/v1/mail", tags=["mail"])


class UndoneOut(Wire):
    """A mail that was taken back: discarded, or a draft again."""

    id: UUID
    status: MailStatus
    quote_id: UUID | None
    enquiry_id: UUID | None


@router.post("/{mail_id}/undo")
async def undo(_: Staff, tx: TxDep, mail_id: UUID) -> UndoneOut:
    """Take a held mail back, until it leaves; 409 `too_late_to_undo` afterwards. Its quote is not sent."""
    mail = await undo_mail(tx, mail_id)
    return UndoneOut(id=mail.id, status=MailStatus(mail.status), quote_id=mail.quote_id, enquiry_id=mail.enquiry_id)
