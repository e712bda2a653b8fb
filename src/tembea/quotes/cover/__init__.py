"""The cover text as a language model may write it: words with placeholders, which code fills and a linter guards.

Owns the columns `cover_outcome`, `cover_asked_at` and `cover_draft` of `quotes`.
Invariants: a model is asked once for a version, outside of any transaction, while it is a draft that nobody has written
a cover text for; it is told the trip in figures and never a name, an amount or a word of anybody's mail; every amount,
date and name that a customer reads is put in by code; whatever the linter objects to, and whatever does not come in
time, leaves the catalogue's text, and the reason stands on the quote. A person's words always win.
Verbs: `awaits_cover`, `write_cover`, `changed_cover`, `find_objection`, `fill`.
"""

from tembea.quotes.cover.changing import changed_cover
from tembea.quotes.cover.linting import Objection, find_objection
from tembea.quotes.cover.placeholders import fill
from tembea.quotes.cover.writing import GRACE_S, awaits_cover, write_cover

__all__ = ["GRACE_S", "Objection", "awaits_cover", "changed_cover", "fill", "find_objection", "write_cover"]
