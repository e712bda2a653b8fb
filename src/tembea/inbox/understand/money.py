"""What the customer will pay, and for what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tembea.inbox.understand.page import Page, Reading
from tembea.inbox.understand.tokens import Token
from tembea.inbox.understand.wording import cue_after, cue_before, last_clause
from tembea.quotes.trip import Basis, Budget

_BASIS_TAGS = {"PP": Basis.PER_PERSON, "PN": Basis.PER_NIGHT, "PPPN": Basis.PER_PERSON_NIGHT}
_PER = {"NIGHT": Basis.PER_NIGHT, "DAY": Basis.PER_NIGHT, "PERSON": Basis.PER_PERSON, "ADULT": Basis.PER_PERSON}
"""What a sum is told for behind a slash: "R3500/night"."""
_REACH = 8
_LEAST_PLAIN_BUDGET = 300


@dataclass(frozen=True, slots=True)
class _Sum:
    amount: Decimal
    currency: str
    basis: Basis | None
    start: int
    end: int
    score: int


def read_budget(page: Page) -> Reading[Budget] | None:
    """The sum the customer is ready to pay: the upper end of a range, never one that was asked, paid or advertised."""
    sums = [found for index in range(len(page.row.tokens)) if (found := _sum_at(page, index)) is not None]
    if not sums:
        return None
    best = max(sums, key=lambda found: (found.score, -found.start))
    stretched = [
        found
        for found in sums
        if found.start > best.start and page.cues.found("stretch", page.folded[best.end : found.start])
    ]
    corrected = [found for found in sums if cue_before(page.cues, "correction", page.before(found.start, 25), 1)]
    chosen = (corrected or stretched or [best])[-1]
    basis = chosen.basis or best.basis or Basis.TOTAL
    currency = (
        _named_dollar(page, chosen)
        or chosen.currency
        or best.currency
        or _currency_nearby(page)
        or page.profile.currency
    )
    budget = Budget(chosen.amount, currency, basis)
    return Reading(budget, chosen.start, chosen.end, f"money.{basis.value}")


def _sum_at(page: Page, index: int) -> _Sum | None:
    tokens = page.row.tokens
    token = tokens[index]
    if token.tag not in ("MONEY", "NUM", "YEAR") or token.number <= 0:
        return None
    if (
        index >= 2
        and tokens[index - 1].tag in ("DASH", "TO")
        and tokens[index - 2].tag == "MONEY"
        and token.tag != "MONEY"
    ):
        return None
    upper, after = _upper_end(tokens, index)
    if after < len(tokens) and token.tag != "MONEY" and tokens[after].tag in ("MONTH", "MAY"):
        return None
    basis, end = _basis(page, after, token.start)
    before, rest = page.before(token.start, 90), page.after(end, 40)
    budgeted = cue_before(page.cues, "budget", before, 5) or cue_after(page.cues, "budget_after", rest, 3)
    if token.tag == "YEAR" and (basis is None or tokens[index + 1].tag not in _BASIS_TAGS):
        return None
    if token.tag != "MONEY" and not (basis in (Basis.PER_PERSON, Basis.PER_PERSON_NIGHT) or budgeted):
        return None
    if token.tag != "MONEY" and (upper < _LEAST_PLAIN_BUDGET or _is_counted(tokens, after)):
        return None
    if _is_priced(page, token.start, end, budgeted):
        return None
    score = 4 * budgeted + 2 * (basis is not None) + (token.tag == "MONEY")
    currency = token.word if token.tag == "MONEY" else ""
    currency = currency or _currency_at(tokens, after - 1)
    return _Sum(upper, currency, basis, token.start, end, score)


def _currency_at(tokens: Sequence[Token], index: int) -> str:
    token = tokens[index]
    return token.word if token.tag == "MONEY" else ""


def _upper_end(tokens: Sequence[Token], index: int) -> tuple[Decimal, int]:
    """The sum, or the end of the range that begins with it, and the index after it."""
    amount, position = tokens[index].number, index + 1
    if position + 1 < len(tokens) and tokens[position].tag in ("DASH", "TO", "TILL", "OR", "AND", "SLASH"):
        second = tokens[position + 1]
        joined = tokens[position].tag in ("DASH", "TO", "TILL") or second.tag == "MONEY"
        if (
            joined
            and second.tag in ("MONEY", "NUM")
            and second.number > amount
            and not _is_counted(tokens, position + 2)
        ):
            return second.number, position + 2
    return amount, position


def _is_counted(tokens: Sequence[Token], after: int) -> bool:
    return after < len(tokens) and tokens[after].tag in (
        "NIGHT",
        "DAY",
        "WEEK",
        "ADULT",
        "CHILD",
        "PERSON",
        "MONTH",
        "MAY",
        "ROOM",
        "STAR",
        "HOURU",
        "YEAR_OLD",
        "GROUP",
        "PERCENT",
    )


def _basis(page: Page, after: int, start: int) -> tuple[Basis | None, int]:
    """The basis told in the words right after a sum, or in the label before it."""
    tokens = page.row.tokens
    end = tokens[after - 1].end
    per_person = per_night = False
    for index, token in enumerate(tokens[after : after + _REACH], after):
        sliced = _PER[token.tag] if token.tag in _PER and tokens[index - 1].tag == "SLASH" else None
        if sliced is not None:
            per_person, per_night = per_person or sliced is Basis.PER_PERSON, per_night or sliced is Basis.PER_NIGHT
            end = token.end
        elif token.tag in ("STOP", "PARA", "MONEY", "NL"):
            break
        if token.tag == "TOTALMONEY":
            return Basis.TOTAL, token.end
        if token.tag in _BASIS_TAGS:
            per_person = per_person or token.tag != "PN"
            per_night = per_night or token.tag != "PP"
            end = token.end
        elif token.tag in ("NIGHT", "MONTH", "ADULT", "CHILD", "DATE") and (per_person or per_night):
            break
    if not (per_person or per_night):
        label = re.split(r"[.!?\n]\s", page.folded[max(0, start - 45) : start])[-1]
        per_person, per_night = page.cues.found("label_pp", label), page.cues.found("label_pn", label)
    if per_person and per_night:
        return Basis.PER_PERSON_NIGHT, end
    if per_person or per_night:
        return (Basis.PER_PERSON if per_person else Basis.PER_NIGHT), end
    return None, end


def _is_priced(page: Page, start: int, end: int, budgeted: bool) -> bool:
    """A price asked, paid or advertised, or money that may never come."""
    before = page.before(start, 80)
    clause = last_clause(page.cues, before, "room_and") if budgeted else before
    if cue_before(page.cues, "priced", clause, 7) or cue_before(page.cues, "negation", before, 0):
        return not cue_before(page.cues, "budget", clause, 2)
    return cue_after(page.cues, "priced_after", page.after(end, 30), 1)


def _named_dollar(page: Page, chosen: _Sum) -> str | None:
    """Whose dollars a bare "$" means, where the sentence says so: "$90 a night - Aussie dollars"."""
    if page.text[chosen.start] != "$":
        return None
    first, last = page.row.sentence(next(i for i, token in enumerate(page.row.tokens) if token.start >= chosen.start))
    return next((token.word for token in page.row.tokens[first : last + 1] if token.tag == "CUR"), None)


def _currency_nearby(page: Page) -> str | None:
    """A currency that the page names without a sum, as in "Budget (EUR)"."""
    return next((token.word for token in page.row.tokens if token.tag == "CUR"), None)
