"""Whether a cue stands close before or after some words."""

import re

from tembea.inbox.understand.vocabulary import Cues


def last_clause(cues: Cues, before: str, *names: str, marks: str = ",;(") -> str:
    """What follows the last of some marks and of "but"; `names` are further cues that end a clause."""
    clause = re.split(f"[{marks}]", before)[-1]
    for name in ("but", *names):
        for match in list(cues[name].finditer(clause))[-1:]:
            clause = clause[match.end() :]
    return clause


def cue_before(cues: Cues, name: str, before: str, words: int) -> bool:
    """Whether the cue ends at most `words` words before the end of `before`."""
    last = None
    for match in cues[name].finditer(before):
        last = match
    return last is not None and len(re.findall(r"\w+", before[last.end() :])) <= words


def cue_after(cues: Cues, name: str, after: str, words: int) -> bool:
    """Whether the cue begins at most `words` words after the beginning of `after`."""
    match = cues[name].search(after)
    return match is not None and len(re.findall(r"\w+", after[: match.start()])) <= words
