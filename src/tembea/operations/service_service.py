"""How the promise of service stands: asked by operators, and told to Prometheus by the worker."""

import asyncio

import psycopg
import structlog
from prometheus_client import Gauge

from tembea.kernel.context import platform_context
from tembea.kernel.db import DatabaseUnavailable, Db, Read
from tembea.kernel.telemetry.metrics import MEASURED
from tembea.operations import jobs_store, service_store
from tembea.operations.service_model import Service

MEASURE_INTERVAL_S = 15.0

OLDEST_MAIL = Gauge(
    "tembea_mail_oldest_unprocessed_seconds",
    "Since when the oldest mail waits to be read; 0 if none",
    registry=MEASURED,
)
MAIL_TO_QUOTE = Gauge(
    "tembea_mail_to_quote_seconds",
    "From mail to quote, for the quotes of the last hour that no person touched",
    ["q"],
    registry=MEASURED,
)
QUOTES = Gauge("tembea_mail_to_quote_count", "Quotes that tembea_mail_to_quote_seconds is made of", registry=MEASURED)
MAILS_FAILED = Gauge("tembea_mail_failed", "Mails of the last day that could not be delivered", registry=MEASURED)
DEAD_LETTERS = Gauge("tembea_dead_letters", "Jobs of every kind that used up their attempts", registry=MEASURED)

log = structlog.stdlib.get_logger("tembea.service")


async def get_service(read: Read) -> Service:
    """The figures as they are now."""
    jobs = await jobs_store.count_all(read)
    return Service(await service_store.get_mail_figures(read), dead_letters=jobs.dead, jobs_waiting=jobs.waiting)


async def keep_measuring(db: Db) -> None:
    """Tell Prometheus the figures again and again, until cancelled. A database that is away is asked again later."""
    while True:
        try:
            async with db.read(platform_context()) as read:
                publish(await get_service(read))
        except (DatabaseUnavailable, psycopg.Error):
            log.warning("service_not_measured", exc_info=True)
        await asyncio.sleep(MEASURE_INTERVAL_S)


def publish(service: Service) -> None:
    """Set the gauges. Without a quote in the hour there is no percentile: an old one would keep an alert alive."""
    OLDEST_MAIL.set(service.mail.oldest_unprocessed_mail_s or 0.0)
    MAIL_TO_QUOTE.clear()
    for q, seconds in (("0.5", service.mail.p50_s), ("0.95", service.mail.p95_s)):
        if seconds is not None:
            MAIL_TO_QUOTE.labels(q).set(seconds)
    QUOTES.set(service.mail.quotes)
    MAILS_FAILED.set(service.mail.mails_failed)
    DEAD_LETTERS.set(service.dead_letters)
