"""The code base keeps its rules, and each rule can tell when it is broken."""

import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture import source_rules as rules

ROOT = Path(__file__).parents[2]
EVERYWHERE = ("src", "tests", "evals", "benchmarks")
WEB = (".ts", ".tsx", ".css")


def findings(rule: rules.Rule, *folders: str, suffixes: tuple[str, ...] = (".py",)) -> list[str]:
    return [one for path, text in rules.sources(ROOT, *folders, suffixes=suffixes) for one in rule(path, text)]


@pytest.mark.parametrize(
    "rule",
    [
        rules.check_file_length,
        rules.check_function_length,
        rules.check_nothing_is_unfinished,
        rules.check_name_says_something,
    ],
)
def test_rules_for_all_python(rule: rules.Rule) -> None:
    assert findings(rule, *EVERYWHERE) == []


@pytest.mark.parametrize(
    "rule", [rules.check_file_length, rules.check_nothing_is_unfinished, rules.check_name_says_something]
)
def test_rules_for_the_web_app(rule: rules.Rule) -> None:
    assert [one for one in findings(rule, "web/src", suffixes=WEB) if "schema.d.ts" not in one] == []


@pytest.mark.parametrize(
    "rule",
    [
        rules.check_sql_is_in_a_store,
        rules.check_no_float_near_money,
        rules.check_nothing_outside_is_awaited_in_a_transaction,
        rules.check_only_its_own_store_routes_and_jobs,
        rules.check_package_has_a_face,
    ],
)
def test_rules_for_the_product(rule: rules.Rule) -> None:
    assert findings(rule, "src/tembea") == []


TX = "async def save(ctx: Context, tx: Tx"
BLOCK = "async def save(db: Db, providers: Providers):\n  async with db.tx(ctx) as tx:\n"
CRM = "src/tembea/crm/service.py"


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (rules.check_file_length, CRM, "x = 1\n" * 401),
        (rules.check_function_length, CRM, "def f():\n" + "  x = 1\n" * 60),
        (rules.check_function_length, CRM, "class C:\n  async def f(self):\n" + "    x = 1\n" * 60),
        (rules.check_nothing_is_unfinished, CRM, "# TO" + "DO later\n"),
        (rules.check_name_says_something, "src/tembea/crm/utils.py", ""),
        (rules.check_name_says_something, "src/tembea/common/model.py", ""),
        (rules.check_sql_is_in_a_store, CRM, "q = 'select id from clients'"),
        (rules.check_sql_is_in_a_store, CRM, 'tx.execute("""\n  insert into clients values (1)""")'),
        (rules.check_sql_is_in_a_store, CRM, "q = f'update {table} set x = 1'; r = 'update clients set x = 1'"),
        (rules.check_no_float_near_money, "src/tembea/pricing/stay.py", "vat = 0.15"),
        (rules.check_no_float_near_money, "src/tembea/kernel/money.py", "def f(x: float): ..."),
        (rules.check_no_float_near_money, "src/tembea/pricing/taxes.py", "float(total)"),
        (rules.check_nothing_outside_is_awaited_in_a_transaction, CRM, f"{TX}):\n  await providers.mail.send(x)"),
        (rules.check_nothing_outside_is_awaited_in_a_transaction, CRM, f"{TX}):\n  await asyncio.sleep(1)"),
        (rules.check_nothing_outside_is_awaited_in_a_transaction, CRM, f"{TX}, providers: Providers): ..."),
        (rules.check_nothing_outside_is_awaited_in_a_transaction, CRM, f"{BLOCK}    await providers.mail.send(x)"),
        (rules.check_only_its_own_store_routes_and_jobs, CRM, "from tembea.users import store"),
        (rules.check_only_its_own_store_routes_and_jobs, CRM, "from tembea.users.store import get_user"),
        (rules.check_only_its_own_store_routes_and_jobs, CRM, "import tembea.quotes.jobs"),
        (rules.check_only_its_own_store_routes_and_jobs, "src/tembea/app.py", "from tembea.users import store"),
        (rules.check_package_has_a_face, "src/tembea/crm/__init__.py", '"""Clients."""'),
    ],
)
def test_a_rule_notices_what_breaks_it(rule: rules.Rule, path: str, text: str) -> None:
    assert len(rule(PurePosixPath(path), text)) == 1


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (rules.check_sql_is_in_a_store, "src/tembea/crm/store.py", "q = 'select id from clients'"),
        (rules.check_sql_is_in_a_store, CRM, 'def f():\n  """Select one from many."""\n  return "selected hotels"'),
        (rules.check_no_float_near_money, "src/tembea/kernel/telemetry.py", "x = 0.5"),
        (rules.check_nothing_outside_is_awaited_in_a_transaction, CRM, f"{TX}):\n  await store.save(tx)"),
        (
            rules.check_nothing_outside_is_awaited_in_a_transaction,
            CRM,
            f"{BLOCK}    pass\n  await providers.mail.send(x)",
        ),
        (
            rules.check_only_its_own_store_routes_and_jobs,
            CRM,
            "from tembea.crm import store\nfrom tembea.kernel import jobs",
        ),
        (rules.check_only_its_own_store_routes_and_jobs, "src/tembea/app.py", "from tembea.users import routes"),
    ],
)
def test_a_rule_leaves_alone_what_keeps_it(rule: rules.Rule, path: str, text: str) -> None:
    assert rule(PurePosixPath(path), text) == []


@pytest.mark.parametrize(
    ("module", "imported", "contract"),
    [
        ("kernel/db.py", "tembea.crm", "Imports go down only"),
        ("crm/model.py", "tembea.rates", "Imports go down only"),
        ("crm/service.py", "fastapi", "Service, store and model know nothing of the web"),
        ("crm/store.py", "starlette.requests", "Service, store and model know nothing of the web"),
        ("pricing/stay.py", "psycopg", "Pricing reaches nothing outside itself"),
        ("novelty/model.py", "decimal", "novelty"),
    ],
)
def test_import_linter_notices_a_forbidden_import(tmp_path: Path, module: str, imported: str, contract: str) -> None:
    report = lint_imports(small_tembea(tmp_path, {module: f"import {imported}\n"}))
    assert report.returncode == 1
    assert contract in report.stdout


def test_import_linter_passes_a_tree_in_order(tmp_path: Path) -> None:
    report = lint_imports(small_tembea(tmp_path, {"crm/service.py": "import tembea.kernel.db\n"}))
    assert report.returncode == 0, report.stdout


def small_tembea(folder: Path, modules: dict[str, str]) -> Path:
    """The bones of the package under the project's own contracts, with `modules` added."""
    shutil.copy(ROOT / ".importlinter", folder)
    bones = [
        "__main__",
        "cli",
        "worker",
        "app",
        "settings",
        "providers/mail",
        "crm/model",
        "rates/model",
        "pricing/model",
    ]
    bones += ["kernel/db", "kernel/jobs", "kernel/web"]
    for name, text in {**{f"{bone}.py": "" for bone in bones}, **modules}.items():
        path = folder / "tembea" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for package in {path.parent for path in (folder / "tembea").rglob("*.py")}:
        (package / "__init__.py").touch()
    return folder


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    run = "import importlinter.cli, sys; sys.path.insert(0, '.'); sys.exit(importlinter.cli.lint_imports(no_logo=True))"
    return subprocess.run([sys.executable, "-c", run], cwd=folder, capture_output=True, text=True, check=False)
