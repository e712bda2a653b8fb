"""Web forms and lead notices: lines such as "Adults: 2", read by their labels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.layers import Line
from tembea.inbox.understand.vocabulary import Cues

MIN_FIELDS = 3
"""Fewer labelled lines than this are a person's own list, not a form."""

FIELDS = (
    "name", "email", "phone", "destination", "origin", "check_in", "check_out", "nights", "adults", "people", "ages",
    "children", "rooms", "board", "budget", "hotel", "comments", "aside",
)  # fmt: skip
_LABELLED = re.compile(r"^[\s*•·-]*(?P<label>[^:=\n]{2,60}?)\s*[?*]*\s*[:=]\s*[*_]*(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class FormField:
    """One answer: what it answers, its label folded, and where its value stands in the mail."""

    name: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Form:
    """The answers of a form, and the lines around them that are plain words."""

    fields: tuple[FormField, ...]
    rest: tuple[Line, ...]

    def find(self, name: str) -> FormField | None:
        """The first field of this name."""
        return next((entry for entry in self.fields if entry.name == name), None)


def read_form(lines: Sequence[Line], cues: Cues) -> Form:
    """The form among these lines; without one, no fields and all the lines as they are."""
    fields: list[FormField] = []
    rest: list[Line] = []
    in_comments = False
    for line in lines:
        found = _field(line, cues)
        if found is not None:
            in_comments = found.name == "comments"
            fields.append(found)
            if in_comments:
                rest.append(_tail(line, found))
        elif in_comments and re.match(r"^\s*--", line.body):
            in_comments = False
        else:
            rest.append(line)
    known = {entry.name for entry in fields} - {"aside", "comments"}
    if len(known) < MIN_FIELDS:
        return Form((), tuple(lines))
    return Form(tuple(fields), tuple(rest))


def _field(line: Line, cues: Cues) -> FormField | None:
    match = _LABELLED.match(line.body)
    if match is None or len(match["label"].split()) > 9:
        return None
    label = re.sub(r"\s+", " ", re.sub(r"\(.*?\)|[*_?()]", " ", fold(match["label"]))).strip()
    offset = line.end - len(line.body)
    for name in FIELDS:
        if cues[f"form_{name}"].fullmatch(label):
            return FormField(name, fold(match["label"]).strip(), offset + match.start("value"), line.end)
    return None


def _tail(line: Line, entry: FormField) -> Line:
    return Line(entry.start, entry.end, line.depth, line.body[len(line.body) - (line.end - entry.start) :])
