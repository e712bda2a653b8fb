"""The reckoning after the rounds: what the database holds, against what the senders were told.

It reads as the superuser, because row level security would hide the tenants from anybody else.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tembea.kernel.embedded import find_running
from tembea.kernel.embedded.passwords import DATABASE, SUPERUSER, dsn, read_passwords
from tests.acceptance.conftest import Installation
from tests.prove.kill_senders import DOMAIN

# What must be nothing at the end. Our own mails have Message-IDs and senders of the one domain; the demonstration's
# rows are left out by when they were made.
_WRONG: Mapping[str, LiteralString] = {
    "mails stored twice": """
        select count(*) - count(distinct (tenant_id, message_id))
        from inbound_messages where message_id like %(ours)s""",
    "mails in the quarantine": "select count(*) from quarantined_messages where envelope_from like %(ours)s",
    "mails without an enquiry of their own": """
        select (select count(*) from inbound_messages where message_id like %(ours)s)
             - (select count(distinct enquiry_id) from inbound_messages where message_id like %(ours)s)""",
    "enquiries too many": """
        select (select count(*) from enquiries where from_email like %(ours)s)
             - (select count(*) from inbound_messages where message_id like %(ours)s)""",
    "enquiries without a quote": """
        select count(*) from enquiries e where from_email like %(ours)s and not exists (
          select from quotes q where q.tenant_id = e.tenant_id and q.enquiry_id = e.id and q.id = e.quote_id)""",
    "quotes doubled": """
        select count(*) - count(distinct enquiry_id) from quotes where customer_email like %(ours)s""",
    "clients doubled": """
        select (select count(distinct client_id) from quotes where customer_email like %(ours)s)
             - (select count(distinct customer_email) from quotes where customer_email like %(ours)s)""",
    "quotes without exactly one mail in the outbox": """
        select count(*) from quotes q where customer_email like %(ours)s and 1 <> (
          select count(*) from outgoing_mails m
          where m.tenant_id = q.tenant_id and m.quote_id = q.id and m.status = 'sent')""",
    "quotes not sent": "select count(*) from quotes where customer_email like %(ours)s and status <> 'sent'",
    "mails to customers too many": """
        select (select count(*) from outgoing_mails where to_address::text like %(ours)s)
             - (select count(*) from quotes where customer_email like %(ours)s)""",
    "quotes audited other than once": """
        select count(*) from quotes q where customer_email like %(ours)s and 1 <> (
          select count(*) from audit_entries a
          where a.tenant_id = q.tenant_id and a.action = 'quote.created' and a.subject_id = q.id::text)""",
    "gaps in quote numbers": """
        select coalesce(sum(n.last - found.numbers), 0) from quote_numbers n cross join lateral (
          select count(distinct q.number) as numbers from quotes q
          where q.tenant_id = n.tenant_id and q.number like 'QT-' || to_char(n.day, 'YYYYMMDD') || '-%%'
            and split_part(q.number, '-', 3)::int between 1 and n.last) found""",
    "jobs left running": "select count(*) from procrastinate_jobs where status = 'doing'",
    "jobs left waiting": "select count(*) from procrastinate_jobs where status = 'todo' and queueing_lock is null",
    "dead letters": "select count(*) from procrastinate_jobs where status = 'failed'",
}
_QUOTES: LiteralString = "select count(*) from quotes where version = 1"
_MAILS: LiteralString = "select count(*) from outgoing_mails where status not in ('draft', 'discarded')"
_USED: LiteralString = "select coalesce(sum(used), 0)::int from usage_counters where name = %(name)s"
_BUSY: LiteralString = """
    select count(*) from procrastinate_jobs where status in ('todo', 'doing') and queueing_lock is null"""
_STORED: LiteralString = "select message_id from inbound_messages where message_id like %(ours)s"
_TOOK: LiteralString = """
    select percentile_cont(array[0.5, 0.95, 1]) within group (order by extract(epoch from m.sent_at - i.received_at))
    from inbound_messages i
    join outgoing_mails m on m.tenant_id = i.tenant_id and m.enquiry_id = i.enquiry_id
    where i.message_id like %(ours)s"""


@dataclass(frozen=True, slots=True)
class Usage:
    """How many quotes and mails there are, and how many the quotas counted."""

    quotes: int
    mails: int
    quotes_counted: int
    mails_counted: int


@dataclass
class Verdict:
    """What was counted, and what of it is wrong."""

    figures: dict[str, int] = field(default_factory=dict[str, int])
    seconds: tuple[float, ...] = ()
    """From a mail's arrival to its answer's: median, 95th percentile, longest."""

    @property
    def wrong(self) -> dict[str, int]:
        """The figures that should be 0 and are not."""
        return {name: count for name, count in self.figures.items() if count}


class Ledger:
    """The installation's database, asked from outside."""

    def __init__(self, installation: Installation) -> None:
        self.dsn = _superuser(installation)
        self.before = self.usage()

    def number(self, query: LiteralString, **values: str) -> int:
        """The number that a question has for an answer."""
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute(query, {"ours": f"%@{DOMAIN}%", **values}).fetchone()
        assert row is not None
        return int(row[0])

    def usage(self) -> Usage:
        """The counters now."""
        return Usage(
            self.number(_QUOTES),
            self.number(_MAILS),
            self.number(_USED, name="daily_quotes"),
            self.number(_USED, name="daily_emails"),
        )

    def uncertain(self) -> int:
        """Hand-overs over SMTP of which nobody knew whether they arrived, as the audit trail counts them."""
        return self.number("select count(*) from audit_entries where action = 'mail.uncertain'")

    def wait_until_drained(self, *, within_s: float) -> float:
        """Seconds until no job waits or runs. Does not raise: the verdict says what is left."""
        began = time.monotonic()
        while self.number(_BUSY) and time.monotonic() - began < within_s:
            time.sleep(0.25)
        return time.monotonic() - began

    def verdict(self, accepted: Mapping[str, str]) -> Verdict:
        """Everything counted against what senders were told."""
        now = self.usage()
        with psycopg.connect(self.dsn) as connection:
            values = {"ours": f"%@{DOMAIN}%"}
            stored = {str(row[0]) for row in connection.execute(_STORED, values)}
            took = connection.execute(_TOOK, values).fetchone()
        lost = {
            "mails lost (accepted, not stored)": len(accepted.keys() - stored),
            "mails stored that nobody heard accepted": len(stored - accepted.keys()),
        }
        quota = {
            "quotes that the quota counted wrongly": (now.quotes_counted - self.before.quotes_counted)
            - (now.quotes - self.before.quotes),
            "mails that the quota counted wrongly": (now.mails_counted - self.before.mails_counted)
            - (now.mails - self.before.mails),
        }
        counted = {name: self.number(query) for name, query in _WRONG.items()}
        return Verdict(lost | counted | quota, tuple(float(one) for one in (took[0] if took and took[0] else ())))


def _superuser(installation: Installation) -> str:
    running, passwords = find_running(installation.data_dir), read_passwords(installation.data_dir)
    assert running is not None
    assert passwords is not None
    port = int(conninfo_to_dict(running.owner)["port"] or 0)
    return dsn(SUPERUSER, passwords.superuser, port, DATABASE)
