"""`tembea demo --scale`: an installation of the size that measurements want, without starting the product."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager

import psycopg
import typer
from pydantic import SecretStr

from tembea.commands.tenants import with_db
from tembea.demo.scale import Scale, seed_scale
from tembea.kernel.embedded import EmbeddedPostgres
from tembea.kernel.migrations import migrate
from tembea.kernel.telemetry import configure_logging
from tembea.settings import Settings


def fill(settings: Settings, number: float) -> None:
    """Migrate and fill the configured database, or the data folder's own, which is started for as long as it takes."""
    configure_logging("WARNING", as_json=settings.log_json)  # a thousand agencies are no news
    scale, began = Scale.of(number), time.monotonic()
    with _database(settings) as reachable:
        migrate(reachable.owner_dsn, reachable.migrations_dir)
        asyncio.run(with_db(reachable, lambda db: seed_scale(db, scale, say=typer.echo)))
        with psycopg.connect(reachable.owner_dsn, autocommit=True) as owner:
            owner.execute("vacuum (analyze)")
    typer.echo(f"{scale.quotes} quotes in scale-0001, {scale.tenants} agencies, {time.monotonic() - began:.0f} s")
    typer.echo("The warehouse has none of them: `tembea warehouse reload --tenant scale-0001` loads them.")


@contextmanager
def _database(settings: Settings) -> Generator[Settings]:
    if settings.database is not None:
        yield settings
        return
    server = EmbeddedPostgres(settings.data_dir)
    server.start()
    try:
        dsns = {"database": SecretStr(server.dsn_app), "database_owner": SecretStr(server.dsn_owner)}
        yield settings.model_copy(update=dsns)
    finally:
        server.stop()
