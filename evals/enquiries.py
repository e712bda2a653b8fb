"""Scores the understanding of enquiries: `python evals/enquiries.py DATA_DIR [--only=NAME] [--errors]`.

DATA_DIR holds `enquiries*.jsonl` (one object a line: id, received_at, from, subject, body, expected, tags), at the top
or one folder below, `enquiries.catalogue.yaml`, the destinations, and `enquiries.agency.yaml`, whose mails these are,
where that is not Africa Stay. `--only` picks the files whose name contains NAME. `evals/mails` is such a folder: 200
mails in eight languages, made up for this project; the reader was tuned on one half and never on the other.

A field is scored as items: a wrong value is one false positive and one false negative; its score is F1, for the kind
accuracy. The enquiry score is the mean of the fields; the core joint is the share of mails whose kind, destinations,
dates, adults, ages and budget sum are all right. Both are told per language too (tag `lang:xx`).
"""

import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml
from pydantic import BaseModel, JsonValue

from tembea.inbox.understand import Destination, TenantProfile, understand
from tembea.quotes.trip import trip_request_to_json

Record = dict[str, JsonValue]
Items = Counter[str]
CORE = ("kind", "destinations", "check_in", "check_out", "adults", "children_ages")


class Agency(BaseModel):
    """Whose mails these are, as `enquiries.agency.yaml` tells it."""

    name: str = "Africa Stay"
    country: str = "ZA"
    currency: str = "ZAR"
    time_zone: str = "Africa/Johannesburg"
    own_addresses: tuple[str, ...] = ("quotes@africastay.example",)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one field over all mails."""

    right: int
    extra: int
    lost: int
    exact: float

    @property
    def f1(self) -> float:
        """1 where neither side ever has a value."""
        whole = 2 * self.right + self.extra + self.lost
        return 2 * self.right / whole if whole else 1.0


def fold(value: JsonValue) -> str:
    """Letters and digits without accents and case."""
    plain = unicodedata.normalize("NFKD", str(value)).casefold().replace("&", " and ")
    return " ".join(re.findall(r"[^\W_]+", "".join(char for char in plain if not unicodedata.combining(char))))


def hotel(value: JsonValue) -> str:
    """A hotel's name without the words that people add or drop."""
    return " ".join(word for word in fold(value).split() if word not in ("the", "hotel", "and")) or fold(value)


def number(value: JsonValue) -> str:
    """A number whatever its notation."""
    try:
        return str(Decimal(str(value)).quantize(Decimal("0.01")))
    except InvalidOperation:
        return str(value)


def written(value: JsonValue) -> str:
    """As it stands."""
    return str(value).strip()


def one(read: Callable[[JsonValue], str]) -> Callable[[JsonValue], Items]:
    """The item of a single value; empty, False and None are none."""
    return lambda value: Counter() if value in (None, "", False) else Counter([read(value)])


def many(read: Callable[[JsonValue], str]) -> Callable[[JsonValue], Items]:
    """The items of a list."""
    return lambda value: Counter(read(entry) for entry in value) if isinstance(value, list) else Counter()


def budget(value: JsonValue) -> Items:
    """Sum, currency and basis together."""
    if not isinstance(value, dict) or not value.get("amount"):
        return Counter()
    return Counter([f"{number(value['amount'])} {value.get('currency')} {value.get('basis')}"])


def budget_sum(value: JsonValue) -> Items:
    """Sum and currency without the basis."""
    return Counter(item.rpartition(" ")[0] for item in budget(value))


def count(value: JsonValue) -> Items:
    """A count; zero is none."""
    return Counter([number(value)]) if value else Counter()


FIELDS: dict[str, Callable[[JsonValue], Items]] = {
    "kind": one(written),
    "customer_name": one(fold),
    "customer_email": one(lambda value: written(value).casefold()),
    "customer_phone": one(lambda value: re.sub(r"[^\d+]", "", str(value))),
    "destinations": many(written),
    "unmatched_destinations": many(fold),
    "hotels": many(hotel),
    "check_in": one(written),
    "check_out": one(written),
    "nights": one(number),
    "dates_flexible": one(written),
    "travel_month": one(written),
    "adults": one(number),
    "children_ages": many(number),
    "children_count": count,
    "rooms": one(number),
    "board": one(written),
    "budget": budget,
    "missing": many(written),
}


def profile_of(data: Path) -> TenantProfile:
    """The agency that the set was written for."""
    catalogue = yaml.safe_load((data / "enquiries.catalogue.yaml").read_text("utf-8"))
    told = data / "enquiries.agency.yaml"
    agency = Agency.model_validate(yaml.safe_load(told.read_text("utf-8")) if told.is_file() else {})
    destinations = tuple(Destination(entry["name"], entry["code"], tuple(entry["aliases"])) for entry in catalogue)
    return TenantProfile(destinations=destinations, **agency.model_dump())


def records(data: Path, only: str = "") -> Iterator[Record]:
    """Every mail of every set in the folder whose file's name contains `only`."""
    files = sorted({*data.glob("enquiries*.jsonl"), *data.glob("*/enquiries*.jsonl")})
    for file in files:
        if only in file.name:
            yield from (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())


def predict(record: Record, profile: TenantProfile) -> Record:
    """The trip request read from one mail."""
    text, subject, sender = (str(record.get(name) or "") for name in ("body", "subject", "from"))
    read = understand(text, subject, sender, datetime.fromisoformat(str(record["received_at"])), profile)
    return trip_request_to_json(read.trip_request)


def score(pairs: list[tuple[Items, Items]]) -> Score:
    """Counts over (expected, read) pairs."""
    right = sum((expected & got).total() for expected, got in pairs)
    extra = sum(got.total() for _, got in pairs) - right
    lost = sum(expected.total() for expected, _ in pairs) - right
    return Score(right, extra, lost, sum(expected == got for expected, got in pairs) / max(1, len(pairs)))


def is_core_right(expected: Record, got: Record) -> bool:
    """Whether everything a price depends on is right."""
    same = all(FIELDS[name](expected.get(name)) == FIELDS[name](got.get(name)) for name in CORE)
    return same and budget_sum(expected.get("budget")) == budget_sum(got.get("budget"))


@dataclass(frozen=True, slots=True)
class Scored:
    """A mail with what it says and what was read; `language` is its tag's, "-" where it has none."""

    name: str
    language: str
    expected: Record
    got: Record


def main(arguments: list[str]) -> int:
    """Print the tables; 0 also where there is nothing to score."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    if len(folders) != 1 or not (folders[0] / "enquiries.catalogue.yaml").is_file():
        print("skipped: no folder with enquiries.catalogue.yaml and enquiries*.jsonl was given")
        return 0
    only = next((argument.partition("=")[2] for argument in arguments if argument.startswith("--only=")), "")
    profile = profile_of(folders[0])
    times: list[float] = []
    scored: list[Scored] = []
    for record in records(folders[0], only):
        started = time.perf_counter()
        got = predict(record, profile)
        times.append(time.perf_counter() - started)
        scored.append(_scored(record, got))
    print_fields(scored)
    print_languages(scored)
    ordered = sorted(times[1:] or [0.0])
    print(f"p95 {ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000:.1f} ms")
    if "--errors" in arguments:
        print_errors(scored)
    return 0


def _scored(record: Record, got: Record) -> Scored:
    expected, tags = record["expected"], record.get("tags")
    assert isinstance(expected, dict)
    told = (
        [str(tag).partition(":")[2] for tag in tags if str(tag).startswith("lang:")] if isinstance(tags, list) else []
    )
    return Scored(str(record["id"]), told[0] if told else "-", expected, got)


def field_scores(scored: list[Scored]) -> dict[str, Score]:
    """The score of every field."""
    return {
        name: score([(read(mail.expected.get(name)), read(mail.got.get(name))) for mail in scored])
        for name, read in FIELDS.items()
    }


def enquiry_score(scored: list[Scored]) -> float:
    """The plain mean of the fields."""
    values = [entry.exact if name == "kind" else entry.f1 for name, entry in field_scores(scored).items()]
    return sum(values) / len(values)


def core_joint(scored: list[Scored]) -> float:
    """The share of mails whose core is right."""
    return sum(is_core_right(mail.expected, mail.got) for mail in scored) / max(1, len(scored))


def print_fields(scored: list[Scored]) -> None:
    """One line a field."""
    print(f"{'field':24}{'right':>7}{'extra':>7}{'lost':>7}{'F1':>8}{'exact':>8}")
    for name, entry in field_scores(scored).items():
        print(f"{name:24}{entry.right:7}{entry.extra:7}{entry.lost:7}{entry.f1:8.3f}{entry.exact:8.3f}")


def print_languages(scored: list[Scored]) -> None:
    """The two scores of each language and of all mails."""
    for language in sorted({mail.language for mail in scored}):
        mails = [mail for mail in scored if mail.language == language]
        print(
            f"{language:4}{len(mails):4} mails; enquiry {enquiry_score(mails):.4f}; core joint {core_joint(mails):.3f}"
        )
    print(f"all {len(scored):4} mails; enquiry score {enquiry_score(scored):.4f}; core joint {core_joint(scored):.3f}")


def print_errors(scored: list[Scored]) -> None:
    """Every field that was read wrongly."""
    for mail in scored:
        for key, read in FIELDS.items():
            if read(mail.expected.get(key)) != read(mail.got.get(key)):
                print(f"  {mail.name} {key}: expected {mail.expected.get(key)!r}, read {mail.got.get(key)!r}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
