"""From an accepted mail to its quote in the outbox, PDF and all, beside a bare insert of the same mail.

Starts a whole platform in a temporary folder, sends mails over SMTP at a steady pace, and reads from the database when
each was received and when its answer was sent. The baseline inserts the same bytes into a plain table of the same
server, one transaction each. Prints mails a second, p50 and p95, and the ratio of the two rates.

Usage: python benchmarks/mail_to_quote.py [MAILS] [MAILS_A_SECOND]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tembea.kernel.embedded import find_running
from tembea.kernel.embedded.passwords import DATABASE, SUPERUSER, dsn, read_passwords
from tests.acceptance.conftest import Installation, enquiry, start, stop

TEXT = """Hi, my wife and I would like to visit {place} from {day} June 2027 for 7 nights with our kids aged 6 and 9.
Our budget is R150 000 in total.

Kind regards
Person {number}
"""
PLACES = ("Zanzibar", "Mauritius", "Cape Town", "Kenya")
TIMES = """
    select extract(epoch from o.sent_at - i.received_at)::float8
    from inbound_messages i
    join enquiries e on e.tenant_id = i.tenant_id and e.id = i.enquiry_id
    join outgoing_mails o on o.tenant_id = e.tenant_id and o.quote_id = e.quote_id
    where i.envelope_from = 'sender@customers.example' and o.status = 'sent' and i.received_at > %s
"""


@contextmanager
def database(installation: Installation) -> Generator[psycopg.Connection]:
    """The installation's own server, as its superuser: row level security would hide the tenants from anybody else."""
    running, passwords = find_running(installation.data_dir), read_passwords(installation.data_dir)
    if running is None or passwords is None:
        raise SystemExit("the embedded server is not running")
    port = int(conninfo_to_dict(running.owner)["port"] or 0)
    with psycopg.connect(dsn(SUPERUSER, passwords.superuser, port, DATABASE), autocommit=True) as connection:
        yield connection


def main() -> None:
    """Measure and print."""
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    pace = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    with tempfile.TemporaryDirectory() as folder:
        installation = start(Path(folder))
        try:
            with database(installation) as connection:
                steady(installation, connection, mails=mails, pace=pace)
                burst_rate = burst(installation, connection, mails=mails)
                bare_rate = bare_inserts(connection, mails=max(mails, 500))
            print(f"bare insert of the same mail: {bare_rate:.0f} a second")
            print(f"ratio mail-to-quote / bare insert: {burst_rate / bare_rate:.4f}")
        finally:
            stop(installation)


def steady(installation: Installation, connection: psycopg.Connection, *, mails: int, pace: float) -> None:
    """Mails at a steady pace: how long each takes."""
    send(installation, mails=20, pace=pace)  # warm
    since = now(connection)
    send(installation, mails=mails, pace=pace)
    took = wait_for_answers(connection, since=since, mails=mails)
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(
        f"{mails} mails at {pace:g} a second: p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, max {max(took):.2f} s"
    )


def burst(installation: Installation, connection: psycopg.Connection, *, mails: int) -> float:
    """Mails as fast as they are taken: how many become quotes a second."""
    since = now(connection)
    started = time.monotonic()
    send(installation, mails=mails, pace=None)
    wait_for_answers(connection, since=since, mails=mails)
    rate = mails / (time.monotonic() - started)
    print(f"{mails} mails at once: {rate:.1f} quotes a second from acceptance to the outbox")
    return rate


def send(installation: Installation, *, mails: int, pace: float | None) -> None:
    """Hand mails over one by one; with a pace, one every `1 / pace` seconds."""
    started = time.monotonic()
    address = installation.tenant("africastay")["inbound_address"]
    for number in range(mails):
        text = TEXT.format(place=PLACES[number % len(PLACES)], day=1 + number % 28, number=number)
        sender = f"Person {number} <p{time.time_ns()}@customers.example>"
        if pace is not None:
            time.sleep(max(0.0, started + number / pace - time.monotonic()))
        installation.send(enquiry(sender, text), to=address)


def wait_for_answers(connection: psycopg.Connection, *, since: object, mails: int) -> list[float]:
    """Seconds from acceptance to the outbox, of every mail received after `since`."""
    ends = time.monotonic() + 300
    took: list[float] = []
    while time.monotonic() < ends:
        took = [row[0] for row in connection.execute(TIMES, [since])]
        if len(took) >= mails:
            return took
        time.sleep(0.2)
    raise SystemExit(f"only {len(took)} of {mails} mails were answered within 300 s")


def bare_inserts(connection: psycopg.Connection, *, mails: int) -> float:
    """The same bytes into a plain table, one transaction each."""
    raw = enquiry("Person <p@customers.example>", TEXT.format(place="Zanzibar", day=1, number=1)).as_bytes()
    connection.execute("create temp table bare (id uuid primary key default gen_random_uuid(), raw bytea)")
    started = time.monotonic()
    for _ in range(mails):
        connection.execute("insert into bare (raw) values (%s)", [raw])
    return mails / (time.monotonic() - started)


def now(connection: psycopg.Connection) -> object:
    """The database's clock."""
    row = connection.execute("select now()").fetchone()
    return row[0] if row else None


if __name__ == "__main__":
    main()
