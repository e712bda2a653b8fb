"""`tembea pricing examples`: ours, somebody else's, wrong ones, and files that hold none."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tembea.commands.pricing import commands
from tests.pricing.pricing_factories import EXAMPLES


def call(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["examples", *map(str, arguments)])
    return result.exit_code, result.output


def test_our_own_examples_come_out_as_worked_by_hand() -> None:
    code, output = call()
    assert (code, output.splitlines()[-1]) == (0, "33 examples, 0 wrong"), output
    assert "ok     E8" in output
    assert "ok     a weekend" in output


def test_the_specification_s_examples_come_out_from_a_file() -> None:
    code, output = call(EXAMPLES / "baobab.examples.json")
    assert (code, output.splitlines()[-1]) == (0, "21 examples, 0 wrong"), output
    assert "cost_total 1543.00, offers_applied EB15+SP54" in output


def test_a_wrong_example_is_shown_with_what_comes_out(tmp_path: Path) -> None:
    for name in ("baobab.contract.yaml", "baobab.examples.json"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    changed = (tmp_path / "baobab.examples.json").read_text().replace('"1460.00"', '"1460.01"')
    (tmp_path / "baobab.examples.json").write_text(changed)
    code, output = call(tmp_path / "baobab.examples.json")
    assert code == 1
    assert "WRONG  E1" in output
    assert "expected cost_total 1460.01" in output
    assert output.splitlines()[-1] == "21 examples, 1 wrong"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("nothing", "no JSON"),
        ("{}", "no list"),
        ('[{"id": "X"}]', "example 1"),
        ('[{"id": "X", "contract": "other", "request": {}, "expect": {}}]', "names the contract other"),
        ('[{"id": "X", "contract": "baobab", "patch": {"rooms": []}, "request": {}, "expect": {}}]', "refused"),
        ('[{"id": "X", "contract": "baobab", "request": {"adults": "two"}, "expect": {}}]', "request of X"),
    ],
)
def test_a_file_without_examples_is_refused_by_name(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "baobab.contract.yaml").write_bytes((EXAMPLES / "baobab.contract.yaml").read_bytes())
    (tmp_path / "mine.json").write_text(content)
    code, output = call(tmp_path / "mine.json")
    assert (code, words in output) == (1, True), output
