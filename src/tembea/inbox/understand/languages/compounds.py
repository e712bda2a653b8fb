"""Words written as one that others write as several: "fünfundzwanzig", "vijfentwintig", "neunjährige"."""

from collections.abc import Sequence


def unit_first(units: Sequence[str], tens: Sequence[str], joint: str) -> dict[str, str]:
    """21 to 99 as terms; `units` begins with one, `tens` with twenty."""
    return {
        f"NUMWORD={10 * (row + 2) + column + 1}": f"{unit}{joint}{ten}"
        for row, ten in enumerate(tens)
        for column, unit in enumerate(units)
    }


def ages_in_one(numbers: Sequence[str], stem: str, endings: Sequence[str]) -> dict[str, str]:
    """ "neunjährige" and its like, an age and the words for "years old" in one; `numbers` begins with one."""
    return {
        f"AGEWORD={age}": " | ".join(f"{number}{stem}{ending}" for ending in endings)
        for age, number in enumerate(numbers, 1)
    }
