"""A text as a row of tagged tokens, and patterns over the tags.

The lexer knows shapes (numbers, dates, prices, telephone numbers); a `Lexicon` knows the words of some vocabularies.
Patterns are regular expressions whose letters are tags: `pattern("(?P<n>NUM) ADULT")`. `ANY` stands for one token of
any tag. Offsets always point into the text that was read.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.lexer import LEXEME, Token, lex
from tembea.inbox.understand.vocabulary import Vocabulary


class Lexicon:
    """The phrases of some vocabularies, the first vocabulary winning, ready for look-up by first word."""

    def __init__(self, vocabularies: Sequence[Vocabulary]) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self.trailing = vocabularies[0].trailing if vocabularies else frozenset[str]()
        known: set[tuple[str, ...]] = set()
        for vocabulary in vocabularies:
            for phrase, tag, value in vocabulary.phrases():
                words = tuple(
                    match.group().replace(".", "") if match.lastgroup == "ABBR" else match.group()
                    for match in LEXEME.finditer(fold(phrase))
                    if match.group() not in ("-", "'")
                )
                if words and words not in known:
                    known.add(words)
                    self._phrases.setdefault(words[0], []).append((words, tag, value))
        for listed in self._phrases.values():
            listed.sort(key=lambda entry: -len(entry[0]))

    def match(self, raw: Sequence[Token], at: int) -> tuple[str, str, int] | None:
        """The longest phrase that begins at `raw[at]`: (tag, value, index after it)."""
        for words, tag, value in self._phrases.get(raw[at].word, ()):
            after = _follow(raw, at, words)
            if after is not None:
                return tag, value, after
        return None


def _follow(raw: Sequence[Token], at: int, words: tuple[str, ...]) -> int | None:
    position = at + 1
    for word in words[1:]:
        if position < len(raw) and raw[position].tag == "DASH" and raw[position].start == raw[position - 1].end:
            position += 1
        if position >= len(raw) or raw[position].word != word:
            return None
        position += 1
    return position


class Hit:
    """One match of a pattern: where, and the tokens of its groups."""

    __slots__ = ("_match", "_row", "first", "last")

    def __init__(self, row: "TokenRow", match: re.Match[str]) -> None:
        self._row = row
        self._match = match
        self.first = row.index_at(match.start())
        self.last = row.index_at(match.end()) - 1

    @property
    def groups(self) -> frozenset[str]:
        """The names of all groups of the pattern, taking part or not."""
        return frozenset(self._match.re.groupindex)

    @property
    def start(self) -> int:
        """The offset of the first token."""
        return self._row.tokens[self.first].start

    @property
    def end(self) -> int:
        """The offset after the last token."""
        return self._row.tokens[self.last].end

    def has(self, group: str) -> bool:
        """Whether the group took part."""
        return bool(self._match.groupdict().get(group))

    def group(self, group: str) -> tuple[Token, ...]:
        """The tokens of a group, empty where it took no part."""
        if not self.has(group):
            return ()
        begin, end = self._match.span(group)
        return self._row.tokens[self._row.index_at(begin) : self._row.index_at(end)]

    def one(self, group: str) -> Token | None:
        """The first token of a group."""
        tokens = self.group(group)
        return tokens[0] if tokens else None

    def number(self, group: str, default: int = 0) -> int:
        """The whole number of a group's first token."""
        token = self.one(group)
        return token.whole if token else default


class TokenRow:
    """The tokens of one text with their tags spelled out for matching."""

    __slots__ = ("_starts", "code", "text", "tokens")

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text = text
        self.tokens = tuple(tokens)
        starts, pieces, position = list[int](), [" "], 1
        for token in self.tokens:
            starts.append(position)
            pieces.append(token.tag + " ")
            position += len(token.tag) + 1
        self._starts = starts
        self.code = "".join(pieces)

    def index_at(self, position: int) -> int:
        """The token whose tag begins at this position of `code`."""
        return bisect_left(self._starts, position)

    def find(self, wanted: re.Pattern[str]) -> Iterator[Hit]:
        """Every match from left to right, without overlaps."""
        return (Hit(self, match) for match in wanted.finditer(self.code) if match.end() > match.start())

    def first(self, wanted: re.Pattern[str]) -> Hit | None:
        """The leftmost match."""
        return next(self.find(wanted), None)

    def match_at(self, wanted: re.Pattern[str], index: int) -> Hit | None:
        """A match that begins with this very token."""
        if index >= len(self.tokens):
            return None
        match = wanted.match(self.code, self._starts[index])
        return Hit(self, match) if match and match.end() > match.start() else None

    def source(self, index: int) -> str:
        """A token as the writer wrote it."""
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def first_from(self, offset: int) -> int:
        """The first token that begins at or after an offset."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def tags_within(self, start: int, end: int) -> list[str]:
        """The tags of the tokens that stand wholly between two offsets."""
        found: list[str] = []
        for token in self.tokens[self.first_from(start) :]:
            if token.end > end:
                break
            found.append(token.tag)
        return found

    def sentence(self, index: int) -> tuple[int, int]:
        """The first and the last token of the sentence around a token."""
        first = last = index
        while first > 0 and self.tokens[first - 1].tag not in SENTENCE_ENDS:
            first -= 1
        while last + 1 < len(self.tokens) and self.tokens[last].tag not in SENTENCE_ENDS:
            last += 1
        return first, last


SENTENCE_ENDS = frozenset({"STOP", "PARA", "NL", "BAR"})


@lru_cache(maxsize=1024)
def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern over tags. Words of two or more capitals are tags; spaces separate and mean nothing.

    Raises ValueError for a lone capital, which would match a letter of some tag.
    """
    lone = re.search(r"(?<![A-Za-z0-9_?<\\])[A-Z](?![A-Za-z0-9_<])", source)
    if lone is not None:
        raise ValueError(f"not a tag at {lone.start()} of {source!r}")
    spelled = re.sub(r"[A-Z][A-Z0-9_]+", _spell, source)
    return re.compile(r"(?<=\x20)(?:" + re.sub(r"\s+", "", spelled) + ")")


def _spell(tag: re.Match[str]) -> str:
    return r"(?:[A-Z0-9_]+\x20)" if tag.group() == "ANY" else rf"(?:{tag.group()}\x20)"


def tokenize(text: str, lexicon: Lexicon, start: int = 0, end: int | None = None) -> TokenRow:
    """The tokens of `text[start:end]`, offsets counted from the beginning of `text`."""
    folded = fold(text)
    raw = list(lex(folded, start, len(folded) if end is None else end))
    return TokenRow(text, _noun_last(_merge(_look_up(raw, lexicon)), lexicon.trailing))


def _look_up(raw: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(raw):
        match = lexicon.match(raw, at) if raw[at].tag in ("WORD", "AND", "PLUS", "SLASH", "AROUND", "NUM") else None
        if match is None:
            found.append(raw[at])
            at += 1
            continue
        tag, value, after = match
        number = Decimal(value) if value.isdigit() else Decimal(0)
        found.append(Token(tag, raw[at].start, raw[after - 1].end, value or raw[at].word, number))
        at = after
    return found


def _merge(tokens: list[Token]) -> list[Token]:
    return _merge_money(_merge_ordinal_stops(_merge_numbers(tokens)))


def _merge_numbers(tokens: list[Token]) -> list[Token]:
    """Number words and scales into one number: fifty five thousand, 45k, 1.2 million."""
    merged: list[Token] = []
    for token in tokens:
        previous = merged[-1] if merged else None
        if token.tag == "AGEWORD":
            merged += [replace(token, tag="NUM", word="#"), replace(token, tag="YEAR_OLD")]
        elif token.tag == "NUMWORD":
            if previous and previous.word == "#" and previous.number % 100 >= 20 and token.number < 10:
                merged[-1] = replace(previous, end=token.end, number=previous.number + token.number)
            else:
                merged.append(replace(token, tag="NUM", word="#"))
        elif token.tag == "SCALE":
            # A lone letter counts only when it touches its number: 45k, but not "5 m from the beach".
            attached = previous is not None and (previous.end == token.start or token.end - token.start > 1)
            if previous and previous.tag in ("NUM", "YEAR") and attached:
                tag = "NUM" if token.number == 100 or previous.word == "#" else "BIG"
                merged[-1] = Token(tag, previous.start, token.end, "#", previous.number * token.number)
            else:
                merged.append(replace(token, tag="WORD"))
        else:
            merged.append(token)
    return merged


def _merge_ordinal_stops(tokens: list[Token]) -> list[Token]:
    """`6. Februar`, `2. bis 16. Oktober`, `Jan. 5`: the stop belongs to the number or the abbreviation."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        follower = tokens[index + 1].tag if index + 1 < len(tokens) else ""
        previous = kept[-1] if kept else None
        if token.tag == "STOP" and token.word == "." and previous and previous.end == token.start:
            if previous.tag == "NUM" and previous.number <= 31 and follower in ("MONTH", "MAY", "TO", "DASH", "TILL"):
                kept[-1] = replace(previous, tag="ORD", end=token.end)
                continue
            on_a_day = previous.tag == "NUM" and previous.number <= 31 and [one.tag for one in kept[-2:-1]] == ["ON"]
            if on_a_day and follower not in ("NL", "PARA", ""):
                kept[-1] = replace(previous, tag="ORD", end=token.end)
                continue
            if previous.tag in ("MONTH", "MAY", "WDAY", "AROUND") and follower in (
                "NUM",
                "ORD",
                "YEAR",
                "COMMA",
                "CUR",
            ):
                continue
        kept.append(replace(token, tag="YEAR") if _is_year_of_date(token, kept) else token)
    return kept


def _is_year_of_date(token: Token, before: Sequence[Token]) -> bool:
    """Whether a number that is no year by itself ("1998", "2009") ends a date: a birthday, mostly."""
    if token.tag != "NUM" or not re.fullmatch(r"(?:19|20)\d\d", token.word):
        return False
    tags = [other.tag for other in before[-3:]]
    return (
        tags[-1:] in (["MONTH"], ["MAY"])
        or tags[-2:] in (["MONTH", "OF"], ["MONTH", "COMMA"])
        or (tags[-3:-1] in (["MONTH", "NUM"], ["MONTH", "ORD"], ["MAY", "NUM"], ["MAY", "ORD"]) and tags[-1] == "COMMA")
    )


def _merge_money(tokens: list[Token]) -> list[Token]:
    merged: list[Token] = []
    for token in tokens:
        previous = merged[-1] if merged else None
        if previous and token.tag in ("NUM", "YEAR", "BIG") and previous.tag == "CUR":
            merged[-1] = Token("MONEY", previous.start, token.end, previous.word, token.number)
        elif previous and token.tag == "CUR" and previous.tag in ("NUM", "YEAR", "BIG"):
            merged[-1] = Token("MONEY", previous.start, token.end, token.word, previous.number)
        elif previous and token.tag == "CUR" and previous.tag == "MONEY" and token.start - previous.end <= 1:
            merged[-1] = replace(previous, end=token.end, word=token.word)
        else:
            merged.append(token)
    return [replace(token, tag="MONEY", word="") if token.tag == "BIG" else token for token in merged]


_NOUNS = frozenset({
    "NIGHT", "DAY", "WEEK", "MONTHU", "WEEKEND", "WDAY", "ADULT", "PERSON", "GROUP", "CHILD", "KIN", "TEEN", "PUPIL",
    "INFANT", "TODDLER", "FRIEND", "COUPLES", "ROOM", "ROOMTYPE", "UNIT",
})  # fmt: skip


def _noun_last(tokens: list[Token], trailing: frozenset[str]) -> list[Token]:
    """`mois prochain`, `watoto wawili` in the order that patterns know; both tokens then stand for both words."""
    if not trailing:
        return tokens
    ordered: list[Token] = []
    for token in tokens:
        noun = ordered[-1] if ordered else None
        counted = len(ordered) > 1 and ordered[-2].tag == token.tag
        if noun is not None and token.tag in trailing and noun.tag in _NOUNS and not counted:
            start, end = noun.start, token.end
            ordered[-1:] = [replace(token, start=start, end=end), replace(noun, start=start, end=end)]
        else:
            ordered.append(token)
    return ordered
