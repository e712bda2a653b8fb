"""Which language a mail is written in, and the words to read it with."""

import re
from functools import lru_cache

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.languages import INTERNATIONAL, VOCABULARIES
from tembea.inbox.understand.tokens import Lexicon
from tembea.inbox.understand.vocabulary import Cues, Vocabulary

DEFAULT = "en"
MAX_WORDS = 400
_TRADE_WEIGHT = 0.5


def detect(text: str, otherwise: str = "") -> str:
    """The language that speaks from the small words, and half as loud from the words of the trade.

    A word that several languages share counts less for each of them. `otherwise` stays where no other language speaks
    twice as loud: the quote below a mail is in the mail's language unless its words say another.
    """
    scores = dict.fromkeys(VOCABULARIES, 0.0)
    for word in re.findall(r"[^\W\d_]+", fold(text))[:MAX_WORDS]:
        for code, weight in _telltales().get(word, ()):
            scores[code] += weight
    best = max(scores, key=lambda code: (scores[code], code == DEFAULT))
    is_clear = scores[best] > 0 and (not otherwise or scores[best] > 2 * scores[otherwise])
    return best if is_clear else otherwise or DEFAULT


@lru_cache(maxsize=1)
def _telltales() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each telling word with the languages that it tells and how loudly."""
    heard: dict[str, dict[str, float]] = {}
    for code, vocabulary in VOCABULARIES.items():
        for phrase, _, _ in vocabulary.phrases():
            if phrase.isalpha():
                heard.setdefault(fold(phrase), {})[code] = _TRADE_WEIGHT
        for word in fold(vocabulary.telltales).split():
            heard.setdefault(word, {})[code] = 1.0
    return {word: tuple((code, weight / len(told)) for code, weight in told.items()) for word, told in heard.items()}


@lru_cache(maxsize=32)
def reading_words(code: str) -> tuple[Vocabulary, Lexicon, Cues]:
    """The vocabulary of a language with the lexicon and the cues to read it by."""
    vocabulary = VOCABULARIES[code]
    chain = [vocabulary, *(VOCABULARIES[other] for other in vocabulary.borrows), INTERNATIONAL]
    return vocabulary, Lexicon(chain), Cues(chain, list(VOCABULARIES.values()))
