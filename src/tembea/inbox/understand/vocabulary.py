"""The words of the trade in one language, as data.

Readers never mention a word of any language. They are written over tags ("NUM NIGHT") and named cues ("ruled_out"), and
a vocabulary says which words carry them, so that a new language is a new data file and no new rule.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tembea.inbox.understand.folding import fold


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words; phrases are separated by `|` and written as people write them, accents or not.

    `terms` maps a tag, or `TAG=value`, to its phrases; the value reaches the readers as the token's word, or as its
    number where it is one. `cues` maps the name of a cue to phrases that may overlap with anything; in them `*` stands
    for the rest of a word and `..` for up to four words. `telltales` are small words that give the language away.
    `numbers` counts from zero; `months` and `weekdays` begin with January and Monday. `borrows`
    names languages whose words people mix into this one; its own words win.
    `trailing` names tags that this language says after the noun they belong to ("le mois prochain", "watoto wawili").
    `region` is the country whose dialling habits the language suggests, None where it suggests none.
    """

    code: str
    telltales: str = ""
    numbers: str = ""
    tens: str = ""
    ordinals: str = ""
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict[str, str])
    cues: Mapping[str, str] = field(default_factory=dict[str, str])
    borrows: tuple[str, ...] = ()
    trailing: frozenset[str] = frozenset()
    region: str | None = None

    def phrases(self) -> list[tuple[str, str, str]]:
        """Every phrase as (phrase, tag, value)."""
        found: list[tuple[str, str, str]] = []
        for tag, listed in self._tables():
            name, _, value = tag.partition("=")
            found += [
                (spelling, name, value) for phrase in split_phrases(listed) for spelling in self._spellings(phrase)
            ]
        return found

    def cue(self, name: str) -> list[str]:
        """The phrases of a cue, none where the language has no words for it."""
        return [spelling for phrase in split_phrases(self.cues.get(name, "")) for spelling in self._spellings(phrase)]

    def _spellings(self, phrase: str) -> list[str]:
        return spellings(phrase) if self.code == "de" else [phrase]

    def _tables(self) -> list[tuple[str, str]]:
        counted = [(f"NUMWORD={value}", words) for value, words in enumerate(self.numbers.split())]
        tens = [(f"NUMWORD={value * 10}", words) for value, words in enumerate(self.tens.split(), 2)]
        ordinals = [(f"ORD={value}", words) for value, words in enumerate(self.ordinals.split(), 1)]
        months = [(f"MONTH={value}", words) for value, words in enumerate(self.months, 1)]
        weekdays = [(f"WDAY={value}", words) for value, words in enumerate(self.weekdays)]
        return list(self.terms.items()) + counted + tens + ordinals + months + weekdays


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def spellings(phrase: str) -> list[str]:
    """A German phrase as it is written on other keyboards too: "Grüße", "Grüsse", "Gruesse"."""
    return list(dict.fromkeys([phrase, phrase.replace("ß", "ss"), phrase.translate(_UMLAUTS)]))


def split_phrases(listed: str) -> list[str]:
    """`"a | b c"` -> `["a", "b c"]`."""
    return [phrase.strip() for phrase in listed.split("|") if phrase.strip()]


SHARED_CUES = frozenset({
    "closing", "disclaimer", "postscript", "title", "organisation", "role", "hotel_word", "robot_sender",
    "auto_subject", "auto_text", "ai_instruction", "mobile", "landline", "phone_label", "form_days", "form_months",
})  # fmt: skip
"""Cues that are looked for in every language at once: mail programs, forms and signatures keep to their own."""


class Cues:
    """The cues of some vocabularies; a cue is compiled when it is first asked for.

    `everywhere` are the vocabularies whose shared cues and form labels count whatever the language of the mail.
    """

    _NEVER = re.compile(r"(?!)")

    def __init__(self, vocabularies: Sequence[Vocabulary], everywhere: Sequence[Vocabulary] = ()) -> None:
        self._vocabularies = vocabularies
        self._everywhere = [*vocabularies, *(other for other in everywhere if other not in vocabularies)]
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """A pattern over folded text that finds any phrase of the cue; one that never matches for an unknown cue."""
        if name not in self._compiled:
            self._compiled[name] = self._compile(name)
        return self._compiled[name]

    def found(self, name: str, folded: str) -> bool:
        """Whether the cue stands anywhere in a folded text."""
        return self[name].search(folded) is not None

    def _compile(self, name: str) -> re.Pattern[str]:
        is_shared = name in SHARED_CUES or name.startswith("form_")
        chosen = self._everywhere if is_shared else self._vocabularies
        listed = {phrase for vocabulary in chosen for phrase in vocabulary.cue(name)}
        if not listed:
            return self._NEVER
        ordered = sorted(listed, key=lambda phrase: (-len(phrase), phrase))
        words = [_phrase_source(phrase) for phrase in ordered if fold(phrase)[0].isalnum()]
        marks = [_phrase_source(phrase) for phrase in ordered if not fold(phrase)[0].isalnum()]
        # One look at the first letter spares the engine most of the alternatives at most of the places.
        letters = "".join(sorted({source[0] for source in words}))
        wordy = [rf"(?<!\w)(?=[{letters}])(?:{'|'.join(words)})"] if words else []
        return re.compile("|".join(wordy + marks))


def _phrase_source(phrase: str) -> str:
    """The pattern of one phrase from its first letter on."""
    source = re.escape(fold(phrase)).replace(r"\ \.\.\ ", r"(?:\W+[\w'.-]+){0,4}?\W+").replace(r"\*", r"\w*")
    source = source.replace(r"\ ", r"[\s-]+")
    return source + (r"(?!\w)" if phrase[-1].isalnum() or phrase[-1] == "*" else "")
