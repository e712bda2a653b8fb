"""BigQuery through its official client: a dataset a tenant, every question with a deadline and a bound of its cost.

The client blocks, so it runs in a few threads of its own; what hangs there holds up neither the event loop nor anybody
else's threads. A question is two jobs: a dry run, which is free and says how many bytes it would read, and the query,
which BigQuery itself refuses beyond `maximum_bytes_billed`.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Protocol, TypeVar, cast
from uuid import UUID

import structlog
from google.api_core.client_options import ClientOptions
from google.api_core.retry import Retry
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from tembea.kernel.context import Context
from tembea.providers.warehouse.bigquery_errors import is_transient, told
from tembea.providers.warehouse.model import (
    MAX_ROWS,
    Cells,
    NothingLoaded,
    Statement,
    Table,
    TooExpensive,
    Value,
    Values,
    ValueType,
    WarehouseAway,
    WarehouseError,
    WarehouseKind,
)
from tembea.providers.warehouse.probe_store import PROBE
from tembea.providers.warehouse.retry_budget import RetryBudget

T = TypeVar("T")


class _Row(Protocol):
    def items(self) -> Iterable[tuple[str, object]]: ...


_Run = Callable[..., Iterable[_Row]]
_Parameter = bigquery.ScalarQueryParameter | bigquery.ArrayQueryParameter
Connect = Callable[[], bigquery.Client]

THREADS = 4
"""Calls at once in a process; more wait, and their deadlines run meanwhile."""
LOAD_TIMEOUT_S = 60.0
"""A load is nobody's request: BigQuery takes seconds for a statement that writes."""
CONNECT_TIMEOUT_S = 15.0
"""Finding credentials may ask the machine's metadata server, which is slow where there is none."""
_FIRST_RETRY_S, _LONGEST_RETRY_S = 0.05, 1.0

log = structlog.stdlib.get_logger("tembea.warehouse")


@dataclass(frozen=True, slots=True)
class BigQueryLimits:
    """How long one job of a question may take, and how many bytes one may bill."""

    job_timeout_s: float
    max_bytes_billed: int


def connection_to(project: str, *, location: str | None = None, emulator: str | None = None) -> Connect:
    """A way to make the client, with the machine's own credentials; an emulator at a URL is given none."""

    def connect() -> bigquery.Client:
        if emulator is None:
            return bigquery.Client(project, location=location)
        options = ClientOptions(api_endpoint=emulator)
        return bigquery.Client(project, credentials=AnonymousCredentials(), location=location, client_options=options)

    return connect


def dataset_name(tenant_id: UUID) -> str:
    """The name of a tenant's dataset. The id makes it, which no one chooses and nothing renames."""
    return f"tembea_{tenant_id.hex}"


class BigQueryWarehouse:
    """The warehouse in BigQuery; the client is made once, at the first use."""

    def __init__(self, connect: Connect, limits: BigQueryLimits) -> None:
        self._connect = connect
        self._limits = limits
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="bigquery")
        self._budget = RetryBudget()
        self._client: bigquery.Client | None = None
        self._connecting = threading.Lock()
        self._made: set[tuple[UUID, str]] = set()

    @property
    def kind(self) -> WarehouseKind:
        """Always "bigquery"."""
        return "bigquery"

    async def ask(self, ctx: Context, statement: Statement, values: Values) -> list[Cells]:
        """A dry run, then the query, each within `job_timeout_s`."""
        dataset = dataset_name(ctx.tenant_uuid)
        within_s = self._limits.job_timeout_s
        await self._in_thread(within_s, lambda left_s: self._check_cost(dataset, statement, values, left_s))
        return await self._in_thread(within_s, lambda left_s: self._run(dataset, statement, values, left_s))

    async def load(self, ctx: Context, table: Table, values: Values) -> None:
        """The table's `load`, under the same bound of cost; dataset and table are made before the first one."""
        made = (ctx.tenant_uuid, table.name)
        if made in self._made:
            try:
                await self._load(ctx, table, values)
            except NothingLoaded:  # somebody removed it
                self._made.discard(made)
            else:
                return
        await self._in_thread(LOAD_TIMEOUT_S, lambda left_s: self._make(ctx, table, left_s))
        self._made.add(made)
        await self._load(ctx, table, values)

    async def _load(self, ctx: Context, table: Table, values: Values) -> None:
        dataset = dataset_name(ctx.tenant_uuid)
        await self._in_thread(LOAD_TIMEOUT_S, lambda left_s: self._check_cost(dataset, table.load, values, left_s))
        await self._in_thread(LOAD_TIMEOUT_S, lambda left_s: self._run(dataset, table.load, values, left_s))

    async def check(self) -> bool | None:
        """Whether a query is answered now."""
        try:
            await self._in_thread(self._limits.job_timeout_s, lambda left_s: self._run(None, PROBE, {}, left_s))
        except WarehouseError as error:
            log.warning("warehouse_check_failed", reason=error.reason, detail=str(error))
            return False
        return True

    async def warm(self) -> None:
        """Make the client and ask once; BigQuery's first answer takes seconds, and nobody should wait for it."""
        try:
            await self._in_thread(CONNECT_TIMEOUT_S, lambda left_s: self._run(None, PROBE, {}, left_s))
        except WarehouseError as error:
            log.warning("warehouse_not_warm", reason=error.reason, detail=str(error))

    async def close(self) -> None:
        """Take no more; calls that are under way end at their deadlines."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            self._client.close()

    async def _in_thread(self, within_s: float, call: Callable[[float], T]) -> T:
        """Run a blocking call, which is told how much of its time is left when it begins."""
        ends = monotonic() + within_s
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(within_s):
                result = await loop.run_in_executor(self._threads, lambda: call(max(0.05, ends - monotonic())))
        except TimeoutError as error:
            raise WarehouseAway(f"no answer within {within_s} s") from error
        except WarehouseError:
            raise
        except Exception as error:
            raise told(error) from error
        self._budget.earn()
        return result

    def _connected(self) -> bigquery.Client:
        with self._connecting:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _check_cost(self, dataset: str, statement: Statement, values: Values, within_s: float) -> None:
        client = self._connected()
        config = self._config(client, dataset, statement, values, within_s)
        config.dry_run = True
        job = client.query(
            statement.sql, job_config=config, retry=self._retry(within_s), timeout=within_s, job_retry=None
        )
        estimate: object = job.total_bytes_processed
        if not isinstance(estimate, int):
            raise ValueError("the dry run did not say how many bytes it would read")
        if estimate > self._limits.max_bytes_billed:
            raise TooExpensive(f"would read {estimate} bytes, {self._limits.max_bytes_billed} are allowed")

    def _run(self, dataset: str | None, statement: Statement, values: Values, within_s: float) -> list[Cells]:
        client = self._connected()
        run = cast("_Run", client.query_and_wait)  # pyright: ignore[reportUnknownMemberType] - half of it is typed
        rows = run(
            statement.sql,
            job_config=self._config(client, dataset, statement, values, within_s),
            api_timeout=within_s,
            wait_timeout=within_s,
            retry=self._retry(within_s),
            job_retry=None,
            max_results=MAX_ROWS,
        )
        return [dict(row.items()) for row in rows]

    def _make(self, ctx: Context, table: Table, within_s: float) -> None:
        client = self._connected()
        reference = bigquery.DatasetReference(client.project, dataset_name(ctx.tenant_uuid))
        dataset = bigquery.Dataset(reference)
        dataset.labels = {"tembea_tenant": ctx.tenant_slug}
        client.create_dataset(dataset, exists_ok=True, retry=self._retry(within_s), timeout=within_s)
        for statement in table.create:
            self._run(reference.dataset_id, statement, {}, within_s)

    def _config(
        self, client: bigquery.Client, dataset: str | None, statement: Statement, values: Values, within_s: float
    ) -> bigquery.QueryJobConfig:
        config = bigquery.QueryJobConfig()
        if dataset is not None:
            config.default_dataset = bigquery.DatasetReference(client.project, dataset)
        config.query_parameters = [_parameter(*one) for one in statement.typed(values)]
        config.maximum_bytes_billed = self._limits.max_bytes_billed
        config.job_timeout_ms = round(within_s * 1_000)
        return config

    def _retry(self, within_s: float) -> Retry:
        return Retry(
            predicate=lambda error: is_transient(error) and self._budget.take(),
            initial=_FIRST_RETRY_S,
            maximum=_LONGEST_RETRY_S,
            timeout=within_s,
        )


def _parameter(name: str, kind: ValueType, value: Value) -> _Parameter:
    if value is None or isinstance(value, str | int | date):  # and a datetime
        return bigquery.ScalarQueryParameter(name, kind, value)
    return bigquery.ArrayQueryParameter(name, "STRING", list(value))
