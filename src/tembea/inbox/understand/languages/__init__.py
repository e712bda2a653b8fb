"""The vocabularies, two files a language; `international` holds codes and signs that every language writes alike."""

from tembea.inbox.understand.languages.af import AFRIKAANS
from tembea.inbox.understand.languages.de import GERMAN
from tembea.inbox.understand.languages.en import ENGLISH
from tembea.inbox.understand.languages.fr import FRENCH
from tembea.inbox.understand.languages.international import INTERNATIONAL
from tembea.inbox.understand.languages.it import ITALIAN
from tembea.inbox.understand.languages.nl import DUTCH
from tembea.inbox.understand.languages.pt import PORTUGUESE
from tembea.inbox.understand.languages.sw import SWAHILI
from tembea.inbox.understand.vocabulary import Vocabulary

VOCABULARIES: dict[str, Vocabulary] = {
    vocabulary.code: vocabulary
    for vocabulary in (ENGLISH, AFRIKAANS, GERMAN, FRENCH, PORTUGUESE, ITALIAN, DUTCH, SWAHILI)
}
"""Every language that can be read, by ISO 639-1 code."""

__all__ = ["ENGLISH", "INTERNATIONAL", "VOCABULARIES"]
