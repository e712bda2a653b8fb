"""A small SVG canvas with the strokes that the demo's landscapes are painted with.

Sizes are pixels of a picture 1200 wide and 750 high, y counted downwards. All chance comes from the seeded generator
that a scene hands in, so a picture is the same wherever it is painted.
"""

import math
from collections.abc import Iterable, Sequence
from random import Random

WIDTH, HEIGHT = 1200, 750

Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]
"""Gradient stops: position 0..1 and colour, optionally with an alpha as #rrggbbaa."""


class Canvas:
    """Collects shapes, back to front; `svg` is the finished picture."""

    def __init__(self) -> None:
        self._shapes: list[str] = []
        self._definitions: list[str] = []

    def svg(self) -> str:
        """The picture as one SVG document."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        return f"{head}<defs>{''.join(self._definitions)}</defs>{''.join(self._shapes)}</svg>"

    def linear(self, stops: Stops, start: Point = (0, 0), end: Point = (0, HEIGHT)) -> str:
        """A linear gradient between two points of the picture; returns the paint to fill with."""
        (x1, y1), (x2, y2) = start, end
        return self._gradient("linearGradient", f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"', stops)

    def radial(self, stops: Stops, centre: Point, radius: float) -> str:
        """A radial gradient from `centre` outwards; returns the paint to fill with."""
        return self._gradient("radialGradient", f'cx="{centre[0]:.1f}" cy="{centre[1]:.1f}" r="{radius:.1f}"', stops)

    def outline(self, points: Iterable[Point], fill: str, *, opacity: float = 1, blur: float = 0) -> None:
        """A closed shape with straight edges."""
        self.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z", fill, opacity=opacity, blur=blur)

    def blob(self, points: Sequence[Point], fill: str, *, opacity: float = 1, blur: float = 0) -> None:
        """A closed shape, smooth through all points."""
        self.path(smooth(points, start="M", closed=True) + "Z", fill, opacity=opacity, blur=blur)

    def below(
        self, edge: Sequence[Point], fill: str, *, floor: float = HEIGHT, opacity: float = 1, blur: float = 0
    ) -> None:
        """Everything under a smooth edge that runs from left to right, down to `floor`."""
        data = f"M{edge[0][0]:.1f} {floor:.1f}L{smooth(edge, start='')}L{edge[-1][0]:.1f} {floor:.1f}Z"
        self.path(data, fill, opacity=opacity, blur=blur)

    def line(self, points: Sequence[Point], colour: str, width: float, *, opacity: float = 1, blur: float = 0) -> None:
        """A smooth open stroke with round ends."""
        style = f'fill="none" stroke="{colour}" stroke-width="{width:.2f}" stroke-linecap="round"'
        self._shapes.append(f'<path d="{smooth(points, start="M")}" {style}{self._effects(opacity, blur)}/>')

    def ellipse(self, centre: Point, radii: Point, fill: str, *, opacity: float = 1, blur: float = 0) -> None:
        """An upright ellipse."""
        (x, y), (rx, ry) = centre, radii
        place = f'cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}"'
        self._shapes.append(f'<ellipse {place} fill="{fill}"{self._effects(opacity, blur)}/>')

    def box(self, corner: Point, size: Point, fill: str, *, opacity: float = 1) -> None:
        """An upright rectangle."""
        (x, y), (width, height) = corner, size
        place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        self._shapes.append(f'<rect {place} fill="{fill}"{self._effects(opacity, 0)}/>')

    def path(self, data: str, fill: str, *, opacity: float = 1, blur: float = 0) -> None:
        """A filled SVG path."""
        self._shapes.append(f'<path d="{data}" fill="{fill}"{self._effects(opacity, blur)}/>')

    def _gradient(self, kind: str, place: str, stops: Stops) -> str:
        name = f"g{len(self._definitions)}"
        marks = "".join(f'<stop offset="{at:.3f}"{_stop_colour(colour)}/>' for at, colour in stops)
        self._definitions.append(f'<{kind} id="{name}" gradientUnits="userSpaceOnUse" {place}>{marks}</{kind}>')
        return f"url(#{name})"

    def _effects(self, opacity: float, blur: float) -> str:
        effects = "" if opacity >= 1 else f' opacity="{opacity:.3f}"'
        if blur <= 0:
            return effects
        name = f"b{blur:.1f}".replace(".", "-")
        definition = (
            f'<filter id="{name}" x="-60%" y="-60%" width="220%" height="220%">'
            f'<feGaussianBlur stdDeviation="{blur:.1f}"/></filter>'
        )
        if definition not in self._definitions:
            self._definitions.append(definition)
        return f'{effects} filter="url(#{name})"'


def smooth(points: Sequence[Point], *, start: str, closed: bool = False) -> str:
    """SVG path data through all points (Catmull-Rom as cubic Bezier curves); `start` is the first command."""
    ring = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    x, y = points[0]
    parts = [f"{start}{x:.1f} {y:.1f}"]
    for before, here, there, after in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        parts.append(
            f"C{here[0] + (there[0] - before[0]) / 6:.1f} {here[1] + (there[1] - before[1]) / 6:.1f} "
            f"{there[0] - (after[0] - here[0]) / 6:.1f} {there[1] - (after[1] - here[1]) / 6:.1f} "
            f"{there[0]:.1f} {there[1]:.1f}"
        )
    return "".join(parts)


def ridge(chance: Random, y: float, height: float, *, step: float = 40, rough: float = 1.0) -> list[Point]:
    """The skyline of hills around `y`, at most about `height` up or down: a few waves and some roughness."""
    waves = [(chance.uniform(0.4, 1.0), chance.uniform(180, 520), chance.uniform(0, math.tau)) for _ in range(4)]
    total = sum(size for size, _, _ in waves)
    points: list[Point] = []
    x = -step
    while x <= WIDTH + step:
        rise = sum(size * math.sin(x / length * math.tau + phase) for size, length, phase in waves) / total
        points.append((x, y - height * rise + chance.uniform(-1, 1) * height * 0.12 * rough))
        x += step
    return points


def along(points: Sequence[Point], share: float) -> Point:
    """The point at `share` (0..1) of an open line's points, straight between them."""
    place = share * (len(points) - 1)
    index = min(int(place), len(points) - 2)
    (x1, y1), (x2, y2) = points[index], points[index + 1]
    return x1 + (x2 - x1) * (place - index), y1 + (y2 - y1) * (place - index)


def bent(start: Point, control: Point, end: Point, steps: int = 12) -> list[Point]:
    """Points of a quadratic Bezier curve."""
    points: list[Point] = []
    for index in range(steps + 1):
        t = index / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        points.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return points


def _stop_colour(colour: str) -> str:
    if len(colour) == 9:
        return f' stop-color="{colour[:7]}" stop-opacity="{int(colour[7:], 16) / 255:.3f}"'
    return f' stop-color="{colour}"'
