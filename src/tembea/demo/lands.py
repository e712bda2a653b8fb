"""Landscapes of wide plains and deserts."""

import math
from random import Random

from tembea.demo.brush import HEIGHT, WIDTH, Canvas, Point, ridge
from tembea.demo.landmarks import elephant, giraffe
from tembea.demo.light import Light
from tembea.demo.scenery import acacia, birds, foliage, grass, mist, sky, sky_marks, streaks, sun
from tembea.kernel.colour import mix


def savannah(chance: Random, light: Light) -> Canvas:
    """Elephants under umbrella thorns, the sun low."""
    canvas, horizon = Canvas(), chance.uniform(455, 480)
    sun_x = chance.uniform(430, 620)
    _plains(canvas, chance, light, horizon, sun_x, 56)
    acacia(
        canvas,
        chance,
        (chance.uniform(120, 200), horizon + 34),
        120,
        mix(light.wood, light.haze, 0.25),
        mix(light.leaf[1], light.haze, 0.25),
    )
    acacia(canvas, chance, (chance.uniform(880, 960), horizon + 110), 400, light.wood, light.leaf[1])
    colour = mix(light.wood, "#3c3a40", 0.4)
    for x, y, size in ((190, 58, 84), (345, 70, 66), (470, 84, 136), (640, 82, 60)):
        canvas.ellipse((x, horizon + y), (size * 0.7, size * 0.05), light.wood, opacity=0.35, blur=3)
        elephant(canvas, (x, horizon + y), size, mix(colour, light.haze, 0.12))
    grass(
        canvas,
        chance,
        horizon + 120,
        HEIGHT + 20,
        (mix(light.sand[1], light.leaf[0], 0.2), mix(light.wood, light.leaf[0], 0.4)),
        620,
    )
    birds(canvas, chance, (sun_x + 190, horizon - 250), 7, light.wood)
    return canvas


def plains_mountain(chance: Random, light: Light) -> Canvas:
    """Giraffes on the plains before a snow-capped mountain."""
    canvas, horizon = Canvas(), chance.uniform(450, 470)
    sky(canvas, light.sky, horizon)
    sun(canvas, (chance.uniform(150, 260), horizon - 150), 32, light.sun, light.glow)
    _snow_mountain(canvas, chance, light, horizon)
    _ground(canvas, chance, light, horizon)
    for x, y, high in ((110, 26, 90), (1010, 40, 150), (330, 18, 60), (760, 22, 74)):
        acacia(
            canvas,
            chance,
            (x + chance.uniform(-30, 30), horizon + y),
            high,
            mix(light.wood, light.haze, 0.3),
            mix(light.leaf[1], light.haze, 0.25),
        )
    for x, y, size in ((470, 92, 172), (560, 112, 226), (655, 86, 120)):
        canvas.ellipse((x, horizon + y), (size * 0.24, size * 0.025), light.wood, opacity=0.35, blur=3)
        giraffe(canvas, (x, horizon + y), size, mix("#8a5a34", light.wood, 0.3))
    grass(
        canvas,
        chance,
        horizon + 130,
        HEIGHT + 20,
        (mix(light.sand[1], light.leaf[1], 0.35), mix(light.wood, light.leaf[0], 0.5)),
        620,
    )
    return canvas


def dunes(chance: Random, light: Light) -> Canvas:
    """Crescent dunes with a caravan's tracks, towards evening."""
    canvas, horizon = Canvas(), chance.uniform(320, 345)
    sky(canvas, light.sky, horizon)
    sun(canvas, (chance.uniform(300, 420), horizon - 84), 38, light.sun, light.glow)
    sky_marks(canvas, chance, light, horizon)
    canvas.below(ridge(chance, horizon - 22, 16), mix("#a98a86", light.haze, 0.55), floor=horizon + 60)
    for depth in range(5):
        base = horizon + 10 + depth * depth * 17 + depth * 18
        sand = mix("#e3a35c", light.haze, 0.5 - depth * 0.12)
        crest = ridge(chance, base, 20 + depth * 24, step=150, rough=0.4)
        canvas.below(
            crest,
            canvas.linear(
                [(0, mix(sand, light.glow, 0.45)), (1, mix(sand, "#8a4b33", 0.35))], (0, base - 40), (0, base + 170)
            ),
        )
        for before, top, after in zip(crest, crest[1:], crest[2:], strict=False):
            if top[1] < min(before[1], after[1]):
                _slip_face(canvas, top, after, mix(sand, "#5a2f38", 0.5), 1 + depth * 0.5)
    return canvas


def _plains(canvas: Canvas, chance: Random, light: Light, horizon: float, sun_x: float, radius: float) -> None:
    sky(canvas, light.sky, horizon)
    sun(canvas, (sun_x, horizon - radius * 1.7), radius, light.sun, light.glow, 6)
    streaks(canvas, chance, 70, horizon - 130, light.cloud, 14)
    for depth in range(2):
        hills = ridge(chance, horizon - 30 + depth * 18, 24 - depth * 8)
        canvas.below(hills, mix(light.wood, light.haze, 0.72 - depth * 0.2), floor=horizon + 4)
    _ground(canvas, chance, light, horizon)


def _snow_mountain(canvas: Canvas, chance: Random, light: Light, horizon: float) -> None:
    peak = chance.uniform(560, 640)
    massif = [
        (-40, horizon - 20),
        (150, horizon - 74),
        (330, horizon - 150),
        (peak - 130, horizon - 262),
        (peak - 60, horizon - 286),
        (peak + 60, horizon - 290),
        (peak + 140, horizon - 258),
        (860, horizon - 150),
        (1040, horizon - 84),
        (1240, horizon - 30),
    ]
    blue = mix("#56688a", light.haze, 0.45)
    canvas.below(
        massif,
        canvas.linear([(0, blue), (1, mix(blue, light.haze, 0.85))], (0, horizon - 290), (0, horizon)),
        floor=horizon,
    )
    snow: list[Point] = [
        (peak - 150, horizon - 253),
        (peak - 60, horizon - 286),
        (peak + 60, horizon - 290),
        (peak + 156, horizon - 251),
    ]
    fringe = [
        (
            peak + 152 - i * 12.5,
            horizon
            - 246
            + (-9 if i % 2 else 1) * chance.uniform(0.4, 1)
            + (34 if i % 4 == 0 else 0) * math.sin(i / 24 * math.pi),
        )
        for i in range(25)
    ]
    canvas.outline([*snow, *fringe], mix("#ffffff", light.glow, 0.2), opacity=0.92, blur=1.2)
    mist(canvas, chance, (peak, horizon - 96), (1000, 54), light.cloud, 11, 0.32)


def _ground(canvas: Canvas, chance: Random, light: Light, horizon: float) -> None:
    lit, shade = mix(light.sand[1], light.haze, 0.35), mix(light.wood, light.leaf[1], 0.3)
    canvas.box(
        (0, horizon),
        (WIDTH, HEIGHT - horizon),
        canvas.linear([(0, lit), (0.4, mix(lit, shade, 0.4)), (1, shade)], (0, horizon), (0, HEIGHT)),
    )
    foliage(
        canvas,
        chance,
        [(0, horizon), (600, horizon - 2), (1200, horizon)],
        7,
        mix(light.wood, light.haze, 0.35),
        mix(light.leaf[1], light.haze, 0.4),
        90,
    )
    for _ in range(40):
        y = horizon + 8 + (HEIGHT - horizon) * chance.random() ** 1.6
        canvas.ellipse(
            (chance.uniform(0, WIDTH), y), (chance.uniform(60, 240), chance.uniform(2, 9)), lit, opacity=0.16, blur=4
        )


def _slip_face(canvas: Canvas, top: Point, after: Point, shade: str, scale: float) -> None:
    """The dune's side in shade: from its top to the next hollow, along a winding edge towards the viewer."""
    (x1, y1), (x2, y2) = top, after
    edge = [
        (x1, y1),
        (x1 + 4 * scale, y1 + 22 * scale),
        (x1 - 22 * scale, y1 + 52 * scale),
        (x1 + 6 * scale, y1 + 86 * scale),
        (x1 - 14 * scale, y1 + 126 * scale),
    ]
    back = [(x2, y2 + 116 * scale), (x2 + 30, y2 + 50 * scale), (x2, y2), (x1 + (x2 - x1) * 0.5, y1 + (y2 - y1) * 0.44)]
    canvas.blob(
        [*edge, *back],
        canvas.linear([(0, shade + "d0"), (1, shade + "00")], (x1, y1), (x1 + 20, y1 + 126 * scale)),
        blur=1,
    )
