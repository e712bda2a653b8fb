"""What an answer is, and how its sentences are chosen."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tembea.knowledge import Passage, Term

LEAST_COVERED = 0.6
"""How much of a question's weight an answer must cover, or none is given; tuned on the tests’ labelled questions."""

LEAST_SAID = 0.3
"""How much of it the best sentence must say itself: a heading alone answers nothing."""

HEADING_COUNTS = 0.7
"""What a term counts that only the heading or the title above a sentence holds."""

MORE_COVERED = 0.12
"""How much more of the question a further sentence must cover to be worth reading."""

STANDS_ALONE = 0.5
"""How much of the question a sentence of another document must say by itself to be put beside the first."""

MAX_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Citation:
    """Where sentences of an answer come from; `n` is the number that stands behind them."""

    n: int
    document_id: UUID
    title: str
    heading: str
    passage: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question; `confidence` is the share of the question that it covers, 0 where it abstains."""

    text: str
    citations: tuple[Citation, ...]
    abstained: bool
    confidence: float
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, with the question's terms that it holds itself and that stand above it."""

    passage: int
    place: int
    text: str
    said: frozenset[int]
    above: frozenset[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants besides its words: a figure, and the figures that it names itself."""

    wants_figure: bool
    named_figures: frozenset[int]


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences of an answer in the order in which they are read, and the share of the question they cover."""

    sentences: tuple[Sentence, ...]
    covered: float


_WANTS_FIGURE = re.compile(r"\b(how (much|many|long|far|old|hot|cold|often|soon)|what .*(cost|price|pay))\b", re.I)
_FIGURE = re.compile(r"\d|\b(percent|half|quarter|free|nothing)\b", re.I)


class Weights:
    """What each term of a question tells, as a share of all of them."""

    def __init__(self, weights: Mapping[int, float]) -> None:
        whole = sum(weights.values()) or 1.0
        self._shares = {term: weight / whole for term, weight in weights.items()}

    def of(self, terms: Iterable[int]) -> float:
        """The share of the question that these terms make up."""
        return sum(self._shares.get(term, 0.0) for term in terms)

    def covered(self, said: frozenset[int], above: frozenset[int]) -> float:
        """The share that is said, and what stands above for less."""
        return self.of(said) + HEADING_COUNTS * self.of(above - said)


def asked_of(question: str, terms: Sequence[Term]) -> Asked:
    """What a question wants, by its words."""
    figures = frozenset(number for number, term in enumerate(terms) if any(word.isdecimal() for word in term))
    return Asked(_WANTS_FIGURE.search(question) is not None, figures)


def select_sentences(
    sentences: Sequence[Sentence], passages: Sequence[Passage], weights: Weights, asked: Asked
) -> Selection | None:
    """The sentence that covers the question best, with those that add to it; None where that is not enough.

    Of two that cover the same, one with a figure is taken where a figure is asked for, then the one of the better
    passage. A figure that the question names must stand in the answer: what costs nothing 45 days before departure
    says nothing of 20 days.
    """
    if not sentences:
        return None
    best = max(sentences, key=lambda one: _rank(one, passages, weights, asked))
    chosen = [best]
    others = [one for one in sentences if _fits_beside(one, best, passages, weights)]
    while len(chosen) < MAX_SENTENCES:
        gains = [(_covered([*chosen, one], weights), one) for one in others if one not in chosen]
        covered, further = max(gains, key=lambda gain: (gain[0], -gain[1].passage, -gain[1].place), default=(0.0, best))
        if covered < _covered(chosen, weights) + MORE_COVERED:
            break
        chosen.append(further)
    covered, held = _covered(chosen, weights), frozenset[int]().union(*(one.said | one.above for one in chosen))
    if covered < LEAST_COVERED or weights.of(best.said) < LEAST_SAID or not asked.named_figures <= held:
        return None
    ordered = sorted(chosen, key=lambda one: (one.passage != best.passage, one.passage, one.place))
    return Selection(tuple(ordered), min(1.0, round(covered, 4)))


def _rank(one: Sentence, passages: Sequence[Passage], weights: Weights, asked: Asked) -> tuple[float, bool, float, int]:
    has_figure = asked.wants_figure and _FIGURE.search(one.text) is not None
    return round(weights.covered(one.said, one.above), 2), has_figure, passages[one.passage].score, -one.place


def _fits_beside(one: Sentence, best: Sentence, passages: Sequence[Passage], weights: Weights) -> bool:
    same_document = passages[one.passage].document_id == passages[best.passage].document_id
    return same_document or weights.of(one.said) >= STANDS_ALONE


def _covered(chosen: Sequence[Sentence], weights: Weights) -> float:
    said = frozenset[int]().union(*(one.said for one in chosen))
    above = frozenset[int]().union(*(one.above for one in chosen))
    return weights.covered(said, above)
