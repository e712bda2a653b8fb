"""`tembea quotes verify`."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from tembea.commands.tenants import run, with_db
from tembea.kernel.context import anonymous_context, platform_context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import NotFound
from tembea.quotes import Finding, Verdict, verify_quotes
from tembea.settings import Settings
from tembea.tenants import TenantKey, find_tenant_by_slug, list_tenant_keys

commands = typer.Typer(help="What customers were told.", no_args_is_help=True)
_DAY = ["%Y-%m-%d"]


@commands.callback()
def quotes() -> None:
    """What customers were told."""


@commands.command("verify")
def verify(
    ctx: typer.Context,
    tenant: Annotated[str | None, typer.Option(help="The agency's short name; all of them without it.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="Made on this day or later.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Made on this day or before.")] = None,
) -> None:
    """Price quotes again from what they pinned and compare byte by byte; ends with 1 where one differs."""
    settings: Settings = ctx.obj()
    counted: Counter[Verdict] = Counter()

    async def act(db: Db) -> None:
        first = since and since.replace(tzinfo=UTC)
        last = until and until.replace(tzinfo=UTC) + timedelta(days=1)
        async for key in _tenants(db, tenant):
            async for finding in verify_quotes(db, system_context(key.tenant_id, key.tenant), since=first, until=last):
                counted[finding.verdict] += 1
                if not finding.verdict.is_fine:
                    typer.echo(_words(key, finding))

    run(with_db(settings, act))
    said = ", ".join(f"{count} {verdict}" for verdict, count in counted.items())
    typer.echo(f"Options: {said}" if said else "There is no quote to verify.")
    if any(not verdict.is_fine for verdict in counted):
        raise typer.Exit(1)


def _words(key: TenantKey, finding: Finding) -> str:
    place = f"option {finding.option}" if finding.option else "the version"
    return f"{key.tenant} {finding.number} v{finding.version}, {place}: {finding.verdict}: {finding.detail}"


async def _tenants(db: Db, slug: str | None) -> AsyncIterator[TenantKey]:
    if slug is None:
        async with db.read(platform_context()) as read:
            keys = await list_tenant_keys(read)
        for key in keys:
            yield key
        return
    async with db.read(anonymous_context("command")) as read:
        key = await find_tenant_by_slug(read, slug)
    if key is None:
        raise NotFound(f"There is no agency called “{slug}”.")
    yield key
