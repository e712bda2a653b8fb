"""Scores the reading of amounts, dates, telephone numbers and stays on public sets: `python evals/corpora.py DATA_DIR`.

DATA_DIR holds `price_texts.jsonl`, `date_texts.jsonl`, `phone_numbers.jsonl`, `multiwoz_hotel.jsonl` and
`sgd_hotels.jsonl`, at the top or under `dev/`; a set that is absent is skipped with a message. Each score stands beside
the simple baseline that the folder's README gives. Nothing here is fitted to the sets, so every row is held out; the
shares of five slices show how much a score hangs on its rows. `--errors` lists what was read wrongly.
"""

import json
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from pydantic import JsonValue

from tembea.inbox.understand import TenantProfile
from tembea.inbox.understand.contact import is_dialled, normalise
from tembea.inbox.understand.dates import read_times
from tembea.inbox.understand.findings import Findings, read_findings
from tembea.inbox.understand.language import detect, reading_words
from tembea.inbox.understand.page import Page

Row = dict[str, JsonValue]
SLICES = 5
TODAY = date(2026, 9, 1)
SGD_TODAY = date(2019, 2, 28)
"""The day before the one on which these conversations take place, so that "March 1st" lies ahead."""
NOBODY = TenantProfile(name="", country="GB", currency="GBP", time_zone="Europe/London")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing asked of one row: what was asked, what is right, what was read."""

    question: str
    text: str
    expected: str
    read: str

    @property
    def is_right(self) -> bool:
        """Whether the reading is the expected one."""
        return self.expected == self.read


@dataclass(frozen=True, slots=True)
class Corpus:
    """A set: its file, the questions with their baselines, and how a row is answered."""

    file: str
    baselines: dict[str, str]
    answer: Callable[[Row], Iterator[Answer]]


def page_of(text: str, today: date = TODAY) -> Page:
    """A text as a page in its own language."""
    language = detect(text)
    _, lexicon, cues = reading_words(language)
    return Page(text, lexicon, cues, NOBODY, today, language)


def prices(row: Row) -> Iterator[Answer]:
    """The amount of a price as shops print it: the first sum of money, else the first number."""
    text = str(row["text"])
    tokens = page_of(text).row.tokens
    sums = [token for token in tokens if token.tag == "MONEY"]
    numbers = [token for token in tokens if token.tag in ("NUM", "YEAR", "MONEY")]
    found = next(iter(sums or numbers), None)
    amount = row["amount"]
    expected = "" if amount is None else f"{Decimal(str(amount)).normalize():f}"
    yield Answer("amount", text, expected, f"{found.number.normalize():f}" if found else "")


def dates(row: Row) -> Iterator[Answer]:
    """The day of a date that names its year, in whatever language."""
    if row["explicit_year"]:
        now = datetime.fromisoformat(str(row["now"])).date()
        spans = read_times(page_of(str(row["text"]), now)).spans
        expected = str(row["expected"])[:10]
        yield Answer("explicit_year", str(row["text"]), expected, spans[0].first.isoformat() if spans else "")


def phones(row: Row) -> Iterator[Answer]:
    """A national number in E.164, nothing for one that nobody can have."""
    written, region = str(row["national"]), str(row["region"])
    read = (normalise(written, region) or "") if is_dialled(written, region) else ""
    yield Answer("e164", f"{region} {written}", str(row["e164"]), read)


def multiwoz(row: Row) -> Iterator[Answer]:
    """What a customer books in conversation; a later turn corrects an earlier one."""
    booking, turns = row["hotel_booking"], row["customer_turns"]
    assert isinstance(booking, dict)
    assert isinstance(turns, list)
    found = [read_findings(page_of(str(turn))) for turn in turns]
    text = " / ".join(str(turn) for turn in turns)
    if booking.get("people"):
        people = [_people(one) for one in found if one.adults]
        yield Answer("people", text, str(booking["people"]), str(people[-1]) if people else "")
    if booking.get("stay"):
        nights = [one.nights.value for one in found if one.nights]
        yield Answer("stay", text, str(booking["stay"]), str(nights[-1]) if nights else "")
    if booking.get("day"):
        days = [one.check_in.value for one in found if one.check_in]
        yield Answer("day", text, str(booking["day"]), WEEKDAYS[days[-1].weekday()] if days else "")


def _people(found: Findings) -> int:
    return (found.adults.value if found.adults else 0) + (found.children.value.count if found.children else 0)


def sgd(row: Row) -> Iterator[Answer]:
    """Rooms and the first day, of assistants' customers; a day is right if the conversation settles on it."""
    slots, turns = row["slots"], row["customer_turns"]
    assert isinstance(slots, dict)
    assert isinstance(turns, list)
    found = [read_findings(page_of(str(turn), SGD_TODAY)) for turn in turns]
    text = " / ".join(str(turn) for turn in turns)
    for service, told in slots.items():
        if not service.startswith("Hotels") or not isinstance(told, dict):
            continue
        rooms, days = told.get("number_of_rooms"), told.get("check_in_date")
        if isinstance(rooms, list) and rooms:
            read = [one.rooms.value for one in found if one.rooms]
            yield Answer("rooms", text, _number(str(rooms[-1])), str(read[-1]) if read else "")
        if isinstance(days, list) and days:
            named = [span.first.isoformat() for day in days for span in read_times(page_of(str(day), SGD_TODAY)).spans]
            first = [one.check_in.value.isoformat() for one in found if one.check_in]
            if named:
                read_day = next((day for day in reversed(first) if day in named), first[-1] if first else "")
                yield Answer("check_in", text, read_day if read_day in named else named[-1], read_day)


def _number(written: str) -> str:
    tokens = page_of(written).row.tokens
    return str(tokens[0].whole) if tokens and tokens[0].tag == "NUM" else written


CORPORA = (
    Corpus("price_texts.jsonl", {"amount": "first-number regex .661"}, prices),
    Corpus("date_texts.jsonl", {"explicit_year": "dateutil .102"}, dates),
    Corpus("phone_numbers.jsonl", {"e164": "naive .946"}, phones),
    Corpus("multiwoz_hotel.jsonl", {"people": "regex .911", "stay": "regex .979", "day": "-"}, multiwoz),
    Corpus("sgd_hotels.jsonl", {"rooms": "regex .631", "check_in": "-"}, sgd),
)


def share(answers: Sequence[Answer]) -> float:
    """How many of them are right."""
    return sum(answer.is_right for answer in answers) / max(1, len(answers))


def report(corpus: Corpus, rows: list[Row], *, list_errors: bool) -> None:
    """One line a question."""
    answers = [answer for row in rows for answer in corpus.answer(row)]
    for question, baseline in corpus.baselines.items():
        chosen = [answer for answer in answers if answer.question == question]
        slices = [share(chosen[number::SLICES]) for number in range(SLICES)]
        spread = statistics.pstdev(slices)
        name = f"{corpus.file.removesuffix('.jsonl')} {question}"
        print(f"{name:28}{len(chosen):6} rows  {share(chosen):.3f} +- {spread:.3f}   baseline: {baseline}")
        if list_errors:
            for answer in chosen:
                if not answer.is_right:
                    print(f"    expected {answer.expected!r}, read {answer.read!r}: {answer.text[:300]!r}")


def main(arguments: list[str]) -> int:
    """Print a table; 0 also where there is nothing to score."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    only = next((argument.partition("=")[2] for argument in arguments if argument.startswith("--only=")), "")
    for corpus in CORPORA:
        places = [place / corpus.file for folder in folders for place in (folder, folder / "dev")]
        file = next((place for place in places if place.is_file()), None)
        if file is None:
            print(f"skipped: no {corpus.file} was given")
        elif only in corpus.file:
            rows: list[Row] = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
            report(corpus, rows, list_errors="--errors" in arguments)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
