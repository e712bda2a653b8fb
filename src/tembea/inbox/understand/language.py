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
    """The language with the most telltale words; English where none tells."""
    words = re.findall(r"[^\W\d_]+", fold(text))[:MAX_WORDS]
    scores = {code: sum(word in telltales for word in words) for code, telltales in _telltales().items()}
    best = max(scores, key=lambda code: (scores[code], code == DEFAULT))
    return best if scores[best] > 0 else DEFAULT


@lru_cache(maxsize=1)
def _telltales() -> dict[str, frozenset[str]]:
    return {code: frozenset(fold(vocabulary.telltales).split()) for code, vocabulary in VOCABULARIES.items()}


@lru_cache(maxsize=32)
def reading_words(code: str) -> tuple[Vocabulary, Lexicon, Cues]:
    """The vocabulary of a language with the lexicon and the cues to read it by."""
    vocabulary = VOCABULARIES[code]
    chain = [vocabulary, *(VOCABULARIES[other] for other in vocabulary.borrows), INTERNATIONAL]
    return vocabulary, Lexicon(chain), Cues(chain)
