"""The embedded warehouse: DuckDB, one file a tenant, in a small process that comes when it is asked and goes again.

The process keeps DuckDB and the translator out of the API and the worker (60 MB each), bounds what a question may use,
and can be ended at a deadline, which a thread cannot. It ends with the one that started it: its input ends.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID

from tembea.kernel.context import Context
from tembea.providers.warehouse.model import (
    MAX_ROWS,
    Cells,
    NothingLoaded,
    Statement,
    Table,
    Value,
    Values,
    WarehouseAway,
    WarehouseKind,
    WarehouseRefused,
)

ASK_TIMEOUT_S = 5.0
"""Of one question, with the start of the process, which takes half a second on a machine that is idle."""
LOAD_TIMEOUT_S = 60.0
IDLE_S = 30.0
"""How long the process stays when nobody asks."""
LOCK_WAIT_S = 2.0
"""How long a file is waited for that another process holds; each holds it for milliseconds."""
_ANSWER_MAX_BYTES = 32_000_000
_PROGRAM = Path(__file__).with_name("duckdb_process.py")


class EmbeddedWarehouse:
    """DuckDB files in a folder, `<tenant id>.duckdb`; one statement at a time in each process of ours."""

    def __init__(self, folder: Path, *, memory_mb: int, ask_timeout_s: float = ASK_TIMEOUT_S) -> None:
        self._folder = folder
        self._memory_mb = memory_mb
        self._ask_timeout_s = ask_timeout_s
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._made: set[tuple[UUID, str]] = set()

    @property
    def kind(self) -> WarehouseKind:
        """Always "duckdb"."""
        return "duckdb"

    @property
    def pid(self) -> int | None:
        """The process that answers, while there is one."""
        return None if self._process is None or self._process.returncode is not None else self._process.pid

    async def ask(self, ctx: Context, statement: Statement, values: Values) -> list[Cells]:
        """The answer of the tenant's file, opened for reading."""
        if not self._file(ctx).exists():
            raise NothingLoaded("no file yet")
        return await self._do(ctx, statement, values, write=False, within_s=self._ask_timeout_s)

    async def load(self, ctx: Context, table: Table, values: Values) -> None:
        """The table's `load` on the tenant's file, which is made where it is missing."""
        made = (ctx.tenant_uuid, table.name)
        if made in self._made:
            try:
                await self._do(ctx, table.load, values, write=True, within_s=LOAD_TIMEOUT_S)
            except NothingLoaded:  # somebody removed the file
                self._made.discard(made)
            else:
                return
        for statement in table.create:
            await self._do(ctx, statement, {}, write=True, within_s=LOAD_TIMEOUT_S)
        self._made.add(made)
        await self._do(ctx, table.load, values, write=True, within_s=LOAD_TIMEOUT_S)

    async def check(self) -> bool | None:
        """There is nothing outside."""
        return None

    async def warm(self) -> None:
        """It comes when it is asked: until then it would take memory for nothing."""

    async def close(self) -> None:
        """End the process; what it is asked just then fails, as any call that is cut off."""
        await self._end()

    def _file(self, ctx: Context) -> Path:
        """The tenant's file. The id makes its name, which no one chooses and nothing renames."""
        return self._folder / f"{ctx.tenant_uuid}.duckdb"

    async def _do(
        self, ctx: Context, statement: Statement, values: Values, *, write: bool, within_s: float
    ) -> list[Cells]:
        request = {
            "file": str(self._file(ctx)),
            "sql": statement.sql,
            "values": {name: [kind, _plain(value)] for name, kind, value in statement.typed(values)},
            "write": write,
            "memory_mb": self._memory_mb,
            "lock_wait_s": LOCK_WAIT_S,
            "max_rows": MAX_ROWS,
        }
        try:
            async with asyncio.timeout(within_s), self._turn:
                return _read_answer(await self._exchange(json.dumps(request).encode() + b"\n"))
        except TimeoutError as error:
            raise WarehouseAway(f"no answer within {within_s} s") from error
        except OSError as error:
            raise WarehouseAway(f"{type(error).__name__}: {error}") from error

    async def _exchange(self, request: bytes) -> bytes:
        """One line out, one line in. Whatever cuts it off ends the process: its next line would answer the last one."""
        process = await self._ready()
        try:
            if process.stdin is None or process.stdout is None:
                raise OSError("the warehouse's process has no pipes")
            process.stdin.write(request)
            await process.stdin.drain()
            answer = await process.stdout.readline()
        except BaseException:
            await self._end()
            raise
        if not answer.endswith(b"\n"):
            await self._end()
            raise OSError("the warehouse's process ended in the middle of its work")
        self._leaving = asyncio.get_running_loop().call_later(IDLE_S, self._leave)
        return answer

    async def _ready(self) -> asyncio.subprocess.Process:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        if self._process is None or self.pid is None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                str(_PROGRAM),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_ANSWER_MAX_BYTES,
                start_new_session=True,  # an interrupt at the terminal is for whoever supervises
            )
        return self._process

    def _leave(self) -> None:
        """Nobody asked for a while: its input ends, and so it does."""
        if self._process is not None and self._process.stdin is not None and not self._turn.locked():
            self._process.stdin.close()
            self._process = None

    async def _end(self) -> None:
        process, self._process = self._process, None
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()


def _plain(value: Value) -> str | int | list[str] | None:
    if isinstance(value, date):  # and a datetime
        return value.isoformat()
    return value if value is None or isinstance(value, str | int) else list(value)


def _read_answer(line: bytes) -> list[Cells]:
    """The rows of an answer; raises what it tells of."""
    answer = cast("Mapping[str, object]", json.loads(line))
    error, detail = answer.get("error"), str(answer.get("detail"))
    if error is None:
        return cast("list[Cells]", answer["rows"])
    if error == "nothing_loaded":
        raise NothingLoaded(detail)
    if error == "locked":
        raise WarehouseAway(detail)
    raise WarehouseRefused(detail)
