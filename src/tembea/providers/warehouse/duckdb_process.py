"""The program of the embedded warehouse's process: a request a line on its input, an answer a line on its output.

It is run by its path and imports nothing of ours, so that it stays small and starts fast. A request names the file, the
statement in BigQuery's dialect and its typed values. DuckDB is told to touch no other file, load no extension and take
no other setting from then on, so that not even a statement could lead to another tenant's rows.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

import duckdb
from sqlglot import ErrorLevel, transpile

_RETRY_S = 0.02
_READ: Mapping[str, Callable[[str], object]] = {"DATE": date.fromisoformat, "DATETIME": datetime.fromisoformat}


def main() -> None:
    """Answer until the input ends."""
    os.umask(0o077)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line)), default=str) + "\n")
        sys.stdout.flush()


def answer(request: Mapping[str, object]) -> Mapping[str, object]:
    """The rows, or which kind of error it was."""
    try:
        return {"rows": _run(request)}
    except duckdb.CatalogException as error:
        return {"error": "nothing_loaded", "detail": _words(error)}
    except FileNotFoundError as error:
        return {"error": "nothing_loaded", "detail": _words(error)}
    except TimeoutError as error:
        return {"error": "locked", "detail": _words(error)}
    except Exception as error:  # the edge of the process: whoever asked hears of it
        return {"error": "refused", "detail": _words(error)}


def _run(request: Mapping[str, object]) -> list[dict[str, object]]:
    with _opened(request) as connection:
        given = cast("Mapping[str, tuple[str, object]]", request["values"])
        values = {name: _value(kind, value) for name, (kind, value) in given.items()}
        connection.execute(translated(str(request["sql"])), values)
        columns = [str(column[0]) for column in connection.description or ()]
        rows = connection.fetchmany(cast("int", request["max_rows"]))
        return [dict(zip(columns, row, strict=True)) for row in rows]


def _opened(request: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
    path, write = Path(str(request["file"])), bool(request["write"])
    if not write and not path.exists():
        raise FileNotFoundError("no file yet")
    ends = time.monotonic() + cast("float", request["lock_wait_s"])
    while True:
        try:
            return duckdb.connect(str(path), read_only=not write, config=_config(request))
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise
            if time.monotonic() > ends:
                raise TimeoutError("another process holds the file") from error
        time.sleep(_RETRY_S)


def _config(request: Mapping[str, object]) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "threads": "1",
        "memory_limit": f"{request['memory_mb']}MB",
        "max_temp_directory_size": "0MB",
        "enable_external_access": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "lock_configuration": "true",
    }


@lru_cache(maxsize=100)
def translated(sql: str) -> str:
    """The statement as DuckDB has it. Partitions and clusters are left out: a file is small."""
    return transpile(sql, read="bigquery", write="duckdb", unsupported_level=ErrorLevel.IGNORE)[0]


def _value(kind: str, value: object) -> object:
    return _READ[kind](str(value)) if value is not None and kind in _READ else value


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


if __name__ == "__main__":
    main()
