"""Cuts a document into passages: along its headings, then along its paragraphs, never within a sentence that fits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tembea.knowledge.model import Chunk

MAX_CHARS = 900
"""About 150 words: long enough to hold a thought, short enough to be read as a citation."""

MARKDOWN = "text/markdown"
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def cut(text: str, content_type: str, *, title: str = "") -> list[Chunk]:
    """The passages of a text in their order. A heading that only repeats the document's title heads nothing."""
    blocks = _markdown_blocks(text) if content_type == MARKDOWN else _plain_blocks(text)
    chunks: list[Chunk] = []
    heading, lines = "", list[str]()
    for block in blocks:
        new_heading = "" if block.heading.casefold() == title.casefold() else block.heading
        for line in _fitting(block.line):
            if new_heading != heading or sum(map(len, lines)) + len(line) > MAX_CHARS:
                chunks += _chunk(heading, lines)
                heading, lines = new_heading, []
            lines.append(line)
    return chunks + _chunk(heading, lines)


def _chunk(heading: str, lines: Sequence[str]) -> list[Chunk]:
    return [Chunk(heading, "\n".join(lines))] if lines else []


@dataclass(frozen=True, slots=True)
class _Block:
    heading: str
    line: str


def _plain_blocks(text: str) -> Iterator[_Block]:
    for paragraph in re.split(r"\n\s*\n", text):
        line = " ".join(paragraph.split())
        if line:
            yield _Block("", line)


@dataclass(slots=True)
class _Row:
    """The table that is being read: its header, and the cells of the present row."""

    header: list[str] = field(default_factory=list[str])
    cells: list[str] = field(default_factory=list[str])


def _markdown_blocks(text: str) -> Iterator[_Block]:
    """One block a paragraph, list item, row of a table or stretch of code, each with the heading above it."""
    heading, row, inside = "", _Row(), ""
    for token in _parser.parse(text):
        if token.type in {"heading_open", "th_open", "td_open"}:
            inside = token.type
        elif token.type == "table_open":
            row = _Row()
        elif token.type == "tr_close":
            if row.header and row.cells:
                yield _Block(heading, _sentence_of(row))
            row.cells = []
        elif token.type == "inline":
            words = " ".join(_words_of(token).split())
            if inside == "heading_open":
                heading = words
            elif inside:
                (row.header if inside == "th_open" else row.cells).append(words)
            elif words:
                yield _Block(heading, words)
            inside = ""
        elif token.type in {"fence", "code_block"} and token.content.strip():
            yield _Block(heading, " ".join(token.content.split()))


def _words_of(token: Token) -> str:
    """What a reader sees of a line: no marks, no addresses behind links."""
    shown = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        child.content if child.type in {"text", "code_inline", "image"} else shown.get(child.type, "")
        for child in token.children or ()
    )


def _sentence_of(row: _Row) -> str:
    """A row of a table as a sentence of its own, each cell said with its column: a passage may not hold the header."""
    first, *rest = [cell for cell in zip(row.header, row.cells, strict=False) if cell[1]] or [("", "")]
    named = first[1][:1].isupper() or not first[0]  # a name says by itself what it is; "45 and more" does not
    name = first[1] if named else f"{first[0]} {first[1]}"
    said = "; ".join(f"{column}: {cell}" if column else cell for column, cell in rest)
    return f"{name} – {said}." if said else f"{name}."


def _fitting(line: str) -> Iterator[str]:
    """The line, in pieces that fit: at the ends of sentences, or wherever it must be."""
    piece = ""
    for sentence in sentences(line):
        for part in _hard_parts(sentence):
            if piece and len(piece) + len(part) > MAX_CHARS:
                yield piece
                piece = ""
            piece = f"{piece} {part}".strip()
    if piece:
        yield piece


def _hard_parts(sentence: str) -> Iterable[str]:
    return (sentence[start : start + MAX_CHARS] for start in range(0, len(sentence), MAX_CHARS))


_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(]?[A-ZÀ-ÞΑ-ΩА-Я0-9])|(?<=[。！？])")
_ABBREVIATION = re.compile(r"(?:\b(?:[A-Za-z]|e\.g|i\.e|Mr|Mrs|Ms|Dr|St|No|Nr|approx|incl|ca|vs|etc|z\.B|Std)\.)$")


def sentences(line: str) -> list[str]:
    """The sentences of a line; an abbreviation's dot ends none."""
    found: list[str] = []
    for piece in _END.split(line):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found
