"""Brings a database to where the product can start: migrations, the agencies' files, and the demonstration."""

import asyncio
import secrets

import typer

from tembea.commands.log_ins import read_log_ins, write_log_ins
from tembea.commands.tenants import client_folders, sync_folder, with_db
from tembea.kernel.db import Db
from tembea.kernel.migrations import migrate
from tembea.kernel.telemetry import configure_logging
from tembea.settings import Settings


def prepare(settings: Settings, *, with_demo: bool) -> None:
    """Apply migrations, sync `clients/*` and, once, set the demonstration up. Safe to repeat."""
    configure_logging("WARNING", as_json=settings.log_json)  # the story's mails are no news
    for name in migrate(settings.owner_dsn, settings.migrations_dir):
        typer.echo(f"applied {name}")

    async def act(db: Db) -> None:
        for folder in client_folders(settings.clients_dir, []):
            await sync_folder(db, folder)
        if with_demo and read_log_ins(settings.data_dir) is None:
            await set_up_demo(db, settings)

    asyncio.run(with_db(settings, act))


async def set_up_demo(db: Db, settings: Settings) -> None:
    """Fill the database with the demonstration and keep its generated log-ins in the data folder."""
    from tembea.demo import seed  # painters and all: only where the demonstration is really wanted

    kept = read_log_ins(settings.data_dir)
    known = {user.email: user.password for agency in kept.tenants for user in agency.users} if kept else {}
    if kept:
        known[kept.operator.email] = kept.operator.password

    def password_of(email: str) -> str:
        return known.setdefault(email, secrets.token_urlsafe(12))

    write_log_ins(settings.data_dir, await seed(db, settings, password_of=password_of))
