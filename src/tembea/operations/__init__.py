"""Operations: what the people who run Tembea look at. Owns no tables.

Invariants: an optional dependency that is down degrades the answer and never the readiness; no error text of a
dependency leaves; a probe answers in time whatever hangs.
Verb: `check_readiness`.
"""
