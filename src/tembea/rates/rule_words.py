"""What a cost line's rule says to people, where the kernel's own words fall short of it.

The kernel's words are part of what a price's hash vouches for, so they stay as they are; this is for reading alone.
"""

import re
from decimal import Decimal

from tembea.kernel.money import Money, round_half_up

_SHARE = re.compile(r"(\w+ supplement: )(\d+(?:\.\d+)?) % of (\d+(?:\.\d+)?) per (room_night|person_stay|room_stay)")
_BASES = {
    "room_night": "the rate of its guests that night",
    "person_stay": "the guest’s rate for its nights",
    "room_stay": "the rate of its guests for its nights",
}


_PER = re.compile(r"(?<=per )(person|room)_(night|stay)\b")
_NIGHTS = re.compile(r"\b(\d{4})(\d\d)(\d\d)-(\d{4})(\d\d)(\d\d)\b")
"""The code of a season without a name, as the import of a sheet makes it."""


def rule_words(rule: str, amount: Money) -> str:
    """The rule of a line of this amount. A percentage of several guests or nights names all that it is taken of.

    The kernel's words name the first guest's first night; they stay where that alone gives the amount.
    """
    return _PER.sub(r"\1 and \2", _NIGHTS.sub(r"\1-\2-\3 to \4-\5-\6", _counted(rule, amount)))


def _counted(rule: str, amount: Money) -> str:
    found = _SHARE.fullmatch(rule)
    if found is None:
        return rule
    kind, percent, base, per = found.groups()
    if round_half_up(Decimal(base) * Decimal(percent) / 100, amount.currency) == amount.rounded().amount:
        return rule
    return f"{kind}{percent} % of {_BASES[per]}, per {per}"
