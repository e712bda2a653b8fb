"""Audit: who did what, to which thing, when. Owns `audit_entries`, which the app's role can only add to and read.

Verb: `record`, inside the transaction of the change it speaks of.
"""

from tembea.audit.store import record

__all__ = ["record"]
