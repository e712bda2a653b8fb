"""The platform's promise of service, in figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailFigures:
    """What the database counts over all agencies; times are seconds.

    `oldest_unprocessed_mail_s` is None while no mail waits; `p50_s` and `p95_s` are None while `quotes` is 0. Quotes
    are those of the last hour that nobody had to touch, `mails_failed` the mails of the last day that were given up.
    """

    oldest_unprocessed_mail_s: float | None
    quotes: int
    p50_s: float | None
    p95_s: float | None
    mails_failed: int


@dataclass(frozen=True, slots=True)
class Service:
    """Mail and queue together: what the operators promise, and how it stands."""

    mail: MailFigures
    dead_letters: int
    jobs_waiting: int
