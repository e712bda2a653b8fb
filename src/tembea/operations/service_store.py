"""Asks `measure_service`, the look-up function that counts over all agencies and shows no row of them."""

from tembea.kernel.db import Read
from tembea.operations.service_model import MailFigures


async def get_mail_figures(read: Read) -> MailFigures:
    """Waiting and answered mail of all agencies."""
    return await read.get(
        MailFigures,
        "select oldest_unprocessed_mail_s, quotes, p50_s, p95_s, mails_failed from measure_service()",
    )
