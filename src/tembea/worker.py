"""The job assembly: what the worker does, listed. It also listens for mail: a busy API never delays a sender."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog

from tembea import __version__
from tembea.app import db_limits
from tembea.inbox import QuarantineLimits
from tembea.inbox.jobs import understand, wake
from tembea.inbox.mailboxes import MailboxDoor, keep_reading
from tembea.inbox.smtp import listening
from tembea.kernel.background import running_beside
from tembea.kernel.db import Db, open_pool
from tembea.kernel.idempotency import prune_keys
from tembea.kernel.jobs import Job, bind_jobs, run_queue
from tembea.kernel.scraping import serving_metrics
from tembea.kernel.telemetry import configure_logging, observed
from tembea.knowledge.jobs import index_document, index_waiting
from tembea.notifications.jobs import mail_invitation, mail_reset, release_mail, send_mail
from tembea.operations import keep_measuring
from tembea.operations.event_jobs import prune_events
from tembea.operations.live import following_news
from tembea.providers import Providers, build_providers
from tembea.quotes.jobs import deliver_quote, release_quote, remind_customers, write_cover
from tembea.rates.jobs import fetch_fx, keep_up_grants
from tembea.rollups.jobs import build_missing, fold_marked, reconcile
from tembea.settings import Settings, load_settings
from tembea.warehouse.jobs import feed_warehouse, load_warehouse

log = structlog.stdlib.get_logger("tembea.worker")

JOBS: tuple[Job, ...] = (
    build_missing,
    deliver_quote,
    fetch_fx,
    feed_warehouse,
    fold_marked,
    prune_events,
    prune_keys,
    index_document,
    index_waiting,
    keep_up_grants,
    load_warehouse,
    mail_invitation,
    mail_reset,
    reconcile,
    release_mail,
    release_quote,
    remind_customers,
    send_mail,
    understand,
    wake,
    write_cover,
)


async def run_worker(settings: Settings | None = None, *, is_first: bool = True) -> None:
    """Work until SIGTERM or SIGINT; running jobs and mail in flight then get their time to finish.

    Of several workers the first alone listens for mail, reads mailboxes and measures.
    """
    settings = settings or load_settings()
    settings.check_secrets()
    configure_logging(settings.log_level, as_json=settings.log_json)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        pool = await open_pool(settings.app_dsn, db_limits(settings))
        stack.push_async_callback(pool.close)
        outside = {"sentry_dsn": settings.sentry_dsn, "otlp_endpoint": settings.otlp_endpoint}
        stack.enter_context(observed("tembea-worker", __version__, **outside))
        db = Db(pool)
        await stack.enter_async_context(following_news(db, settings))
        providers = build_providers(settings)
        stack.push_async_callback(providers.warehouse.close)
        if is_first:
            await stack.enter_async_context(_taking_mail(db, providers))
        await _work_until(stop, db, providers)


@asynccontextmanager
async def _taking_mail(db: Db, providers: Providers) -> AsyncGenerator[None]:
    """Whatever one process does for all: two would listen on one port, or read one mailbox."""
    settings = providers.settings
    door = listening(
        db,
        host=settings.host,
        port=settings.smtp_port,
        inbound_domain=settings.inbound_domain,
        quarantine=QuarantineLimits(settings.quarantine_max_messages, settings.quarantine_max_bytes),
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(door)
        if settings.worker_metrics_port is not None:
            stack.enter_context(serving_metrics(settings.host, settings.worker_metrics_port))
        await stack.enter_async_context(running_beside(_read_mailboxes(db, providers), keep_measuring(db)))
        yield


async def _read_mailboxes(db: Db, providers: Providers) -> None:
    settings = providers.settings
    door = MailboxDoor(
        db,
        inbound_domain=settings.inbound_domain,
        quarantine=QuarantineLimits(settings.quarantine_max_messages, settings.quarantine_max_bytes),
    )
    await keep_reading(door, providers.mailboxes, every_s=settings.imap_poll_s)


async def _work_until(stop: asyncio.Event, db: Db, providers: Providers) -> None:
    settings = providers.settings
    queue = bind_jobs(JOBS, db=db, providers=providers, dsn=settings.direct_dsn)
    working = asyncio.create_task(
        run_queue(queue, JOBS, concurrency=settings.worker_concurrency, drain_timeout_s=settings.drain_timeout_s)
    )
    stopping = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if working in done:
        stopping.cancel()
        await working
        return
    log.info("worker_stopping")
    working.cancel()  # once: a second time would cut off the draining
    await asyncio.gather(working, return_exceptions=True)
