"""Colour arithmetic for what agencies brand: contrast after WCAG 2.2, and accents that stay readable.

Colours are written ``#rrggbb``. Contrast is a ratio between 1 (the same colour) and 21 (black on white).
"""

import re

from tembea.kernel.errors import Invalid

TEXT_CONTRAST = 4.5
"""WCAG 2.2 level AA for text of ordinary size (success criterion 1.4.3)."""

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_DARKENING_STEPS = 64

Rgb = tuple[int, int, int]


class InvalidColour(Invalid):
    """The text is not a colour of the form #rgb or #rrggbb."""

    code = "invalid_colour"


def parse_colour(text: str) -> Rgb:
    """Red, green and blue, 0 to 255, of ``#rrggbb`` or ``#rgb``; raises InvalidColour."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        raise InvalidColour(f"{text!r} is not a colour; write it as #rrggbb, for example #0f766e.")
    digits = match.group(1)
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def format_colour(rgb: Rgb) -> str:
    """The colour as ``#rrggbb`` in small letters."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_linear(channel) for channel in parse_colour(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, in either order."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, into: str, share: float) -> str:
    """`colour` with `share` (0..1) of `into` blended in, in sRGB."""
    pairs = zip(parse_colour(colour), parse_colour(into), strict=True)
    red, green, blue = (round(own + (other - own) * share) for own, other in pairs)
    return format_colour((red, green, blue))


def readable_on(colour: str, background: str = "#ffffff") -> str:
    """`colour`, darkened (on a light background) or lightened (on a dark one) just enough for text.

    The hue stays recognisable because the colour is blended towards black or white in small steps.
    """
    towards = "#000000" if contrast("#000000", background) >= contrast("#ffffff", background) else "#ffffff"
    for step in range(_DARKENING_STEPS + 1):
        candidate = mix(colour, towards, step / _DARKENING_STEPS)
        if contrast(candidate, background) >= TEXT_CONTRAST:
            return candidate
    return towards


def text_on(background: str) -> str:
    """Black or white, whichever reads better on `background`."""
    return "#ffffff" if contrast("#ffffff", background) >= contrast("#000000", background) else "#000000"


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
