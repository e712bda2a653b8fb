"""`tembea pricing examples`."""

import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, cast

import typer

from tembea.commands.tenants import run
from tembea.kernel.errors import Invalid
from tembea.rates.examples import ExampleOutcome, ExamplesRefused, run_examples

commands = typer.Typer(help="What stays cost.", no_args_is_help=True)


@commands.callback()
def pricing() -> None:
    """What stays cost."""


@commands.command("examples")
def examples(
    file: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, help="Examples in JSON, contracts beside it; ours without it."),
    ] = None,
) -> None:
    """Price worked examples and print what is expected beside what comes out; ends with 1 where they differ."""
    outcomes: list[ExampleOutcome] = []

    async def act() -> None:
        try:
            outcomes.extend(run_examples(*_read(file)))
        except ExamplesRefused as refused:
            raise Invalid(f"{file or 'The examples'}: {refused}") from refused

    run(act())
    width = max((len(one.name) for one in outcomes), default=0)
    for one in outcomes:
        typer.echo(f"{'ok   ' if one.is_right else 'WRONG'}  {one.name:{width}}  {one.asked}  {one.said}")
        if not one.is_right:
            typer.echo(f"       {'':{width}}  expected {one.expected}")
    wrong = sum(not one.is_right for one in outcomes)
    typer.echo(f"{len(outcomes)} examples, {wrong} wrong")
    if wrong:
        raise typer.Exit(1)


def _read(file: Path | None) -> tuple[object, Mapping[str, str]]:
    """The examples and the texts of the contracts that lie beside them, by name; without a file all of ours."""
    folder = files("tembea.rates") / "worked" if file is None else file.parent
    contracts = {
        entry.name.removesuffix(_CONTRACT): entry.read_text("utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(_CONTRACT)
    }
    if file is None:
        ours = sorted((entry for entry in folder.iterdir() if entry.name.endswith(_EXAMPLES)), key=_name)
        lists = [cast("list[object]", json.loads(entry.read_text("utf-8"))) for entry in ours]
        return [example for one in lists for example in one], contracts
    try:
        return json.loads(file.read_text("utf-8")), contracts
    except ValueError as error:
        raise ExamplesRefused(f"it is no JSON: {error}.") from error


def _name(entry: Traversable) -> str:
    return entry.name


_CONTRACT = ".contract.yaml"
_EXAMPLES = ".examples.json"
