"""The promise of service over HTTP, for operators: figures over all agencies, nobody's content."""

from fastapi import APIRouter

from tembea.kernel.web import Operator, ReadDep, Wire
from tembea.operations.service_model import Service
from tembea.operations.service_service import get_service

router = APIRouter(prefix="/api/v1/operator/service", tags=["operator"])


class MailToQuoteOut(Wire):
    """From mail to quote in the last hour; percentiles are null without a quote."""

    count: int
    p50_s: float | None
    p95_s: float | None


class ServiceOut(Wire):
    """The figures. `oldest_unprocessed_mail_s` is null while no mail waits; `mails_failed` are those of a day."""

    oldest_unprocessed_mail_s: float | None
    mail_to_quote: MailToQuoteOut
    dead_letters: int
    jobs_waiting: int
    mails_failed: int

    @classmethod
    def of(cls, service: Service) -> "ServiceOut":
        """The wire form of the figures."""
        mail = service.mail
        return cls(
            oldest_unprocessed_mail_s=mail.oldest_unprocessed_mail_s,
            mail_to_quote=MailToQuoteOut(count=mail.quotes, p50_s=mail.p50_s, p95_s=mail.p95_s),
            dead_letters=service.dead_letters,
            jobs_waiting=service.jobs_waiting,
            mails_failed=mail.mails_failed,
        )


@router.get("")
async def read_service(_: Operator, read: ReadDep) -> ServiceOut:
    """How long mail waits, how soon it becomes a quote, and what was given up."""
    return ServiceOut.of(await get_service(read))
