"""CSV that people open in a spreadsheet (RFC 4180, UTF-8 with its mark), and that no spreadsheet works out.

A cell that begins like a formula gets an apostrophe before it (OWASP, CSV Injection): the program then shows it as the
text that it is. Numbers, and telephone numbers in E.164, are no formulas.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
"""Without it the usual programs read UTF-8 as something else."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full-width ones, too
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows as lines."""
    out = StringIO()
    csv.writer(out).writerows([shown(cell) for cell in row] for row in rows)
    return out.getvalue()


def shown(cell: str) -> str:
    """The cell as a text, whatever it begins with."""
    begins = cell.lstrip(" ").startswith(_FORMULA) or cell.startswith(("\t", "\r", "\n"))
    return f"'{cell}" if begins and not _NUMBER.fullmatch(cell) else cell
