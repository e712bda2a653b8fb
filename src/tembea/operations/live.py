"""What runs beside a process's work so that it knows of the others': the newsroom and its subscribers."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from tembea.kernel.background import running_beside
from tembea.kernel.context import anonymous_context
from tembea.kernel.db import Db
from tembea.kernel.events import Newsroom, Subscriber
from tembea.kernel.registry import RegistryKeeper, bound_registries
from tembea.kernel.streams import EventStreams, StreamLimits, Viewer
from tembea.operations import event_store
from tembea.settings import Settings


@asynccontextmanager
async def following_news(db: Db, settings: Settings, *subscribers: Subscriber) -> AsyncGenerator[None]:
    """Bring the news of all processes to `subscribers` and to the registries of heavy parts, while the block runs."""
    bound_registries(settings.registry_max_tenants)
    newsroom = Newsroom(db, direct_dsn=settings.listening_dsn)
    for subscriber in (RegistryKeeper(), *subscribers):
        newsroom.subscribe(subscriber)
    async with running_beside(newsroom.run()):
        yield


@asynccontextmanager
async def serving_streams(db: Db, settings: Settings) -> AsyncGenerator[EventStreams]:
    """The process's streams of events, watched while the block runs and ended with it."""

    async def find_ended(viewers: Sequence[Viewer]) -> set[Viewer]:
        async with db.read(anonymous_context("events")) as read:
            return set(await event_store.list_ended_viewers(read, viewers))

    limits = StreamLimits(
        per_tenant=settings.events_max_streams_per_tenant,
        total=settings.events_max_streams,
        heartbeat_s=settings.events_heartbeat_s,
        keep_s=settings.events_keep_s,
    )
    streams = EventStreams(db, find_ended=find_ended, limits=limits)
    try:
        async with running_beside(streams.run()):
            yield streams
    finally:
        streams.end_all("shutdown")
