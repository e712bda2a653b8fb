"""Which language a mail is written in, and the words to read it with."""

import re
from functools import lru_cache

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.languages import INTERNATIONAL, VOCABULARIES
from tembea.inbox.understand.tokens import Lexicon
from tembea.inbox.understand.vocabulary import Cues, Vocabulary

DEFAULT = "en"
MAX_WORDS = 400


def detect(text: str) -> str:
    """The language with the most telltale words, a word of several languages counting less; English where none tells."""
    words = re.findall(r"[^\W\d_]+", fold(text))[:MAX_WORDS]
    scores = dict.fromkeys(VOCABULARIES, 0.0)
    for word in words:
        owners = _telltales().get(word, ())
        for code in owners:
            scores[code] += 1 / len(owners)
    best = max(scores, key=lambda code: (scores[code], code == DEFAULT))
    return best if scores[best] > 0 else DEFAULT


@lru_cache(maxsize=1)
def _telltales() -> dict[str, tuple[str, ...]]:
    """Each telltale word with the languages that it tells."""
    owners: dict[str, tuple[str, ...]] = {}
    for code, vocabulary in VOCABULARIES.items():
        for word in set(fold(vocabulary.telltales).split()):
            owners[word] = (*owners.get(word, ()), code)
    return owners


@lru_cache(maxsize=32)
def reading_words(code: str) -> tuple[Vocabulary, Lexicon, Cues]:
    """The vocabulary of a language with the lexicon and the cues to read it by."""
    vocabulary = VOCABULARIES[code]
    chain = [vocabulary, *(VOCABULARIES[other] for other in vocabulary.borrows), INTERNATIONAL]
    return vocabulary, Lexicon(chain), Cues(chain, list(VOCABULARIES.values()))
