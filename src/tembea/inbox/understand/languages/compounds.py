"""Number words that are written as one, the unit first: "fünfundzwanzig", "vijfentwintig"."""

from collections.abc import Sequence


def unit_first(units: Sequence[str], tens: Sequence[str], joint: str) -> dict[str, str]:
    """21 to 99 as terms; `units` begins with one, `tens` with twenty."""
    return {
        f"NUMWORD={10 * (row + 2) + column + 1}": f"{unit}{joint}{ten}"
        for row, ten in enumerate(tens)
        for column, unit in enumerate(units)
    }
