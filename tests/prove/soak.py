"""A soak: a whole installation takes mail at a steady rate for an hour, and neither falls behind nor grows.

Mails come by SMTP and by the webhook, on time whether or not the last one was answered yet: enquiries with names of
many scripts, with files, in HTML; answers, repetitions, hostile ones. Every minute says what waits, how long a quote
took, and what each part holds. At the end the ledger counts: nothing lost, nothing doubled, quotas exact, no gaps.

Usage: python -m tests.prove.soak [--minutes 60] [--rate 10] [--report docs/proofs/soak.md]
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg

from tests.acceptance.conftest import Installation, start, stop
from tests.prove.kill_ledger import Ledger, Verdict
from tests.prove.kill_rounds import generous_clients
from tests.prove.kill_senders import DOMAIN
from tests.prove.kill_victims import VICTIMS, Victim
from tests.prove.soak_gauge import Gauge, size_bytes
from tests.prove.soak_mails import OTHERS
from tests.prove.soak_senders import SteadySenders

MINUTES, RATE, WORKERS = 60.0, 10.0, 2
BYTES_A_MAIL = 1_000_000
"""Disk wanted for each mail at the start: its answer with PDF and pictures is six tenths of it."""
DRAINS_WITHIN_S = 120.0
MORE_DESCRIPTORS, MORE_PROCESSES = 12, 6
_READ_EVERY_S = 5.0
_NAMES: Mapping[Victim, str] = {"API": "API", "worker": "worker", "database": "PostgreSQL"}

_MINUTE: LiteralString = """
    select count(*),
           coalesce(percentile_cont(array[0.5, 0.95, 1])
             within group (order by extract(epoch from m.sent_at - i.received_at))::float8[], '{0,0,0}')
    from outgoing_mails m
    join inbound_messages i on i.tenant_id = m.tenant_id and i.enquiry_id = m.enquiry_id
    where m.sent_at > now() - make_interval(secs => %(seconds)s) and i.message_id like %(ours)s"""
_WAITING: LiteralString = """
    select count(*) from procrastinate_jobs where status in ('todo', 'doing') and queueing_lock is null"""
_CONNECTIONS: LiteralString = "select count(*) from pg_stat_activity where backend_type = 'client backend'"
_OTHERS_STORED: LiteralString = """
    select (select count(*) from inbound_messages where message_id like %(others)s)
         + (select count(*) from quarantined_messages where envelope_from like %(others)s)"""


@dataclass(frozen=True, slots=True)
class Minute:
    """What one minute showed; times are seconds from a mail's acceptance to its quote in the outbox."""

    accepted: int
    quoted: int
    waiting: int
    took_s: tuple[float, float, float]
    connections: int
    disk_bytes: int


@dataclass
class Soak:
    """What a run showed."""

    minutes: float
    rate: float
    every: list[Minute] = field(default_factory=list[Minute])
    gauge: Gauge = field(default_factory=Gauge)
    accepted: dict[str, str] = field(default_factory=dict[str, str])
    answers: dict[str, int] = field(default_factory=dict[str, int])
    kinds: dict[str, int] = field(default_factory=dict[str, int])
    late_s: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)
    others_missing: int = 0
    drained_s: float = 0.0
    disk_before: int = 0
    disk_after: int = 0

    @property
    def failures(self) -> list[str]:
        """Everything that should not be so."""
        found = [f"{name}: {count}" for name, count in self.verdict.wrong.items()]
        found += [f"{count} answers {answer}" for answer, count in self.answers.items() if not answer.endswith(_HONEST)]
        if self.others_missing:
            found.append(f"answers and hostile mails accepted and not stored: {self.others_missing}")
        if self.drained_s > DRAINS_WITHIN_S:
            found.append(f"the backlog took {self.drained_s:.0f} s to drain")
        for part in VICTIMS:
            if (grown := self.gauge.growth(part, "pss_bytes")) > (bound := self.gauge.may_grow(part)):
                found.append(f"{_NAMES[part]} grew by {_mb(grown)} MB in the second half, {_mb(bound)} MB are allowed")
            if (grown := self.gauge.growth(part, "processes")) > MORE_PROCESSES:
                found.append(f"{_NAMES[part]} has {grown:.0f} processes more in the second half")
            # Each of PostgreSQL's processes keeps up to max_files_per_process tables and segments open, and no more.
            if part != "database" and (grown := self.gauge.growth(part, "descriptors")) > MORE_DESCRIPTORS:
                found.append(f"{_NAMES[part]} opened {grown:.0f} more files in the second half")
        return found


_HONEST = ("250", "200", "201", "202", "421", "451", "503")
"""Answers that accept a mail, or ask for it again: a sender who hears the latter keeps it and comes back."""


def run(minutes: float, rate: float) -> Soak:
    """Start an installation of its own, send, measure, and count."""
    soak = Soak(minutes, rate)
    with tempfile.TemporaryDirectory() as folder:
        _check_room(Path(folder), soak)
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        installation = start(
            data_dir, TEMBEA_CLIENTS_DIR=str(generous_clients(Path(folder))), TEMBEA_WORKER_PROCESSES=str(WORKERS)
        )
        try:
            _soak(installation, soak)
        except BaseException:
            print((data_dir / "up.log").read_text(encoding="utf-8")[-6_000:], file=sys.stderr)
            raise
        finally:
            stop(installation)
    return soak


def _check_room(folder: Path, soak: Soak) -> None:
    wanted, free = soak.minutes * 60 * soak.rate * BYTES_A_MAIL, shutil.disk_usage(folder).free
    if free < wanted:
        raise AssertionError(f"{folder} has {_mb(free)} MB free; this soak wants {_mb(wanted)} MB. Set TMPDIR.")


def _soak(installation: Installation, soak: Soak) -> None:
    ledger = Ledger(installation)
    soak.disk_before = size_bytes(installation.data_dir)
    senders = SteadySenders(installation, rate=soak.rate)
    senders.start()
    try:
        _watch(installation, soak, ledger, senders)
    finally:
        senders.finish()
    soak.accepted, soak.answers = senders.accepted, dict(senders.answers)
    soak.kinds, soak.late_s = dict(senders.kinds), senders.late_s
    soak.drained_s = ledger.wait_until_drained(within_s=3 * DRAINS_WITHIN_S)
    soak.verdict = ledger.verdict(soak.accepted)
    soak.others_missing = senders.others_accepted - ledger.number(_OTHERS_STORED, others=f"%@{OTHERS}%")
    soak.disk_after = size_bytes(installation.data_dir)


def _watch(installation: Installation, soak: Soak, ledger: Ledger, senders: SteadySenders) -> None:
    began, noted, accepted = time.monotonic(), time.monotonic(), 0
    while (now := time.monotonic()) - began < soak.minutes * 60:
        soak.gauge.read(installation, now - began)
        if now - noted >= 60:
            soak.every.append(_minute(installation, ledger, now - noted, len(senders.accepted) - accepted))
            noted, accepted = now, len(senders.accepted)
            print(_line(len(soak.every), soak), flush=True)
        time.sleep(_READ_EVERY_S)


def _minute(installation: Installation, ledger: Ledger, seconds: float, accepted: int) -> Minute:
    with psycopg.connect(ledger.dsn) as connection:
        quoted = connection.execute(_MINUTE, {"seconds": seconds, "ours": f"%@{DOMAIN}%"}).fetchone()
    assert quoted is not None
    return Minute(
        accepted=accepted,
        quoted=int(quoted[0]),
        waiting=ledger.number(_WAITING),
        took_s=tuple(quoted[1]),
        connections=ledger.number(_CONNECTIONS),
        disk_bytes=size_bytes(installation.data_dir),
    )


def _line(number: int, soak: Soak) -> str:
    one = soak.every[number - 1]
    p50, p95, longest = one.took_s
    at = min(range(len(soak.gauge.seconds)), key=lambda index: abs(soak.gauge.seconds[index] - number * 60))
    held = [soak.gauge.held[part][at] for part in VICTIMS]
    memory = " | ".join(f"{_mb(each.pss_bytes)} / {_mb(each.rss_bytes)}" for each in held)
    files = " / ".join(str(each.descriptors) for each in held)
    took = f"{p50 * 1000:.0f} | {p95 * 1000:.0f} | {longest * 1000:.0f}"
    counted = f"{number} | {one.accepted} | {one.quoted} | {one.waiting}"
    return f"| {counted} | {took} | {memory} | {files} | {one.connections} | {_mb(one.disk_bytes)} |"


def report(soak: Soak) -> str:
    """The run as a page."""
    lines = [
        "# A soak",
        "",
        "What `python -m tests.prove.soak` showed; `make prove` repeats it. PSS counts shared pages by their share;",
        "PostgreSQL's is the sum of all its processes.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, on which the "
        f"senders ran too, load at the end {os.getloadavg()[0]:.1f}, Python {platform.python_version()}. "
        f"{soak.minutes:g} minutes at {soak.rate:g} mails a second by SMTP and webhook, answered into the outbox by "
        f"{WORKERS} worker processes, whose memory is added up.",
        "",
        *_summary(soak),
        "",
        "| what must be 0 | counted |",
        "|---|---|",
        *(f"| {name} | {count} |" for name, count in soak.verdict.figures.items()),
        f"| answers and hostile mails accepted and not stored | {soak.others_missing} |",
        "",
        "| minute | enquiries accepted | quoted | jobs waiting | p50 ms | p95 ms | longest ms | "
        + " | ".join(f"{_NAMES[part]} PSS / RSS MB" for part in VICTIMS)
        + " | open files | connections | disk MB |",
        "|" + "---|" * 13,
        *(_line(number, soak) for number in range(1, len(soak.every) + 1)),
    ]
    return "\n".join(lines) + "\n"


def _summary(soak: Soak) -> Sequence[str]:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(soak.kinds.items()))
    answers = ", ".join(f"{answer} {count}x" for answer, count in sorted(soak.answers.items()))
    sent, span_s = sum(soak.kinds.values()), soak.gauge.seconds[-1] - soak.gauge.seconds[0]
    grown = soak.disk_after - soak.disk_before
    lines = [
        f"- {sent} mails ({kinds}): {answers}; the latest left {soak.late_s:.1f} s after its time",
        f"- everything was done {soak.drained_s:.1f} s after the last mail was accepted",
    ]
    for part in VICTIMS:
        held = soak.gauge.held[part]
        lines.append(
            f"- {_NAMES[part]}: {_mb(held[0].pss_bytes)} MB at first, {_mb(held[-1].pss_bytes)} MB at the end; in the "
            f"second half {soak.gauge.growth(part, 'pss_bytes') / 1e6:+.1f} MB, {_mb(soak.gauge.may_grow(part))} MB "
            f"are allowed; {(held[-1].cpu_s - held[0].cpu_s) / span_s:.2f} cores"
        )
    if len(soak.verdict.seconds) == 3:
        median, p95, longest = soak.verdict.seconds
        lines.append(f"- from mail to quote: median {median:.2f} s, p95 {p95:.2f} s, longest {longest:.1f} s")
    lines.append(f"- disk: {_mb(grown)} MB more, {grown / max(1, sent) / 1000:.0f} KB a mail, kept as answers' bytes")
    lines.append(f"- {'everything as it must be' if not soak.failures else 'WRONG: ' + '; '.join(soak.failures)}")
    return lines


def _mb(size: float) -> str:
    return f"{size / 1e6:.0f}"


def main() -> None:
    """Run, print, and keep the report where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("SOAK_MINUTES", MINUTES)))
    parser.add_argument("--rate", type=float, default=float(os.environ.get("SOAK_RATE", RATE)))
    parser.add_argument("--report", type=Path, help="a file to write the report to")
    options = parser.parse_args()
    soak = run(options.minutes, options.rate)
    text = report(soak)
    print(text)
    if options.report:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(text, encoding="utf-8")
    sys.exit(bool(soak.failures))


if __name__ == "__main__":
    main()
