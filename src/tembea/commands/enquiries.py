"""`tembea enquiries corrections`."""

import json
from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.inbox import read_corrections
from tembea.kernel.context import anonymous_context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import NotFound
from tembea.settings import Settings
from tembea.tenants import find_tenant_by_slug

commands = typer.Typer(help="What customers asked for.", no_args_is_help=True)


@commands.callback()
def enquiries() -> None:
    """What customers asked for."""


@commands.command("corrections")
def corrections(ctx: typer.Context, tenant: Annotated[str, typer.Argument(help="The agency's short name.")]) -> None:
    """Print what people corrected as evaluation data, one JSON object a line. It holds customers' words and names."""
    settings: Settings = ctx.obj()

    async def act(db: Db) -> None:
        async with db.read(anonymous_context("command")) as read:
            key = await find_tenant_by_slug(read, tenant)
        if key is None:
            raise NotFound(f"There is no agency called “{tenant}”.")
        async with db.read(system_context(key.tenant_id, key.tenant)) as read:
            for record in await read_corrections(read):
                typer.echo(json.dumps(record, ensure_ascii=False))

    run(with_db(settings, act))
