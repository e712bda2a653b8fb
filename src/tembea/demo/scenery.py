"""What stands in the demo's landscapes: light, water, plants, boats, rocks and roofs."""

import math
from collections.abc import Sequence
from random import Random

from tembea.demo.brush import HEIGHT, WIDTH, Canvas, Point, Stops, along, bent
from tembea.demo.light import Light
from tembea.kernel.colour import mix


def sky(canvas: Canvas, stops: Stops, horizon: float) -> None:
    """The whole sky, from the top down to the horizon and a little below."""
    canvas.box((0, 0), (WIDTH, HEIGHT), canvas.linear(stops, end=(0, horizon)))


def sun(canvas: Canvas, centre: Point, radius: float, colour: str, glow: str, reach: float = 5) -> None:
    """A sun with its glow over everything painted so far."""
    halo = canvas.radial([(0, glow + "cc"), (0.25, glow + "66"), (1, glow + "00")], centre, radius * reach)
    canvas.ellipse(centre, (radius * reach, radius * reach), halo)
    canvas.ellipse(centre, (radius, radius), colour)


def clouds(canvas: Canvas, chance: Random, top: float, bottom: float, colour: str, count: int, opacity: float) -> None:
    """Flat-bottomed fair-weather clouds, larger and lower towards the viewer."""
    for _ in range(count):
        x, share = chance.uniform(-60, WIDTH + 60), chance.random()
        y = top + (bottom - top) * share
        size = 34 + 60 * (1 - share)
        for _ in range(7):
            along_x = chance.uniform(-1, 1)
            puff = size * (1.05 - abs(along_x)) * chance.uniform(0.5, 0.9)
            centre = (x + along_x * size * 2.4, y - puff * 0.45)
            canvas.ellipse(centre, (puff * 1.5, puff * 0.72), colour, opacity=opacity, blur=7)


def streaks(canvas: Canvas, chance: Random, top: float, bottom: float, colour: str, count: int) -> None:
    """Long thin evening clouds."""
    for _ in range(count):
        x, y = chance.uniform(-100, WIDTH), chance.uniform(top, bottom)
        length, thick = chance.uniform(160, 520), chance.uniform(2.5, 9)
        canvas.ellipse((x + length / 2, y), (length / 2, thick), colour, opacity=chance.uniform(0.25, 0.6), blur=3)


def sky_marks(canvas: Canvas, chance: Random, light: Light, horizon: float) -> None:
    """The clouds of that light."""
    if light.cloud == "#ffffff":
        clouds(canvas, chance, 70, horizon - 60, light.cloud, 5, 0.5)
    else:
        streaks(canvas, chance, 50, horizon - 50, light.cloud, 12)


def birds(canvas: Canvas, chance: Random, centre: Point, count: int, colour: str) -> None:
    """A loose flight of birds far away."""
    for _ in range(count):
        x, y = centre[0] + chance.uniform(-90, 90), centre[1] + chance.uniform(-36, 36)
        span = chance.uniform(7, 13)
        wing = [
            (x - span, y - span * 0.35),
            (x - span * 0.45, y - span * 0.5),
            (x, y),
            (x + span * 0.45, y - span * 0.5),
        ]
        canvas.line([*wing, (x + span, y - span * 0.3)], colour, 1.8, opacity=0.75)


def water(canvas: Canvas, horizon: float, stops: Stops, floor: float = HEIGHT) -> None:
    """Open water from the horizon to `floor`."""
    canvas.box((0, horizon), (WIDTH, floor - horizon), canvas.linear(stops, (0, horizon), (0, floor)))


def glitter(canvas: Canvas, chance: Random, x: float, top: float, bottom: float, colour: str, spread: float) -> None:
    """The sun's road on the water: short strokes, wider and farther apart towards the viewer."""
    y = top + 2.0
    while y < bottom:
        share = (y - top) / (bottom - top)
        for _ in range(4):
            middle = x + chance.gauss(0, 0.35) * spread * (0.35 + share)
            half = chance.uniform(5, 26) * (0.4 + share * 1.5)
            canvas.ellipse((middle, y), (half, 0.8 + share * 1.5), colour, opacity=chance.uniform(0.25, 0.75))
        y += 4 + share * 15


def ripples(canvas: Canvas, chance: Random, top: float, bottom: float, colour: str, count: int) -> None:
    """Quiet horizontal ripples all over the water."""
    for _ in range(count):
        share = chance.random() ** 1.4
        y = top + (bottom - top) * share
        half = chance.uniform(14, 60) * (0.3 + share * 1.6)
        thick = 0.7 + 1.6 * share
        canvas.ellipse((chance.uniform(0, WIDTH), y), (half, thick), colour, opacity=chance.uniform(0.12, 0.4))


def mist(canvas: Canvas, chance: Random, centre: Point, spread: Point, colour: str, count: int, opacity: float) -> None:
    """Soft banks of haze or spray."""
    for _ in range(count):
        x, y = chance.gauss(centre[0], spread[0] / 2), chance.gauss(centre[1], spread[1] / 2)
        radii = (spread[0] * chance.uniform(0.2, 0.5), spread[1] * chance.uniform(0.2, 0.5))
        canvas.ellipse((x, y), radii, colour, opacity=opacity, blur=18)


def palm(
    canvas: Canvas, chance: Random, foot: Point, height: float, lean: float, leaf: tuple[str, str], bark: str
) -> None:
    """A coconut palm; `lean` is how far its crown stands beside its foot, in heights."""
    dark, lit = leaf
    crown = (foot[0] + lean * height, foot[1] - height)
    trunk = bent(foot, (foot[0] + lean * height * 0.15, foot[1] - height * 0.6), crown)
    width = height * 0.027
    left = [(x - width * (1.25 - 0.7 * i / 12), y) for i, (x, y) in enumerate(trunk)]
    right = [(x + width * (1.25 - 0.7 * i / 12), y) for i, (x, y) in enumerate(trunk)]
    sides = canvas.linear(
        [(0, mix(bark, "#ffffff", 0.28)), (1, mix(bark, dark, 0.45))], (foot[0] - width, 0), (crown[0] + width * 2, 0)
    )
    canvas.outline([*left, *reversed(right)], sides)
    for index in range(1, 12):
        canvas.line([left[index], right[index]], dark, height * 0.003, opacity=0.3)
    angles = [-170 + 200 * i / 10 + chance.uniform(-9, 9) for i in range(11)]
    for order, angle in enumerate(sorted(angles, key=lambda a: abs(a + 90) * chance.uniform(0.9, 1.1), reverse=True)):
        colour = mix(dark, lit, min(1, 0.1 + 0.085 * order))
        _frond(canvas, chance, crown, angle, height * chance.uniform(0.44, 0.56), colour)
    for _ in range(4):
        nut = (crown[0] + chance.uniform(-0.03, 0.03) * height, crown[1] + chance.uniform(0.01, 0.045) * height)
        canvas.ellipse(nut, (height * 0.017, height * 0.02), dark)


def _frond(canvas: Canvas, chance: Random, crown: Point, angle: float, length: float, colour: str) -> None:
    direction = math.radians(angle)
    reach = (math.cos(direction) * length, math.sin(direction) * length)
    droop = length * (0.42 + 0.25 * abs(math.cos(direction)))
    spine = bent(
        crown,
        (crown[0] + reach[0] * 0.55, crown[1] + reach[1] * 0.75),
        (crown[0] + reach[0], crown[1] + reach[1] + droop),
        26,
    )
    leaves: list[str] = []
    for index in range(1, len(spine)):
        (x1, y1), (x2, y2) = spine[index - 1], spine[index]
        heading = math.atan2(y2 - y1, x2 - x1)
        share = index / len(spine)
        size = length * 0.3 * math.sin(math.pi * min(1, share * 0.9 + 0.12)) * chance.uniform(0.85, 1.1)
        for side in (-1, 1):
            turn = heading + side * (0.75 - 0.35 * share)
            tip = (x2 + math.cos(turn) * size, y2 + math.sin(turn) * size + size * 0.32)
            leaves.append(f"M{x1:.1f} {y1:.1f}L{tip[0]:.1f} {tip[1]:.1f}L{x2:.1f} {y2:.1f}Z")
    canvas.path("".join(leaves), colour)
    canvas.line(spine[::4], colour, max(1.0, length * 0.012))


def acacia(canvas: Canvas, chance: Random, foot: Point, height: float, dark: str, lit: str) -> None:
    """An umbrella thorn: forked trunk under flat, layered crowns."""
    spread = height * 0.78
    fork = (foot[0] + chance.uniform(-0.05, 0.05) * height, foot[1] - height * 0.36)
    canvas.outline(
        [
            (foot[0] - height * 0.045, foot[1]),
            (fork[0] - height * 0.02, fork[1]),
            (fork[0] + height * 0.02, fork[1]),
            (foot[0] + height * 0.04, foot[1]),
        ],
        dark,
    )
    tops = [
        (foot[0] + spread * place, foot[1] - height * (0.84 + 0.12 * (1 - abs(place) * 1.4)))
        for place in (-0.62, -0.25, 0.12, 0.42, 0.7)
    ]
    for x, y in tops:
        branch = bent(fork, ((fork[0] + x) / 2, fork[1] - height * 0.12), (x, y), 8)
        canvas.line(branch, dark, height * 0.03)
    for layer in range(3):
        for x, y in tops:
            wide = spread * chance.uniform(0.3, 0.44) * (1 - layer * 0.16)
            middle = (x + chance.uniform(-0.04, 0.04) * spread, y - layer * height * 0.035)
            _leaf_pad(canvas, chance, middle, wide, height * 0.055, mix(dark, lit, 0.12 + layer * 0.34))


def _leaf_pad(canvas: Canvas, chance: Random, centre: Point, wide: float, high: float, colour: str) -> None:
    points: list[Point] = []
    for step in range(22):
        turn = step / 22 * math.tau
        wobble = chance.uniform(0.84, 1.12)
        flat = 0.55 if math.sin(turn) > 0 else 1.0
        points.append((centre[0] + math.cos(turn) * wide * wobble, centre[1] + math.sin(turn) * high * flat * wobble))
    canvas.blob(points, colour)


def foliage(
    canvas: Canvas, chance: Random, edge: Sequence[Point], size: float, dark: str, lit: str, count: int
) -> None:
    """Rounded bush and tree tops along an edge, the nearer ones darker."""
    for order in range(count):
        share = order / count
        x, y = along(edge, chance.random())
        radius = size * chance.uniform(0.5, 1.1)
        centre = (x, y + size * 0.9 * share)
        _leaf_pad(canvas, chance, centre, radius, radius * 0.8, mix(lit, dark, share))


def grass(canvas: Canvas, chance: Random, top: float, bottom: float, colours: tuple[str, str], count: int) -> None:
    """Blades of tall grass, longer towards the viewer."""
    blades: dict[str, list[str]] = {}
    for _ in range(count):
        share = chance.random()
        x, y = chance.uniform(-10, WIDTH + 10), top + (bottom - top) * share
        tall, lean = (10 + 46 * share) * chance.uniform(0.6, 1.25), chance.uniform(-0.4, 0.5)
        thick = 1.2 + 2 * share
        tip = (x + lean * tall, y - tall)
        blade = (
            f"M{x:.1f} {y:.1f}Q{x + lean * tall * 0.2:.1f} {y - tall * 0.6:.1f} {tip[0]:.1f} {tip[1]:.1f}"
            f"Q{x + thick:.1f} {y - tall * 0.5:.1f} {x + thick:.1f} {y:.1f}Z"
        )
        blades.setdefault(mix(*colours, round(share * 4) / 4), []).append(blade)
    for colour, data in blades.items():
        canvas.path("".join(data), colour)
