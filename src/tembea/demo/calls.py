"""The telephone calls of the demonstration, with what was said in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tembea.demo.store import CallRow


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called about which trip."""

    client_id: UUID
    name: str
    phone: str
    destination: str


_Lines = tuple[tuple[str, str], ...]

_ASKING: _Lines = (
    (
        "agent",
        "Good day {name}, this is {agency}. You looked at our quote for {place}. Is there anything I can explain?",
    ),
    ("customer", "Yes, thank you. Is the transfer from the airport in the price?"),
    ("agent", "It is listed under what is not included. I can add it as a line of its own if you like."),
    ("customer", "Please do. And could we have two beds instead of one?"),
    ("agent", "I note twin beds. You will have the new version by mail this afternoon."),
    ("customer", "Lovely. Then we are nearly there."),
)
_BOOKING: _Lines = (
    (
        "agent",
        "Good afternoon {name}, {agency} here about {place}. Your quote ends this week. How do you feel about it?",
    ),
    ("customer", "We talked it over and would like to take the second hotel."),
    ("agent", "Wonderful. I send the invoice for the deposit today, and the rooms are yours once it arrives."),
    ("customer", "I will pay tonight. Do you need our passports?"),
    ("agent", "Only the names as they stand in them. You can answer the mail."),
)
_LATER: _Lines = (
    ("agent", "Hello {name}, this is {agency} about your trip to {place}. Is this a good moment?"),
    ("customer", "Not really, I am at work. Could you call on Thursday after five?"),
    ("agent", "Of course. Thursday after five it is."),
)
_DEARER: _Lines = (
    ("agent", "Good day {name}, {agency} about your quote for {place}. May I ask what you think of it?"),
    ("customer", "It is beautiful, but more than we wanted to spend."),
    ("agent", "If you could travel three weeks later it falls into the quieter season. Shall I work that out?"),
    ("customer", "Yes, if it saves something. We are flexible until the end of the month."),
)


@dataclass(frozen=True, slots=True)
class _Talk:
    outcome: str
    summary: str
    lines: _Lines
    duration_s: int


_TALKS = (
    _Talk(
        "question_answered", "Asked about transfer and beds; a new version with twin beds is promised.", _ASKING, 148
    ),
    _Talk("booked", "Takes the second hotel and pays the deposit tonight.", _BOOKING, 203),
    _Talk("call_back", "At work; call again on Thursday after five.", _LATER, 41),
    _Talk("interested", "Finds it dear; would move by three weeks for a lower price.", _DEARER, 176),
)
_DAYS_AGO = (0, 1, 1, 2, 4, 5, 7, 9, 12, 16, 21, 27, 34, 48)
_FAILED = {4: "no_answer", 9: "voicemail", 13: "no_answer"}
"""Which of the calls nobody took, and why they ended."""

_AHEAD_HOURS = (3, 26, 50)


def story_calls(called: Sequence[Called], agency: str, now: datetime) -> Iterator[CallRow]:
    """Calls of the last weeks, one that waits, and some that are planned."""
    for number, days_ago in enumerate(_DAYS_AGO):
        who = called[number % len(called)]
        started = now - timedelta(days=days_ago, hours=1 + number % 5, minutes=7 * (number % 8))
        if number in _FAILED:
            yield _unanswered(who, started, _FAILED[number])
        else:
            yield _talked(who, started, _TALKS[number % len(_TALKS)], agency, inbound=number % 5 == 2)
    yield _waiting(called[-1], "queued", now - timedelta(minutes=4), None)
    for number, hours in enumerate(_AHEAD_HOURS):
        yield _waiting(called[number], "scheduled", now - timedelta(hours=2), now + timedelta(hours=hours))
    yield _waiting(called[3], "cancelled", now - timedelta(days=3), now - timedelta(days=2))


def _talked(who: Called, started: datetime, talk: _Talk, agency: str, *, inbound: bool) -> CallRow:
    gap_s = talk.duration_s // len(talk.lines)
    transcript: list[dict[str, object]] = [
        {
            "speaker": speaker,
            "text": text.format(name=who.name, agency=agency, place=who.destination),
            "at_s": position * gap_s,
        }
        for position, (speaker, text) in enumerate(talk.lines)
    ]
    return CallRow(
        status="completed",
        direction="inbound" if inbound else "outbound",
        phone=who.phone,
        client_id=who.client_id,
        scheduled_at=None,
        started_at=started,
        ended_at=started + timedelta(seconds=talk.duration_s),
        duration_s=talk.duration_s,
        ended_reason="customer_ended",
        outcome=talk.outcome,
        summary=talk.summary,
        transcript=transcript,
        created_at=started,
    )


def _unanswered(who: Called, started: datetime, reason: str) -> CallRow:
    return CallRow(
        status="failed",
        direction="outbound",
        phone=who.phone,
        client_id=who.client_id,
        scheduled_at=None,
        started_at=started,
        ended_at=started + timedelta(seconds=25),
        duration_s=0,
        ended_reason=reason,
        outcome=reason,
        summary="",
        transcript=[],
        created_at=started,
    )


def _waiting(who: Called, status: str, created: datetime, scheduled: datetime | None) -> CallRow:
    return CallRow(
        status=status,
        direction="outbound",
        phone=who.phone,
        client_id=who.client_id,
        scheduled_at=scheduled,
        started_at=None,
        ended_at=None,
        duration_s=None,
        ended_reason=None,
        outcome=None,
        summary="",
        transcript=[],
        created_at=created,
    )
