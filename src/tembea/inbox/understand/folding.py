"""Letters made plain without moving them: every offset into the folded text is an offset into the original."""

import unicodedata
from functools import lru_cache

_PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "_": " ", "\t": " ", "\r": " ",
    "ß": "s", "æ": "a", "œ": "o", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "×": "x", "•": "*", "·": "*",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    lower = char.lower()
    plain = _PLAIN.get(lower if len(lower) == 1 else char)
    if plain is not None:
        return plain
    if char.isspace():
        return "\n" if char in "\n\v\f\x85\u2028\u2029" else " "
    base = unicodedata.normalize("NFKD", lower)[:1]
    return base.lower() if len(base) == 1 and base.isalnum() else lower[:1]


def fold(text: str) -> str:
    """Lower case without accents, plain quotes, dashes and spaces; as long as `text`, character for character."""
    if text.isascii():
        return text.lower().replace("_", " ").replace("\t", " ").replace("\r", " ").replace("`", "'")
    return "".join(map(_plain, text))
