"""The command line. A command loads what it needs when it runs: `tembea up` stays a small process."""

import asyncio
import sys
from typing import Annotated

import typer
from pydantic import SecretStr

from tembea import __version__
from tembea.kernel.embedded import find_running
from tembea.kernel.mendable import Mendable
from tembea.kernel.supervisor import StopRequested
from tembea.settings import Settings, load_settings

app = typer.Typer(
    help="Tembea: enquiry mails become priced, branded, explainable quotes.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def tembea(
    ctx: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Give every command the settings, with the database of a running `tembea up` where none is configured."""
    if version:
        typer.echo(__version__)
        raise typer.Exit
    ctx.obj = _settings_with_database


@app.command()
def up() -> None:
    """Start everything: database, API, worker, mail listener; with demo data on the first start."""
    from tembea.commands.up import up as run

    run(load_settings())


@app.command()
def serve(
    ctx: typer.Context,
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many processes share the port; TEMBEA_SERVE_PROCESSES.")
    ] = None,
) -> None:
    """Run the API alone, on DATABASE_URL."""
    from tembea.commands.serve import inherited_socket, serve_with_others, serving_figures

    settings: Settings = ctx.obj()
    _ = settings.app_dsn  # says what is missing before anything large is loaded
    if serve_with_others(settings, processes):
        return
    import uvicorn

    from tembea.app import create_app
    from tembea.kernel.draining import DrainingServer
    from tembea.kernel.joined_writes import JoiningProtocol
    from tembea.kernel.lasting import set_aside

    ctx.with_resource(serving_figures(settings))
    api = create_app(settings)
    config = uvicorn.Config(
        api,
        fd=inherited_socket(),
        http=JoiningProtocol,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # TEMBEA_TRUSTED_PROXIES says whom to believe; uvicorn would believe this machine
        timeout_graceful_shutdown=round(settings.drain_timeout_s),
    )
    set_aside()
    DrainingServer(
        config,
        drain=lambda: setattr(api.state.health, "draining", True),
        close=lambda: api.state.streams.end_all("shutdown"),
        delay_s=settings.drain_delay_s,
    ).run()


@app.command()
def worker(
    ctx: typer.Context,
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many processes share the work; TEMBEA_WORKER_PROCESSES.")
    ] = None,
) -> None:
    """Run the worker and the mail listener alone, on DATABASE_URL."""
    from tembea.commands.siblings import own_slot
    from tembea.commands.work import work_with_others

    settings: Settings = ctx.obj()
    _ = settings.app_dsn  # says what is missing before anything large is loaded
    if work_with_others(settings, processes):
        return
    import uvloop

    from tembea.kernel.lasting import set_aside
    from tembea.worker import run_worker

    set_aside()
    uvloop.run(run_worker(settings, is_first=own_slot() in (None, 0)))


@app.command()
def migrate(ctx: typer.Context) -> None:
    """Apply pending migrations to DATABASE_OWNER_URL, DATABASE_DIRECT_URL or DATABASE_URL, whichever is set first."""
    from tembea.kernel.migrations import migrate as apply

    settings: Settings = ctx.obj()
    applied = apply(settings.owner_dsn, settings.migrations_dir)
    typer.echo("\n".join(f"applied {name}" for name in applied) or "nothing to apply")


@app.command()
def demo(
    ctx: typer.Context,
    scale: Annotated[
        float | None,
        typer.Option(
            min=0.00001,
            help="Instead make 1,000 agencies for measurements, one of them with a million quotes (1.0), a part of that"
            " (0.1), or so many quotes (50000).",
        ),
    ] = None,
) -> None:
    """Fill the database with the demonstration and print its log-ins."""
    if scale is not None:
        from tembea.commands.scale import fill

        fill(ctx.obj(), scale)
        return
    from tembea.commands.log_ins import greeting, read_log_ins
    from tembea.commands.prepare import set_up_demo
    from tembea.commands.tenants import with_db

    settings: Settings = ctx.obj()
    asyncio.run(with_db(settings, lambda db: set_up_demo(db, settings)))
    typer.echo(greeting(settings, read_log_ins(settings.data_dir)))


@app.command()
def openapi() -> None:
    """Print the OpenAPI document; needs neither database nor settings."""
    import json

    from tembea.app import describe

    typer.echo(json.dumps(describe(), indent=2, sort_keys=True))


@app.command(hidden=True)
def prepare(ctx: typer.Context, demo: Annotated[bool, typer.Option("--demo")] = False) -> None:
    """Migrate, sync clients/* and set the demonstration up: what `tembea up` does before it starts the rest."""
    from tembea.commands.prepare import prepare as run

    run(ctx.obj(), with_demo=demo)


def _settings_with_database() -> Settings:
    settings = load_settings()
    if settings.database is not None or (running := find_running(settings.data_dir)) is None:
        return settings
    found = {"database": SecretStr(running.app), "database_owner": SecretStr(running.owner), "embedded_database": True}
    return settings.model_copy(update=found)


def main() -> None:
    """The entry point: a failure that a person can mend is one message, not a traceback."""
    if sys.argv[1:2] not in (["up"], ["serve"], ["worker"], ["migrate"]):  # which load no more than they need
        _add_nouns()
    try:
        app()
    except StopRequested:
        sys.exit(0)
    except Mendable as error:
        typer.echo(error, err=True)
        sys.exit(1)


def _add_nouns() -> None:
    """The groups of commands, which load the features they are about."""
    from tembea.commands import enquiries, fx, jobs, keys, pricing, quotes, rates, rollups, tenants, warehouse

    app.add_typer(enquiries.commands, name="enquiries")
    app.add_typer(jobs.commands, name="jobs")
    app.add_typer(keys.commands, name="keys")
    app.add_typer(pricing.commands, name="pricing")
    app.add_typer(quotes.commands, name="quotes")
    rates.commands.add_typer(fx.commands, name="fx")
    app.add_typer(rates.commands, name="rates")
    app.add_typer(rollups.commands, name="rollups")
    app.add_typer(tenants.commands, name="tenant")
    app.add_typer(warehouse.commands, name="warehouse")
