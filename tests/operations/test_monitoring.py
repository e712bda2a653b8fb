"""The alert rules, the dashboard and the runbook: right, whole, and about figures that are really there."""

import importlib
import json
import re
import subprocess
from pathlib import Path
from typing import cast

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tembea.kernel.exposition import worker_text
from tests.app_fixtures import Platform
from tests.system_tools import require_tool

FOLDER = Path(__file__).parents[2] / "deploy" / "monitoring"
RUNBOOK = Path(__file__).parents[2] / "docs" / "runbooks" / "alerts.md"
RULES = ("http", "mail", "budgets")
DASHBOARD = FOLDER / "dashboard.json"
_EXPRESSIONS = re.compile(r"\btembea(?:_|:)[\w:]+")
_SUFFIXES = re.compile(r"_(bucket|sum|count|total)$")


def dashboard() -> dict[str, object]:
    return cast("dict[str, object]", json.loads(DASHBOARD.read_text(encoding="utf-8")))


def panels() -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", dashboard()["panels"])


def expressions() -> list[str]:
    targets = [target for panel in panels() for target in cast("list[dict[str, str]]", panel.get("targets", []))]
    return [target["expr"] for target in targets]


def rules() -> list[dict[str, object]]:
    read = [yaml.safe_load((FOLDER / f"{name}.rules.yml").read_text(encoding="utf-8")) for name in RULES]
    return [rule for file in read for group in file["groups"] for rule in group["rules"]]


@pytest.mark.parametrize("name", RULES)
def test_the_rules_are_valid_and_fire_when_they_should(name: str) -> None:
    promtool = require_tool("promtool")
    for command in (
        ["check", "rules", "--lint-fatal", f"{name}.rules.yml"],
        ["test", "rules", f"{name}.rules.test.yml"],
    ):
        run = subprocess.run([promtool, *command], cwd=FOLDER, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_configuration_for_prometheus_is_valid() -> None:
    promtool = require_tool("promtool")
    run = subprocess.run([promtool, "check", "config", "prometheus.yml"], cwd=FOLDER, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_each_alert_has_its_paragraph_and_its_own_unit_test() -> None:
    paragraphs = set(re.findall(r"^## (\w+)$", RUNBOOK.read_text(encoding="utf-8"), re.MULTILINE))
    tried = "".join((FOLDER / f"{name}.rules.test.yml").read_text(encoding="utf-8") for name in RULES)
    alerts = {str(rule["alert"]) for rule in rules() if "alert" in rule}
    assert alerts == paragraphs
    for rule in rules():
        if "alert" in rule:
            annotations = cast("dict[str, str]", rule["annotations"])
            assert annotations["runbook_url"] == f"docs/runbooks/alerts.md#{str(rule['alert']).lower()}"
            assert str(rule["alert"]) in tried


async def test_every_figure_that_a_rule_or_panel_names_is_exported(platform: Platform) -> None:
    importlib.import_module("tembea.worker")  # a worker has all of it loaded
    api = (await platform.anonymous.get("/metrics")).text
    exported = {
        _SUFFIXES.sub("", family.name)
        for text in (api, worker_text().decode())
        for family in text_string_to_metric_families(text)
    }
    recorded = {str(rule["record"]) for rule in rules() if "record" in rule}
    said = " ".join(expressions() + [str(rule["expr"]) for rule in rules()])
    named = set(_EXPRESSIONS.findall(said))
    missing = {name for name in named if name not in recorded and _SUFFIXES.sub("", name) not in exported}
    assert named
    assert missing == set()


async def test_what_alerts_miss_comes_from_one_kind_of_process_alone(platform: Platform) -> None:
    importlib.import_module("tembea.worker")
    missed = re.findall(r"absent\((\w+)\)", " ".join(str(rule["expr"]) for rule in rules()))
    api, worker = (await platform.anonymous.get("/metrics")).text, worker_text().decode()
    told_by = {name: [text for text in (api, worker) if f"\n{name} " in text] for name in missed}

    assert [len(texts) for texts in told_by.values()] == [1, 1], "a worker's zero would hide that the API is gone"


def test_the_dashboard_is_one_that_grafana_takes() -> None:
    board = dashboard()
    assert {"uid", "title", "schemaVersion", "panels", "templating", "time", "annotations"} <= set(board)
    ids = [panel["id"] for panel in panels()]
    assert len(ids) == len(set(ids))
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = cast("dict[str, int]", panel["gridPos"])
        assert place["x"] + place["w"] <= 24
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken, panel["title"]
        taken |= cells
        assert panel["type"] in ("row", "timeseries")
        if panel["type"] == "timeseries":
            targets = cast("list[dict[str, object]]", panel["targets"])
            assert targets
            assert all({"refId", "expr", "datasource"} <= set(target) for target in targets)


def test_the_dashboards_questions_are_ones_that_prometheus_understands(tmp_path: Path) -> None:
    promtool = require_tool("promtool")
    asked = [
        {"record": f"tembea:panel_{number}", "expr": expression.replace("$__rate_interval", "5m")}
        for number, expression in enumerate(expressions())
    ]
    file = tmp_path / "panels.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": asked}]}), encoding="utf-8")
    run = subprocess.run([promtool, "check", "rules", str(file)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_dashboard_shows_what_the_specification_tracks() -> None:
    said = " ".join(expressions())
    for tracked in (
        "histogram_quantile(0.5, sum by (le) (rate(tembea_http_request_duration_seconds_bucket",
        "histogram_quantile(0.95, sum by (le) (rate(tembea_http_request_duration_seconds_bucket",
        "histogram_quantile(0.99, sum by (le) (rate(tembea_http_request_duration_seconds_bucket",
        'status="5xx"',
        "tembea_rate_limited_total",
        "tembea_db_statement_duration_seconds",
        "tembea_cache_total",
    ):
        assert tracked in said
