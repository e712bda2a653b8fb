"""`tembea rates fx import|fetch|list`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.kernel.context import platform_context
from tembea.kernel.db import Db
from tembea.kernel.errors import Invalid, Unavailable
from tembea.kernel.money import is_currency
from tembea.providers.fx import FxFileError, FxUnreachable, ReferenceRate, build_fx_provider, read_ecb
from tembea.rates import list_fx, store_rates
from tembea.settings import Settings

commands = typer.Typer(help="Exchange rates, the same for all agencies.", no_args_is_help=True)
Cross = Annotated[
    list[str] | None,
    typer.Option(help="Also store what every currency costs in this one, worked out over the euro. Can be repeated."),
]
Days = Annotated[int, typer.Option(min=1, help="How far back from the newest day of the table.")]


@commands.command("import")
def import_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The bank's eurofxref table, CSV or ZIP.")],
    cross: Cross = None,
    days: Days = 370,
) -> None:
    """Store the European Central Bank's reference rates from a file. Importing it again changes nothing."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        try:
            published = read_ecb(file.read_bytes())
        except FxFileError as error:
            raise Invalid(f"{file}: {error}") from error
        await _store(db, published, days, cross or ())

    run(with_db(settings, act))


@commands.command("fetch")
def fetch(ctx: typer.Context, cross: Cross = None, days: Days = 370) -> None:
    """Store the rates that are published at TEMBEA_FX_URL now."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        if settings.fx_url is None:
            raise Invalid("TEMBEA_FX_URL is not set. Set it, or import a file.")
        try:
            published = await build_fx_provider(settings.fx_url).fetch()
        except (FxFileError, FxUnreachable) as error:
            raise Unavailable(f"{error} The stored rates stay as they are.") from error
        await _store(db, published, days, cross or ())

    run(with_db(settings, act))


@commands.command("list")
def list_rates(ctx: typer.Context) -> None:
    """List the last stored rate of every pair."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        async with db.read(platform_context()) as read:
            for rate in await list_fx(read, datetime.now(UTC).date()):
                typer.echo(f"{rate.base}/{rate.quote}  {rate.rate.normalize():f}  {rate.as_of}  {rate.source}")

    run(with_db(settings, act))


async def _store(db: Db, published: Sequence[ReferenceRate], days: int, cross: Sequence[str]) -> None:
    unknown = [currency for currency in cross if not is_currency(currency)]
    if unknown:
        raise Invalid(f"{unknown[0]} is not a currency of ISO 4217. Use a code such as ZAR.")
    async with db.tx(platform_context()) as tx:
        stored = await store_rates(tx, published, days=days, cross=cross)
    newest = max((rate.as_of for rate in published), default=None)
    typer.echo(f"{stored} new rates, the newest of {newest}" if newest else "The table holds no rates.")
