"""The shapes of words: numbers, dates, prices, telephone numbers, found in folded text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MAX_TOKENS = 6000
"""A mail of some 25,000 characters; what follows is not read."""

_AMOUNT = r"\d{1,3}(?:[ .,']\d{3}){1,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?"
LEXEME = re.compile(
    r"""
  (?P<EMAIL>[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+)
| (?P<URL>(?:https?://|www\.)\S+)
| (?P<REF>(?<![a-z0-9])(?!(?:@CURRENCY@)\d)[a-z]{1,4}-?\d{4,}(?:-\d+)*(?![\w])|\#\d{3,})
| (?P<ISO>(?<!\d)20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))
| (?P<DMY>(?<![\d/.-])\d{1,2}\ ?(?P<sep>[-/.])\ ?\d{1,2}\ ?(?P=sep)\ ?(?:20)?\d\d(?!\d))
| (?P<PHONE>(?<![\w.])(?:\+|\(?0)[\d ()./-]{7,20}\d(?![\w]))
| (?P<CURSYM>(?<![a-z])(?:us|au|nz|ca|hk|[acsnr])?[$€£¥]|(?<![a-z0-9])r(?=\ ?\d))
| (?P<DM>(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])|(?<![\d.,])\d{1,2}\.\ ?\d{1,2}\.(?=[\s)-]|$))
| (?P<ORDN>(?<![\d.,])\d{1,2}(?:st|nd|rd|th|ste|de|er|eme|e|o|a)(?![a-z0-9]))
| (?P<NUM>(?<![\d.,])(?:@AMOUNT@))
| (?P<ABBR>(?<![\w.])(?:[a-z]\.){1,3}[a-z](?![\w])\.?)
| (?P<WORD>[^\W\d]+'t(?!\w)|'(?:s|re|ll|d|ve|m|n|t)(?!\w)|[^\W\d]+)
| (?P<ELISION>')
| (?P<LINE>\n\s*)
| (?P<MARK>[^\w\s])
""".replace("@CURRENCY@", "r|rs|us|zar|usd|eur|gbp|chf|aud|kes|ksh|mur|tzs").replace(
        "@AMOUNT@", _AMOUNT.replace(" ", r"\ ")
    ),
    re.VERBOSE,
)
_MARKS = {
    ",": "COMMA", ".": "STOP", "!": "STOP", "?": "STOP", ";": "STOP", ":": "COLON", "(": "LP", ")": "RP", "[": "LP",
    "]": "RP", "-": "DASH", "/": "SLASH", "&": "AND", "+": "PLUS", "*": "BULLET", "|": "BAR", "=": "COLON",
    "~": "AROUND",
    "%": "PERCENT", '"': "QUOTE",
}  # fmt: skip
_SYMBOLS = {
    "r": "ZAR", "r$": "BRL", "$": "USD", "us$": "USD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "c$": "CAD",
    "ca$": "CAD",
    "s$": "SGD", "n$": "NAD", "hk$": "HKD", "€": "EUR", "£": "GBP", "¥": "JPY",
}  # fmt: skip
_SOFT_LINE = 55


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. `word` is the lexical value (a currency, a board, "2027-04-03"), `number` a number."""

    tag: str
    start: int
    end: int
    word: str
    number: Decimal = Decimal(0)

    @property
    def whole(self) -> int:
        """The number as an int; fractions are cut off."""
        return int(self.number)


def lex(folded: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of `folded[start:end]` by their shapes alone."""
    for count, match in enumerate(LEXEME.finditer(folded, start, end)):
        if count >= MAX_TOKENS:
            return
        shape, word = match.lastgroup or "MARK", match.group()
        if shape == "sep":
            shape = "DMY"
        if shape == "ELISION":
            continue
        if shape == "LINE":
            if word.count("\n") > 1:
                yield Token("PARA", match.start(), match.end(), "\n")
            elif not _is_soft_break(folded, match.start(), match.end(), start):
                yield Token("NL", match.start(), match.end(), "\n")
            continue
        yield _shaped(shape, word, match.start(), match.end())


def _is_soft_break(folded: str, at: int, after: int, start: int) -> bool:
    line = at - max(folded.rfind("\n", 0, at), start - 1)
    follower = folded[after : after + 1]
    return line >= _SOFT_LINE and follower.isalnum() and folded[at - 1] not in ".!?:;"


def _shaped(shape: str, word: str, start: int, end: int) -> Token:
    if shape in ("ISO", "DMY", "DM"):
        return _date_token(shape, word, start, end)
    if shape == "NUM":
        number = parse_amount(word)
        plain = word.isdigit()
        tag = "YEAR" if plain and len(word) == 4 and word.startswith("20") and 2015 <= int(word) <= 2060 else "NUM"
        return Token(tag, start, end, word, number)
    if shape == "ORDN":
        return Token("ORD", start, end, word, Decimal(re.sub(r"\D", "", word)))
    if shape == "PHONE" and sum(char.isdigit() for char in word) < 9:
        return Token("WORD", start, end, word)
    if shape == "CURSYM":
        return Token("CUR", start, end, _SYMBOLS.get(word, "ZAR"))
    if shape in ("WORD", "ABBR"):
        return Token("WORD", start, end, word.replace(".", ""))
    if shape == "MARK":
        return Token(_MARKS.get(word, "MARK"), start, end, word)
    return Token(shape, start, end, word)


def _date_token(shape: str, word: str, start: int, end: int) -> Token:
    parts = [int(part) for part in re.findall(r"\d+", word)]
    if shape == "ISO":
        year, month, day = parts
    else:
        day, month, year = parts if len(parts) == 3 else (*parts, 0)
        year += 2000 if 0 < year < 100 else 0
    # A month beyond twelve after a fitting day is the American order; nothing else can be meant.
    if month > 12 >= day:
        day, month = month, day
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return Token("WORD", start, end, word)
    return Token("DM" if year == 0 else "DATE", start, end, f"{year:04}-{month:02}-{day:02}")


def parse_amount(written: str) -> Decimal:
    """A number as people write it: a mark before just three digits groups thousands, any other is the decimal one."""
    compact = re.sub(r"[ ']", "", written)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", compact):
        compact = re.sub(r"[.,]", "", compact)
    else:
        whole, mark, fraction = compact.rpartition("," if compact.rfind(",") > compact.rfind(".") else ".")
        compact = f"{re.sub(r'[.,]', '', whole)}.{fraction}" if mark else compact
    try:
        return Decimal(compact)
    except InvalidOperation:
        return Decimal(0)
