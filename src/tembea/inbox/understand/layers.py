"""Who wrote which part of a mail: the new text, its signature, what it quotes and what it forwards.

The parts come back as masked copies of the text, everything else blanked out, so that every offset into a part is an
offset into the mail.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tembea.inbox.understand.folding import fold
from tembea.inbox.understand.vocabulary import Cues

MAX_LINES = 2000
_MAX_ATTRIBUTION_LINES = 4
_MAX_SIGNATURE_LINES = 12
_QUOTE = re.compile(r"^[ \t]*(?:[>\uff1e][ \t]?)+")
_MARKED_SIGNATURE = re.compile(r"^(?:-- ?|--- ?|_{5,}|={5,}|\*{5,})$")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_NUMBER_LINE = re.compile(r"^\W*(?:[^\W\d]+[ .:]+){0,3}[+(\d][\d ()./-]{8,}\W*$")
_HEADER_LINE = re.compile(r"^\W{0,4}(?P<key>[^\W\d](?:[\w-]| (?=\w)){0,14})\W{0,3}:\W{0,3}(?P<value>.*)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stands, without its line break, and how often it is quoted."""

    start: int
    end: int
    depth: int
    body: str


@dataclass(slots=True)
class Part:
    """A stretch of a mail by one hand. `author` is what the mail client wrote about them ("On ... Ann wrote:")."""

    lines: list[Line] = field(default_factory=list[Line])
    author: str = ""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    is_forward: bool = False


@dataclass(frozen=True, slots=True)
class Layers:
    """The mail taken apart: `new` first, then every older part, the most recent first; all as written."""

    text: str
    new: Part
    older: tuple[Part, ...]

    def masked(self, lines: Sequence[Line]) -> str:
        """The mail with everything but these lines blanked out."""
        return mask(self.text, [(line.end - len(line.body), line.end) for line in lines])


def mask(text: str, kept: Sequence[tuple[int, int]]) -> str:
    """Blank out what is not kept, line breaks aside."""
    pieces: list[str] = []
    position = 0
    for start, end in sorted(kept):
        pieces += [_blank(text[position:start]), text[max(start, position) : end]]
        position = max(position, end)
    return "".join([*pieces, _blank(text[position:])])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def split_layers(text: str, cues: Cues) -> Layers:
    """Take a mail apart; never fails, and what it cannot place it takes for new text."""
    lines = list(_lines(text))
    parts: dict[int, Part] = {0: Part()}
    base, index = 0, 0
    while index < len(lines):
        line = lines[index]
        taken, author, headers = _introduction(lines, index, cues)
        if taken:
            follows_quote = _next_depth(lines, index + taken) > line.depth
            depth = base + line.depth + 1
            base += 0 if follows_quote else 1
            part = parts.setdefault(depth, Part())
            part.author, part.headers = part.author or author, part.headers or headers
            part.is_forward = part.is_forward or cues.found("forwarded_mark", fold(author))
            index += taken
            continue
        parts.setdefault(base + line.depth, Part()).lines.append(line)
        index += 1
    older = tuple(parts[depth] for depth in sorted(parts) if depth > 0)
    return Layers(text, parts[0], older)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for count, raw in enumerate(text.split("\n")):
        if count >= MAX_LINES:
            return
        quote = _QUOTE.match(raw)
        prefix = quote.group() if quote else ""
        yield Line(start, start + len(raw), len(re.sub(r"\s", "", prefix)), raw[len(prefix) :])
        start += len(raw) + 1


def _next_depth(lines: Sequence[Line], index: int) -> int:
    return next((line.depth for line in lines[index:] if line.body.strip()), 0)


def _introduction(lines: Sequence[Line], index: int, cues: Cues) -> tuple[int, str, dict[str, str]]:
    """How many lines at `index` only introduce an older message, what they say, and the headers among them."""
    line = lines[index]
    folded = fold(line.body).strip()
    if not folded:
        return 0, "", {}
    if cues.found("original_mark", folded) and (folded.startswith(("-", "_", "*", "begin")) or folded.endswith(":")):
        taken, headers = _header_block(lines, index + 1, cues)
        return 1 + taken, line.body + " " + " ".join(headers.values()), headers
    taken, headers = _header_block(lines, index, cues)
    if len(headers) >= 2 and ("from" in headers or ("sent" in headers and "@" in headers.get("to", ""))):
        return taken, headers.get("from", ""), headers
    for length in range(1, _MAX_ATTRIBUTION_LINES + 1):
        joined = [entry.body.strip() for entry in lines[index : index + length]]
        whole = " ".join(part for part in joined if part)
        if not all(joined) or any(entry.depth != line.depth for entry in lines[index : index + length]):
            continue
        if _is_attribution(fold(whole), fold(joined[0]), cues):
            return length, whole, {}
    return 0, "", {}


def _is_attribution(folded: str, first_line: str, cues: Cues) -> bool:
    if len(folded) > 300 or not folded.endswith(":") or not re.search(r"\d|@", folded):
        return False
    if (
        re.search(r"\d", first_line)
        and re.search(r"<[^<>\s]+@[^<>\s]+>\s*:$", folded)
        and re.search(r"\d{1,2}[:h]\d\d", folded)
    ):
        return True
    head = cues["attribution_head"].match(folded)
    return bool(head) and cues.found("wrote", folded)


def _header_block(lines: Sequence[Line], index: int, cues: Cues) -> tuple[int, dict[str, str]]:
    """A block such as From:, Sent:, To:, Subject: -> how many lines it takes and its fields by English name."""
    headers: dict[str, str] = {}
    position = index
    while position < len(lines) and position < index + 14:
        body = lines[position].body.strip()
        match = _HEADER_LINE.match(body)
        name = _header_name(fold(match["key"]).strip(), cues) if match else None
        if match and name and name not in headers:
            headers[name] = match["value"].strip()
        elif not _continues_headers(lines, position, headers, cues):
            break
        position += 1
    return (position - index, headers) if len(headers) >= 2 else (0, {})


def _continues_headers(lines: Sequence[Line], position: int, headers: Mapping[str, str], cues: Cues) -> bool:
    """Whether a line that is no header still stands inside the block: folded, or blank before another header."""
    body = lines[position].body
    if not body.strip():
        return not (headers and _header_ends(lines, position, cues))
    folds = body[:1] in " \t" or lines[position - 1].body.rstrip().endswith(("<", ":", ","))
    return bool(headers) and folds


def _header_ends(lines: Sequence[Line], position: int, cues: Cues) -> bool:
    follower = _HEADER_LINE.match(lines[position + 1].body.strip()) if position + 1 < len(lines) else None
    return not (follower and _header_name(fold(follower["key"]).strip(), cues))


def _header_name(key: str, cues: Cues) -> str | None:
    for name in ("from", "sent", "to", "subject", "cc"):
        match = cues[f"header_{name}"].fullmatch(key)
        if match:
            return name
    return None


def split_signature(part: Part, sender_names: Sequence[str], cues: Cues) -> tuple[list[Line], list[Line]]:
    """The lines of a part that say something, and those of its signature and its disclaimer."""
    lines = part.lines
    filled = [index for index, line in enumerate(lines) if line.body.strip()]
    start = _signature_start(lines, filled, sender_names, cues)
    if start is None:
        return list(lines), []
    said, signed = list(lines[:start]), list[Line]()
    in_postscript = False
    for index in range(start, len(lines)):
        folded = fold(lines[index].body).strip()
        if cues["postscript"].match(folded):
            in_postscript = True
        elif not folded:
            in_postscript = False
        (said if in_postscript else signed).append(lines[index])
    return said, signed


def _signature_start(
    lines: Sequence[Line], filled: Sequence[int], sender_names: Sequence[str], cues: Cues
) -> int | None:
    for position, index in enumerate(filled):
        folded = fold(lines[index].body).strip()
        is_first = position == 0
        if _MARKED_SIGNATURE.match(lines[index].body.rstrip("\r")) and not is_first:
            return index
        if not is_first and cues["disclaimer"].match(folded):
            return index
        short = len(folded.split()) <= 6 and position >= len(filled) - _MAX_SIGNATURE_LINES
        if short and not is_first and _is_closing(folded, cues):
            return index
    return _name_line(lines, filled, sender_names, cues)


def _is_closing(folded: str, cues: Cues) -> bool:
    match = cues["closing"].match(folded)
    if not match:
        return False
    rest = re.findall(r"[^\W\d]+", folded[match.end() :])
    return len(rest) <= 3 and not folded.endswith("?")


def _name_line(lines: Sequence[Line], filled: Sequence[int], sender_names: Sequence[str], cues: Cues) -> int | None:
    """A signature without any closing words: one of the last lines is nothing but the writer's name, or a number."""
    known = {word for name in sender_names for word in re.findall(r"[^\W\d]+", fold(name))}
    start: int | None = None
    for index in reversed(filled[1:][-5:]):
        words = re.findall(r"[^\W\d]+", fold(lines[index].body))
        digits = len(re.findall(r"\d", lines[index].body))
        is_name = 0 < len(words) <= 4 and all(_is_name_word(word, known) for word in words)
        is_number = digits >= 7 and all(word in known or cues["phone_label"].fullmatch(word) for word in words)
        is_number = is_number or _NUMBER_LINE.match(lines[index].body) is not None
        is_number = is_number and _DAY.search(lines[index].body) is None
        # The line above a telephone number is a name if it looks like one, even when the From line does not know it.
        is_stranger = (
            start is not None and re.fullmatch(r"\W*(?:[A-Z][\w'.-]*\s*){2,4}\W*", lines[index].body) is not None
        )
        if is_name or is_number or is_stranger:
            start = index
        elif start is not None or digits > 20:
            break
    return start


def _is_name_word(word: str, known: set[str]) -> bool:
    return any(
        word == name or (len(word) >= 2 and name.startswith(word)) or (len(word) == 1 and name[0] == word)
        for name in known
    )
