"""The rules of the code base that no stock linter knows: each looks at one file and names what is wrong with it.

A rule is a function from a path (as seen from the project's root) and its text to findings; no finding, no fault.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

Rule = Callable[[PurePosixPath, str], list[str]]

FILE_LIMIT_LINES = 400
FUNCTION_LIMIT_LINES = 60
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def check_file_length(path: PurePosixPath, text: str) -> list[str]:
    """A file that is longer than one can keep in mind is two files."""
    lines = text.count("\n")
    return [f"{path}: {lines} lines, at most {FILE_LIMIT_LINES}"] if lines > FILE_LIMIT_LINES else []


def check_function_length(path: PurePosixPath, text: str) -> list[str]:
    """A function fits on a screen."""
    return [
        f"{path}:{function.lineno}: {function.name} has {length} lines, at most {FUNCTION_LIMIT_LINES}"
        for function in _functions(ast.parse(text))
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > FUNCTION_LIMIT_LINES
    ]


_UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")  # in pieces: this file is looked at too


def check_nothing_is_unfinished(path: PurePosixPath, text: str) -> list[str]:
    """What is left to do stands in an issue, not in the code."""
    return [f"{path}:{number}: {line.strip()}" for number, line in _numbered(text) if _UNFINISHED.search(line)]


_VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "misc"}


def check_name_says_something(path: PurePosixPath, text: str) -> list[str]:
    """A module is called after what it is about."""
    del text
    return [f"{path}: “{part}” says nothing" for part in (*path.parent.parts, path.stem) if part in _VAGUE_NAMES]


_SQL = re.compile(
    r"^\s*(with\s+\w+\s+as\s*\(|select\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|"
    r"create\s+(table|index|role|database|extension|policy)|alter\s+(table|role))",
    re.IGNORECASE,
)
# The kernel's own statements: transactions, bookkeeping, the embedded server; and the question whether one answers.
_SQL_AT_HOME = ("src/tembea/kernel/", "src/tembea/operations/health.py")


def check_sql_is_in_a_store(path: PurePosixPath, text: str) -> list[str]:
    """SQL lives in a feature's `store.py` (or `..._store.py`), so that it can be read in one place."""
    if path.stem.endswith("store") or str(path).startswith(_SQL_AT_HOME):
        return []
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        f"{path}:{node.lineno}: SQL outside a store: {node.value.strip()[:40]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and _SQL.match(node.value)
    ]


_MONEY_AT_HOME = ("src/tembea/pricing/", "src/tembea/kernel/money.py")


def check_no_float_near_money(path: PurePosixPath, text: str) -> list[str]:
    """Binary fractions cannot hold 0.10; money and what it is made of is `Decimal`."""
    if not str(path).startswith(_MONEY_AT_HOME):
        return []
    return [
        f"{path}:{getattr(node, 'lineno', 0)}: a float near money"
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]


_OUTSIDE = {"providers", "provider", "aiosmtplib", "httpx", "sleep", "to_thread", "run_sync"} | {
    "llm",
    "ask_model",
    "read_again",
}


def check_nothing_outside_is_awaited_in_a_transaction(path: PurePosixPath, text: str) -> list[str]:
    """While a transaction is open only the database is awaited: it holds a connection and locks.

    Looked at: functions that take a `Tx` or `Read`, and blocks of `async with ....tx(...)` or `.read(...)`.
    """
    tree = ast.parse(text)
    findings: list[str] = []
    for function in _functions(tree):
        taken = {ast.unparse(one.annotation) for one in _arguments(function) if one.annotation is not None}
        if taken & {"Tx", "Read"}:
            if "Providers" in taken:
                findings.append(f"{path}:{function.lineno}: {function.name} takes a transaction and the providers")
            findings += _outside_awaits(path, function)
    for block in ast.walk(tree):
        if isinstance(block, ast.AsyncWith) and any(_opens_transaction(item.context_expr) for item in block.items):
            findings += _outside_awaits(path, block)
    return sorted(set(findings))


def _outside_awaits(path: PurePosixPath, scope: ast.AST) -> list[str]:
    return [
        f"{path}:{node.lineno}: awaits {ast.unparse(node.value)[:60]} while a transaction is open"
        for node in ast.walk(scope)
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call) and _chain(node.value.func) & _OUTSIDE
    ]


def _opens_transaction(expression: ast.expr) -> bool:
    return (
        isinstance(expression, ast.Call)
        and isinstance(expression.func, ast.Attribute)
        and expression.func.attr in {"tx", "read"}
        and "db" in {name.strip("_") for name in _chain(expression.func)}
    )


_PRIVATE_MODULES = {"store", "routes", "jobs"}
_ASSEMBLIES = {"app", "worker", "cli", "commands", "demo"}


def check_only_its_own_store_routes_and_jobs(path: PurePosixPath, text: str) -> list[str]:
    """A feature is used through its face. Its store is its own; the assemblies alone mount its routes and jobs."""
    feature = path.parts[2].removesuffix(".py")
    allowed = {"routes", "jobs"} if feature in _ASSEMBLIES else set[str]()
    findings: list[str] = []
    for node, module in _imported_modules(ast.parse(text)):
        parts = module.split(".")
        if len(parts) < 3 or parts[0] != "tembea" or parts[1] in {feature, "kernel"}:
            continue
        private = {"store" if part.endswith("_store") else part for part in parts[2:3]} & _PRIVATE_MODULES
        if private - allowed:
            findings.append(f"{path}:{node.lineno}: imports {'.'.join(parts[:3])}")
    return sorted(set(findings))


def check_package_has_a_face(path: PurePosixPath, text: str) -> list[str]:
    """A package's `__init__` says what it owns, its invariants and its verbs."""
    if path.name != "__init__.py" or len(path.parts) < 4:
        return []
    docstring = ast.get_docstring(ast.parse(text)) or ""
    return [] if len(docstring) >= 60 else [f"{path}: says nothing of what it owns and promises"]


def sources(root: Path, *folders: str, suffixes: tuple[str, ...] = (".py",)) -> Iterator[tuple[PurePosixPath, str]]:
    """Every source file under `folders` of `root`, with its text."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and "node_modules" not in path.parts and path.is_file():
                yield PurePosixPath(path.relative_to(root)), path.read_text()


def _functions(tree: ast.AST) -> Iterator[_Function]:
    return (node for node in ast.walk(tree) if isinstance(node, _Function))


def _arguments(function: _Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _chain(expression: ast.expr) -> set[str]:
    """All names in `a.b(c).d`, but for arguments."""
    match expression:
        case ast.Attribute(value=value, attr=name):
            return {name} | _chain(value)
        case ast.Call(func=function):
            return _chain(function)
        case ast.Name(id=name):
            return {name}
        case _:
            return set()


def _imported_modules(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.splitlines(), start=1)
