"""Audit: who did what to which thing, when and from where, and who looked at whose data.

Owns `audit_entries`, which the app's role can add to and read, never change, and `personal_keys`.
Invariants: an entry stands in the transaction of what it speaks of; values of an agency's customers are sealed under a
key of that person, so that `forget_people` makes them unreadable while the trail stays whole.
Verbs: `record` for a change, `note_access` for a reading, `forget_people`.
"""

from tembea.audit.service import forget_people, note_access, record

__all__ = ["forget_people", "note_access", "record"]
