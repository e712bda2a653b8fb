"""Redis and the database are stopped, hung and restarted in turn under a running platform that two agencies work on.

Every answer is looked at: none is wrong, none is a 5xx but a 503 or 504 that says why while the database is away, and
without Redis there is not even that. What an agency was told is stored is stored, and once. Liveness answers all the
time, readiness says how it is, and everything serves again soon after.

Usage: python -m tests.prove.faults [--report docs/proofs/faults.md]
"""

import argparse
import asyncio
import os
import platform
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import psycopg

from tests.acceptance.conftest import Installation, start, stop
from tests.prove.fault_load import AGENCIES, NAME, Answer, People, Probes, Work
from tests.prove.kill_ledger import Ledger
from tests.prove.kill_victims import find_process, processes_below
from tests.redis_servers import RedisServer, running_redis

HELD_S, SHORT_S, QUIET_S = 5.0, 2.0, 3.0
"""How long a fault is held; how long after one that mends itself readiness is not believed, since it remembers; and
the quiet after each."""
REDIS_BACK_WITHIN_S = 3 * 2.0
DATABASE_BACK_WITHIN_S = 40.0
"""With the supervisor's pause before it starts a database again that ended."""
ALIVE_WITHIN_S = 3 * 1.0
READY_WITHIN_S = 3 * 1.5
PATIENT = {"TEMBEA_DB_ACQUIRE_TIMEOUT_S": "5", "TEMBEA_REDIS_TIMEOUT_MS": "1000"}
"""Waits that a busy machine does not reach, so that what is refused is refused for the fault."""
TOLD_WITHIN_S = 3 * 2.5
"""How long readiness may say what was: what it remembers (1 s) and the deadline of a check (1.5 s)."""

Part = Literal["Redis", "database"]


@dataclass(frozen=True)
class Fault:
    """`begin` breaks something, `end` mends it; None: it mends itself, by the supervisor or at once."""

    part: Part
    name: str
    begin: Callable[[], None]
    end: Callable[[], None] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One fault: when it began and was mended (of `time.monotonic`), and when everything served again."""

    part: Part
    name: str
    began: float
    mended: float
    served: float | None

    def touches(self, answer: Answer) -> bool:
        """Whether the answer was made, in part, while the fault lasted."""
        return answer.began <= (self.served or float("inf")) and answer.ended >= self.began


@dataclass
class Proof:
    """The whole run."""

    seen: list[Seen] = field(default_factory=list[Seen])
    work: Work = field(default_factory=Work)
    alive: list[Answer] = field(default_factory=list[Answer])
    ready: list[Answer] = field(default_factory=list[Answer])
    untold: list[str] = field(default_factory=list[str])
    lost: int = 0
    doubled: int = 0

    def unexplained(self) -> list[Answer]:
        """Answers that nothing excuses."""
        return [answer for answer in self.work.answers if not self._is_in_order(answer)]

    def _is_in_order(self, answer: Answer) -> bool:
        if 200 <= answer.status < 300:
            return True
        is_away = any(one.part == "database" and one.touches(answer) for one in self.seen)
        is_told = answer.status in (503, 504) and answer.code != ""
        return is_away and (is_told or answer.code == "idempotency_in_progress")

    @property
    def failures(self) -> list[str]:
        """What must not be; empty when all is well."""
        found = [f"{one.name}: {self._late(one)}" for one in self.seen if self._late(one)]
        found += [f"unexplained: {one.what} {one.status} {one.code}" for one in self.unexplained()]
        found += self.work.wrong + self.untold
        if any(one.status != 200 or one.ended - one.began > ALIVE_WITHIN_S for one in self.alive):
            found.append("liveness did not answer at once at all times")
        if any(one.status not in (200, 503) or one.ended - one.began > READY_WITHIN_S for one in self.ready):
            found.append("readiness did not answer in time at all times")
        if self.lost or self.doubled:
            found.append(f"{self.lost} lost, {self.doubled} doubled")
        return found

    def _late(self, one: Seen) -> str:
        if one.served is None:
            return "did not serve again"
        within_s = REDIS_BACK_WITHIN_S if one.part == "Redis" else DATABASE_BACK_WITHIN_S
        after_s = one.served - one.mended
        return f"served again only after {after_s:.1f} s" if after_s > within_s else ""


def run() -> Proof:
    """Start an installation, break what it needs in turn, and count."""
    with tempfile.TemporaryDirectory(prefix="tembea-faults-") as folder, running_redis(Path(folder)) as redis:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        installation = start(data_dir, REDIS_URL=redis.url, **PATIENT)
        try:
            return asyncio.run(_run(installation, _faults(installation, redis)))
        finally:
            stop(installation)


def _faults(installation: Installation, redis: RedisServer) -> Sequence[Fault]:
    def restart() -> None:
        redis.stop()
        redis.start()

    return (
        Fault("Redis", "Redis stopped", redis.stop, redis.start),
        Fault("Redis", "Redis hung", redis.pause, redis.resume),
        Fault("Redis", "Redis restarted, empty", restart, None),
        Fault("database", "database killed", lambda: _signal(installation, signal.SIGKILL), None),
        Fault(
            "database",
            "database hung",
            lambda: _signal_all(installation, signal.SIGSTOP),
            lambda: _signal_all(installation, signal.SIGCONT),
        ),
        Fault("database", "database shut down", lambda: _signal(installation, signal.SIGINT), None),
    )


def _signal(installation: Installation, number: signal.Signals) -> None:
    server = find_process(installation, "database")
    assert server is not None
    os.kill(server, number)


def _signal_all(installation: Installation, number: signal.Signals) -> None:
    """The server and each of its processes, so that connections hang that are open."""
    server = find_process(installation, "database")
    assert server is not None
    for process in (server, *processes_below(server)):
        os.kill(process, number)


async def _run(installation: Installation, faults: Sequence[Fault]) -> Proof:
    people, probes, ended, proof = People(installation), Probes(installation.base_url), asyncio.Event(), Proof()
    await people.start()
    proof.work, proof.alive, proof.ready = people.work, probes.alive, probes.ready
    probing = asyncio.create_task(probes.run(ended))
    await asyncio.sleep(QUIET_S)
    for fault in faults:
        proof.seen.append(await _break(fault, probes, proof))
        print(_line(proof, proof.seen[-1]), flush=True)
        await asyncio.sleep(QUIET_S)
    await people.finish()
    ended.set()
    await probing
    _count(Ledger(installation).dsn, proof)
    return proof


async def _break(fault: Fault, probes: Probes, proof: Proof) -> Seen:
    began = time.monotonic()
    await asyncio.to_thread(fault.begin)
    await asyncio.sleep(HELD_S if fault.end else SHORT_S)
    mended = began
    if fault.end is not None:
        if not _was_told(fault.part, probes, began):
            proof.untold.append(f"{fault.name}: readiness did not say so")
        await asyncio.to_thread(fault.end)
        mended = time.monotonic()
    while time.monotonic() < mended + DATABASE_BACK_WITHIN_S:
        await asyncio.sleep(0.05)
        if _serves(fault.part, probes, mended):
            return Seen(fault.part, fault.name, began, mended, time.monotonic())
    return Seen(fault.part, fault.name, began, mended, None)


def _was_told(part: Part, probes: Probes, since: float) -> bool:
    """Whether readiness said what is away, and of Redis that it is ready all the same."""
    during = [one for one in probes.ready if one.began >= since]
    if part == "database":
        return any(one.status == 503 for one in during)
    return all(one.status == 200 for one in during) and any(
        said == "degraded" for at, said in probes.redis if at >= since
    )


def _serves(part: Part, probes: Probes, since: float) -> bool:
    """Whether readiness, asked after that moment, says that everything is there."""
    asked = bool(probes.ready) and probes.ready[-1].began >= since and probes.ready[-1].status == 200
    return asked and (part == "database" or probes.redis[-1][1] == "healthy")


def _count(dsn: str, proof: Proof) -> None:
    """Each client that an agency was told is stored stands there once."""
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select t.slug, c.name, count(*) from clients c join tenants t on t.id = c.tenant_id"
            " where c.name like %s group by 1, 2",
            [f"{NAME} %"],
        ).fetchall()
    found = {(slug, name): count for slug, name, count in rows}
    told = [(agency, name) for agency in AGENCIES for name in proof.work.written[agency]]
    proof.lost = sum(one not in found for one in told)
    proof.doubled = sum(count > 1 for count in found.values())


def report(proof: Proof) -> str:
    """The run as a page."""
    answers = Counter(f"{one.status} {one.code}".strip() for one in proof.work.answers)
    lines = [
        "# Redis and the database stop, hang and come back",
        "",
        "What `python -m tests.prove.faults` showed; `make prove` repeats it. Times are those of a busy machine.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores shared with "
        f"other work, Python {platform.python_version()}. People of {len(AGENCIES)} agencies work all the time.",
        "",
        f"- {sum(answers.values())} answers: {', '.join(f'{what} {count}x' for what, count in answers.most_common())}",
        f"- liveness asked {len(proof.alive)} times, the slowest answer took "
        f"{max(one.ended - one.began for one in proof.alive):.2f} s; readiness {len(proof.ready)} times, "
        f"{max(one.ended - one.began for one in proof.ready):.2f} s",
        "",
        "| what must be 0 | counted |",
        "|---|---|",
        f"| answers that are wrong | {len(proof.work.wrong)} |",
        f"| answers that nothing excuses | {len(proof.unexplained())} |",
        f"| clients lost that were said to be stored | {proof.lost} |",
        f"| clients stored twice | {proof.doubled} |",
        f"| faults of which readiness said nothing | {len(proof.untold)} |",
        "",
        "| what happened | lasted s | serves again after s | answers meanwhile | of these 503 or 504 | slowest s |",
        "|---|---|---|---|---|---|",
        *(_line(proof, one) for one in proof.seen),
    ]
    return "\n".join(lines) + "\n"


def _line(proof: Proof, one: Seen) -> str:
    meanwhile = [answer for answer in proof.work.answers if one.touches(answer)]
    deferred = sum(answer.status in (503, 504) for answer in meanwhile)
    slowest_s = max((answer.ended - answer.began for answer in meanwhile), default=0.0)
    served = "never" if one.served is None else f"{one.served - one.mended:.1f}"
    return f"| {one.name} | {one.mended - one.began:.1f} | {served} | {len(meanwhile)} | {deferred} | {slowest_s:.1f} |"


def main() -> None:
    """Run, print, and write the report."""
    parser = argparse.ArgumentParser(description="Break what a running platform stands on.")
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    proof = run()
    print(report(proof))
    for failure in proof.failures:
        print(failure)
    if given.report is not None:
        given.report.write_text(report(proof), encoding="utf-8")
    raise SystemExit(1 if proof.failures else 0)


if __name__ == "__main__":
    main()
