"""A server on loopback that speaks as much of BigQuery's REST API as the official client uses of it here.

Its data are real: every dataset is a DuckDB database in memory that runs the translated statements. What goes wrong is
asked for by `misbehave`, one answer at a time. Source: https://cloud.google.com/bigquery/docs/reference/rest.
"""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import duckdb

from tembea.providers.warehouse.duckdb_process import translated

Json = dict[str, Any]
_TYPES = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "DATE": "DATE", "TIMESTAMP": "DATETIME", "VARCHAR": "STRING"}
_JOB = {"projectId": "p", "jobId": "j", "location": "US"}
_READ: Mapping[str, Callable[[str], object]] = {
    "DATE": date.fromisoformat,
    "DATETIME": datetime.fromisoformat,
    "INT64": int,
}


class BigQueryServer:
    """The state of the server: `datasets` by name, and every request as (method, path, body)."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.datasets: dict[str, duckdb.DuckDBPyConnection] = {}
        self.requests: list[tuple[str, str, Json]] = []
        self.bytes_processed = 1_000
        self.slow = False
        """Queries are not done when they are answered; `endless` ones never are."""
        self.endless = False
        self._done: Json = {}
        self.released, self.cancelled = threading.Event(), threading.Event()
        self._behaviours: deque[str | tuple[int, str]] = deque()
        self._always: str | tuple[int, str] | None = None
        self._lock = threading.Lock()

    def misbehave(self, *behaviours: str | tuple[int, str]) -> None:
        """The next answers: (status, reason), "hang", "garbage" (200 and HTML) or "nonsense" (200 and other JSON)."""
        self._behaviours.extend(behaviours)

    def misbehave_always(self, behaviour: str | tuple[int, str] | None) -> None:
        """Every answer, until None."""
        self._always = behaviour

    def next_behaviour(self) -> str | tuple[int, str] | None:
        return self._behaviours.popleft() if self._behaviours else self._always

    def queries(self, *, dry: bool = False) -> list[Json]:
        """What was asked: the bodies of dry runs, or of queries that ran."""
        dry_runs = [body for _, path, body in self.requests if path.endswith("/jobs")]
        return dry_runs if dry else [body for _, path, body in self.requests if path.endswith("/queries")]

    def answer(self, method: str, path: str, body: Json) -> tuple[int, object]:
        with self._lock:
            self.requests.append((method, path, body))
            if method == "POST" and path.endswith("/datasets"):
                name = body["datasetReference"]["datasetId"]
                if name in self.datasets:
                    return problem(409, "duplicate", f"Already Exists: Dataset p:{name}")
                self.datasets[name] = duckdb.connect(":memory:")
                return 200, body
            if method == "GET" and "/datasets/" in path:
                name = path.rsplit("/", 1)[-1]
                return self._missing({"datasetId": name}) or (
                    200,
                    {"datasetReference": {"projectId": "p", "datasetId": name}},
                )
            if method == "POST" and path.endswith("/jobs"):
                return self._dry_run(body)
            if method == "POST" and path.endswith("/queries"):
                return self._query(body)
            if method == "GET" and path.endswith("/queries/j"):
                return 200, self._pending() if self.endless else self._done
            if path.endswith("/cancel"):
                self.cancelled.set()
            if path.endswith(("/jobs/j", "/jobs/j/cancel")):
                return 200, self._job()
            return problem(404, "notFound", f"Not found: {method} {path}")

    def _pending(self) -> Json:
        return {"kind": "bigquery#queryResponse", "jobComplete": False, "jobReference": _JOB}

    def _job(self) -> Json:
        state = {"state": "RUNNING" if self.endless else "DONE"}
        table = {"projectId": "p", "datasetId": "anonymous", "tableId": "answer"}
        query = {"query": "", "destinationTable": table}
        parts: Json = {"status": state, "configuration": {"query": query}, "statistics": {"query": {}}}
        job: Json = {"jobReference": _JOB, **parts}
        return job | {"job": job}

    def _dry_run(self, body: Json) -> tuple[int, object]:
        query = body["configuration"]["query"]
        missing = self._missing(query.get("defaultDataset"))
        if missing:
            return missing
        assert body["configuration"]["dryRun"] is True
        return 200, {
            **body,
            "id": "p:US.dry",
            "status": {"state": "DONE"},
            "statistics": {"query": {"totalBytesProcessed": str(self.bytes_processed)}},
        }

    def _missing(self, default: Json | None) -> tuple[int, object] | None:
        if default is not None and default["datasetId"] not in self.datasets:
            return problem(404, "notFound", f"Not found: Dataset p:{default['datasetId']} was not found in location US")
        return None

    def _query(self, body: Json) -> tuple[int, object]:
        default = cast("Json | None", body.get("defaultDataset"))
        missing = self._missing(default)
        if missing:
            return missing
        connection = duckdb.connect(":memory:") if default is None else self.datasets[default["datasetId"]]
        values = {one["name"]: _value(one) for one in body.get("queryParameters", [])}
        try:
            connection.execute(translated(body["query"]), values)
        except duckdb.CatalogException as error:
            return problem(404, "notFound", f"Not found: Table: {error}")
        except duckdb.Error as error:
            return problem(400, "invalidQuery", str(error))
        rows = connection.fetchall()
        fields = [
            {"name": name, "type": _TYPES.get(str(kind), "NUMERIC"), "mode": "NULLABLE"}
            for name, kind, *_ in connection.description or ()
        ]
        self._done = {
            "kind": "bigquery#queryResponse",
            "jobComplete": True,
            "jobReference": _JOB,
            "schema": {"fields": fields},
            "totalRows": str(len(rows)),
            "rows": [{"f": [{"v": _cell(cell)} for cell in row]} for row in rows],
        }
        return 200, self._pending() if self.slow else self._done


def problem(status: int, reason: str, message: str) -> tuple[int, object]:
    return status, {"error": {"code": status, "message": message, "errors": [{"reason": reason, "message": message}]}}


def _value(given: Json) -> object:
    kind, value = given["parameterType"], given["parameterValue"]
    if kind["type"] == "ARRAY":
        return [one["value"] for one in value.get("arrayValues", [])]
    plain = value.get("value")
    return _READ.get(kind["type"], str)(plain) if plain is not None else None


def _cell(cell: object) -> str | None:
    if isinstance(cell, datetime):
        return cell.isoformat()
    return None if cell is None else str(cell)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: BigQueryServer

    def do_POST(self) -> None:
        self._serve("POST")

    def do_GET(self) -> None:
        self._serve("GET")

    def _serve(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = cast("Json", json.loads(self.rfile.read(length) or b"{}"))
        path = re.sub(r"\?.*", "", self.path)
        behaviour = self.state.next_behaviour()
        if behaviour is None:
            self._send(*self.state.answer(method, path, body))
            return
        self.state.requests.append((method, path, body))
        if behaviour == "hang":
            self.state.released.wait(20)
            self.close_connection = True
        elif behaviour == "garbage":
            self._send(200, "<html>It works</html>")
        elif behaviour == "nonsense":
            self._send(200, [{"rows": 7}])
        elif not isinstance(behaviour, str):
            self._send(*problem(*behaviour, "asked for by the test"))

    def _send(self, status: int, content: object) -> None:
        raw = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(content, str) else "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Quiet."""


@contextmanager
def bigquery_server() -> Generator[BigQueryServer]:
    """A server on a free port, for as long as the block lasts."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state = BigQueryServer(server.server_address[1])
    cast("Any", handler).state = state
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
