"""HTML mail as plain text: what a reader sees, in lines, with quotes marked as plain mail marks them.

Built on the standard parser, which neither raises on broken markup nor fetches anything. Styles, scripts and what is
hidden from the eye are left out, since only what people see can be what they ask.
"""

import re
from html.parser import HTMLParser

MAX_HTML_CHARS = 2_000_000
MAX_DEPTH = 400
MAX_LINE_CHARS = 20_000
_CHUNK_CHARS = 262_144
_OPEN_END_MAX_CHARS = 16_384
"""Of a last tag or comment that never ends: the parser looks through all of it again for every character."""

_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol",
     "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"]
)  # fmt: skip
_SPACED = frozenset(["p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote", "pre"])
_UNSEEN = frozenset(["head", "script", "style", "title", "template", "noscript", "object", "svg", "math"])
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "col", "area", "base", "source", "wbr", "embed", "param"]
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)", re.I
)


def html_to_text(markup: str) -> str:
    """The visible text of an HTML mail.

    Blocks stand on lines of their own, list items begin with "- ", rows of two cells read "label: value", and quoted
    blocks are prefixed with "> ".
    """
    reader = _Reader()
    for start in range(0, min(len(markup), MAX_HTML_CHARS), _CHUNK_CHARS):
        reader.feed(markup[start : start + _CHUNK_CHARS])
    reader.rawdata = reader.rawdata[:_OPEN_END_MAX_CHARS]
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._open: list[tuple[str, bool]] = []
        self._hidden = 0
        self._quotes = 0
        self._preformatted = 0
        self._cells: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._break()
            return
        if tag in _VOID:
            if tag == "hr":
                self._break(blank=True)
            return
        style = next((value or "" for name, value in attrs if name == "style"), "")
        hides = tag in _UNSEEN or bool(_HIDDEN.search(style)) or any(name == "hidden" for name, _ in attrs)
        if len(self._open) < MAX_DEPTH:
            self._open.append((tag, hides))
            self._hidden += hides
        self._begin(tag)

    def _begin(self, tag: str) -> None:
        if tag == "td" or tag == "th":
            self._flush_cell()
        elif tag in _BLOCKS:
            self._break(blank=tag in _SPACED)
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "li":
            self._line += "- "
        elif tag == "tr":
            self._cells.append([])

    def handle_endtag(self, tag: str) -> None:
        position = next((index for index in range(len(self._open) - 1, -1, -1) if self._open[index][0] == tag), None)
        if position is None:
            if tag in ("p", "br"):
                self._break()
            return
        for _, hides in self._open[position:]:
            self._hidden -= hides
        del self._open[position:]
        self._finish(tag)

    def _finish(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._flush_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in _BLOCKS:
            self._break(blank=tag in _SPACED)
        if tag == "blockquote" and self._quotes:
            self._quotes -= 1
        elif tag == "pre" and self._preformatted:
            self._preformatted -= 1

    def handle_data(self, data: str) -> None:
        if self._hidden > 0:
            return
        if len(self._line) > MAX_LINE_CHARS:
            self._break()
        if self._preformatted:
            first, *rest = data.split("\n")
            self._line += first
            for piece in rest:
                self._break()
                self._line += piece
            return
        words = re.sub(r"[ \t\r\n\f\u00a0]+", " ", data)
        self._line += words.lstrip() if self._line.endswith((" ", "")) and not self._line.strip("- ") else words

    def _flush_cell(self) -> None:
        cell = self._line.strip()
        if self._cells and cell:
            self._cells[-1].append(cell)
            self._line = ""

    def _end_row(self) -> None:
        self._flush_cell()
        cells = self._cells.pop() if self._cells else []
        if len(cells) == 2 and len(cells[0]) <= 60:
            self._line = f"{cells[0].rstrip(': ')}: {cells[1]}"
        else:
            self._line = " | ".join(cells)
        self._break()

    def _break(self, *, blank: bool = False) -> None:
        line = re.sub(r" {2,}", " ", self._line).strip() if not self._preformatted else self._line.rstrip()
        prefix = "> " * min(self._quotes, 10)
        if line:
            self._lines.append(prefix + line)
        elif self._line == "" and not blank:
            self._lines.append(prefix.rstrip())
        if blank and self._lines and self._lines[-1].strip("> "):
            self._lines.append(prefix.rstrip())
        self._line = ""

    def text(self) -> str:
        """All lines, never more than one blank one in a row."""
        self._break()
        joined = "\n".join(self._lines)
        return re.sub(r"\n{3,}", "\n\n", joined).strip("\n")
