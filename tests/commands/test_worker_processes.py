"""Several worker processes on one queue: they share the work, outlive one of them, and answer one scrape."""

import os
import re
import signal
import smtplib
import time
from collections.abc import Callable
from pathlib import Path
from typing import LiteralString

import httpx

from tests.acceptance.conftest import Installation, enquiry, free_port, start, stop
from tests.prove.kill_ledger import Ledger
from tests.prove.kill_victims import children_of, find_process

WITHIN_S = 90.0
_SENT: LiteralString = (
    "select count(*) from outgoing_mails where sent_at is not null and to_address like '%%@workers.example'"
)


def test_workers_share_the_jobs_and_one_that_dies_is_replaced(tmp_path: Path) -> None:
    port = free_port()
    environment = {"TEMBEA_WORKER_PROCESSES": "2", "TEMBEA_WORKER_METRICS_PORT": str(port)}
    installation = start(tmp_path, **environment)
    try:
        ledger = Ledger(installation)
        send(installation, range(8))
        wait_until(lambda: ledger.number(_SENT) == 8)
        assert runs(port) >= 8
        parent = find_process(installation, "worker")
        assert parent is not None
        first, second = children_of(parent)
        send(installation, range(8, 16))
        os.kill(second, signal.SIGKILL)
        wait_until(lambda: ledger.number(_SENT) == 16)
        wait_until(lambda: len(children_of(parent)) == 2)

        now = children_of(parent)
        assert first in now
        assert second not in now
        files = [file.stem for file in (installation.data_dir / "worker-counts").glob("*.db")]
        assert {file.rpartition("_")[2] for file in files} == {"0", "1"}, "the dead one's figures are not left behind"
    finally:
        assert stop(installation) == 0


def send(installation: Installation, numbers: range) -> None:
    door, address = installation.demo["smtp"], str(installation.tenant("africastay")["inbound_address"])
    with smtplib.SMTP(door["host"], door["port"], timeout=30) as smtp:
        for number in numbers:
            text = "Hello, please quote Zanzibar for 2 adults from 12 June 2027 for 7 nights."
            mail = enquiry(f"Ann {number} <ann-{number}@workers.example>", text, subject=f"Holiday {number}")
            smtp.sendmail(f"ann-{number}@workers.example", [address], mail.as_bytes())


def runs(port: int) -> float:
    """How many deliveries of quotes all workers together say that they made."""
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=30).text
    return sum(
        float(value) for value in re.findall(r'^tembea_jobs_runs_total\{kind="quotes.deliver"[^}]*\} (\S+)', text, re.M)
    )


def wait_until(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + WITHIN_S
    while not done():
        assert time.monotonic() < ends, "not within the time"
        time.sleep(0.2)
