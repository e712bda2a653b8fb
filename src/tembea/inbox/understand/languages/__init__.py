"""The vocabularies, one file a language; `international` holds codes and signs that every language writes alike."""

from tembea.inbox.understand.languages.en import ENGLISH
from tembea.inbox.understand.languages.international import INTERNATIONAL
from tembea.inbox.understand.vocabulary import Vocabulary

VOCABULARIES: dict[str, Vocabulary] = {vocabulary.code: vocabulary for vocabulary in (ENGLISH,)}
"""Every language that can be read, by ISO 639-1 code."""

__all__ = ["ENGLISH", "INTERNATIONAL", "VOCABULARIES"]
