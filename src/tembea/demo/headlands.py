"""Landscapes of coasts that rise: a city under its mountain, cliffs and a hillside town."""

import math
from random import Random

from tembea.demo.brush import HEIGHT, WIDTH, Canvas, Point, along, bent, ridge
from tembea.demo.landmarks import roofs, town
from tembea.demo.light import Light
from tembea.demo.scenery import birds, foliage, glitter, mist, ripples, water
from tembea.demo.shore import beach, open_sky
from tembea.kernel.colour import mix


def table_bay(chance: Random, light: Light) -> Canvas:
    """A city in the bowl of a flat mountain, across the bay."""
    canvas, horizon = Canvas(), chance.uniform(455, 475)
    open_sky(canvas, chance, light, horizon, chance.uniform(80, 200))
    rock = mix("#6f7480", light.haze, 0.32)
    _table(canvas, chance, light, horizon, rock)
    slope = ridge(chance, horizon - 62, 26)
    canvas.below(slope, mix(light.leaf[0], light.haze, 0.3), floor=horizon)
    mist(canvas, chance, (600, horizon - 46), (1100, 40), light.haze, 9, 0.3)
    town(canvas, chance, 120, 1130, horizon, 22, (mix("#e9e4dc", light.haze, 0.3), mix("#b4b3b8", light.haze, 0.4)))
    town(canvas, chance, 420, 860, horizon, 92, (mix("#f4efe6", light.haze, 0.2), mix("#7f8794", light.haze, 0.25)))
    water(canvas, horizon, light.sea)
    canvas.box(
        (0, horizon), (WIDTH, 50), canvas.linear([(0, rock + "88"), (1, rock + "00")], (0, horizon), (0, horizon + 50))
    )
    ripples(canvas, chance, horizon + 5, 745, light.sparkle, 170)
    _yachts(canvas, light)
    birds(canvas, chance, (980, 300), 5, light.wood)
    _flowering_shore(canvas, chance, light)
    return canvas


def cliff_coast(chance: Random, light: Light) -> Canvas:
    """Ochre cliffs, arches and small beaches over a clear sea."""
    canvas, horizon = Canvas(), chance.uniform(285, 310)
    sun_x = chance.uniform(180, 330)
    open_sky(canvas, chance, light, horizon, sun_x)
    water(canvas, horizon, light.lagoon)
    ripples(canvas, chance, horizon + 6, 740, light.sparkle, 150)
    glitter(canvas, chance, sun_x, horizon + 2, 640, light.sparkle, 110)
    for depth in range(4):
        _cliff(canvas, chance, light, horizon, depth)
    stack = [
        (330, 600),
        (338, 520),
        (352, 452),
        (392, 436),
        (470, 430),
        (530, 446),
        (552, 520),
        (566, 600),
        (508, 600),
        (500, 556),
        (470, 528),
        (436, 532),
        (412, 566),
        (406, 600),
    ]
    canvas.outline(stack, canvas.linear([(0, mix("#e2a765", light.glow, 0.4)), (1, "#9a5c38")], (330, 430), (566, 600)))
    foliage(canvas, chance, [(356, 446), (450, 432), (528, 446)], 15, light.leaf[0], light.leaf[1], 22)
    canvas.line([(318, 604), (450, 608), (580, 603)], light.sparkle, 7, opacity=0.6, blur=2.5)
    birds(canvas, chance, (620, 220), 6, light.wood)
    beach(canvas, chance, light, 770, 640)
    return canvas


def hill_town(chance: Random, light: Light) -> Canvas:
    """White houses with tiled roofs on a steep green coast."""
    canvas, horizon = Canvas(), chance.uniform(265, 290)
    sun_x = chance.uniform(820, 1000)
    open_sky(canvas, chance, light, horizon, sun_x)
    water(canvas, horizon, light.sea)
    ripples(canvas, chance, horizon + 6, 600, light.sparkle, 110)
    glitter(canvas, chance, sun_x, horizon + 2, 560, light.sparkle, 110)
    for depth in range(3):
        start, foot = 470 + depth * 150, horizon + 24 + depth * 66
        cliff = [
            (-40, 60 + depth * 76),
            (140, 96 + depth * 70),
            (290, 170 + depth * 70),
            (start - 90, foot - 60),
            (start, foot),
        ]
        green = mix(light.leaf[1], light.haze, 0.62 - depth * 0.24)
        canvas.below(
            cliff,
            canvas.linear(
                [(0, mix(green, light.glow, 0.2)), (1, mix(green, light.leaf[0], 0.6))], (200, 80), (140, 560)
            ),
            floor=foot + 6,
        )
    slope = [(-40, 330), (200, 372), (430, 452), (690, 560), (950, 660), (1240, 720)]
    canvas.below(slope, canvas.linear([(0, light.leaf[1]), (1, light.leaf[0])], (300, 360), (200, 740)))
    foliage(canvas, chance, slope, 34, light.leaf[0], light.leaf[1], 90)
    roofs(
        canvas,
        chance,
        (270, 560),
        (300, 105),
        46,
        (mix("#fffaf0", light.glow, 0.15), mix("#f1dfc6", light.haze, 0.2)),
        mix("#c8623c", light.haze, 0.1),
    )
    foliage(
        canvas,
        chance,
        [(-30, 720), (300, 742), (700, 735), (1230, 752)],
        52,
        light.leaf[0],
        mix(light.leaf[1], light.leaf[0], 0.3),
        60,
    )
    return canvas


def _table(canvas: Canvas, chance: Random, light: Light, horizon: float, rock: str) -> None:
    """The flat mountain with its cloth of cloud."""
    top = chance.uniform(165, 185)
    table = [
        (-20, horizon - 60),
        (60, horizon - 110),
        (130, horizon - 96),
        (190, horizon - 150),
        (225, top + 95),
        (262, top + 62),
        (300, top + 4),
        (330, top),
        (520, top + 5),
        (700, top - 3),
        (860, top + 4),
        (880, top + 26),
        (905, top + 70),
        (950, top + 130),
        (1010, horizon - 130),
        (1060, horizon - 205),
        (1085, horizon - 216),
        (1110, horizon - 190),
        (1160, horizon - 100),
        (1230, horizon - 70),
        (1230, horizon),
        (-20, horizon),
    ]
    canvas.outline(
        table,
        canvas.linear(
            [(0, mix(rock, light.glow, 0.4)), (0.45, rock), (1, mix(rock, light.leaf[0], 0.45))],
            (300, top),
            (760, horizon),
        ),
    )
    for _ in range(30):
        x = chance.uniform(320, 870)
        crag = bent(
            (x, top + chance.uniform(16, 60)),
            (x + 5, top + 100),
            (x + chance.uniform(-12, 12), top + chance.uniform(110, 200)),
            5,
        )
        canvas.line(crag, mix(rock, "#1d2733", 0.6), chance.uniform(4, 14), opacity=0.14, blur=4)
    cloth = [(290 + i * 31, top + 8 - 20 * math.sin(i / 19 * math.pi) + chance.uniform(-7, 5)) for i in range(20)]
    spill = [(890 - i * 31, top + 16 + chance.uniform(0, 34)) for i in range(20)]
    canvas.blob([*cloth, *spill], light.cloud, opacity=0.85, blur=6)


def _yachts(canvas: Canvas, light: Light) -> None:
    for x, y, size in ((300, 560, 42), (905, 600, 66), (760, 520, 26)):
        canvas.outline([(x, y), (x + size * 0.08, y - size), (x + size * 0.55, y - size * 0.08)], "#ffffff")
        canvas.outline(
            [(x - size * 0.04, y - size * 0.06), (x, y - size * 0.8), (x - size * 0.32, y - size * 0.06)],
            mix("#ffffff", light.haze, 0.5),
        )
        canvas.outline(
            [
                (x - size * 0.4, y),
                (x + size * 0.6, y),
                (x + size * 0.42, y + size * 0.1),
                (x - size * 0.28, y + size * 0.1),
            ],
            light.wood,
        )


def _flowering_shore(canvas: Canvas, chance: Random, light: Light) -> None:
    shore = [(-40, 610), (120, 632), (300, 690), (470, 735), (640, 800)]
    canvas.below(
        shore,
        canvas.linear([(0, mix(light.leaf[1], light.leaf[0], 0.4)), (1, light.leaf[0])], (0, 620), (200, HEIGHT)),
        floor=820,
    )
    foliage(canvas, chance, shore, 34, light.leaf[0], light.leaf[1], 60)
    for _ in range(46):
        x, y = along(shore, chance.random() * 0.86)
        _protea(canvas, (x + chance.uniform(-10, 10), y + chance.uniform(14, 110)), chance.uniform(7, 13), light)


def _cliff(canvas: Canvas, chance: Random, light: Light, horizon: float, depth: int) -> None:
    """One headland from the right, the nearer (`depth` 3) the taller."""
    left, top, foot = 690 + depth * 92, horizon - 26 - depth * 46, horizon + 18 + depth * 104
    ochre = mix("#d9995a", light.haze, 0.42 - depth * 0.13)
    brow = [(x, top + chance.uniform(-7, 7)) for x in range(left + 96, 1330, 62)]
    cliff = [
        (left + 4, foot),
        (left - 4, foot - (foot - top) * 0.4),
        (left + 14, top + 30),
        (left + 48, top + 6),
        *brow,
        (1330, foot + 24),
    ]
    face = [(0, mix(ochre, light.glow, 0.45)), (0.5, ochre), (1, mix(ochre, "#5c3526", 0.45))]
    canvas.outline(cliff, canvas.linear(face, (left, top), (left + 260, foot)))
    for band in range(5):
        y = top + 30 + band * (foot - top) / 6
        strata = [
            (left + 10 + chance.uniform(0, 24), y),
            (left + 240, y + chance.uniform(-6, 6)),
            (1330, y + chance.uniform(-8, 8)),
        ]
        canvas.line(strata, mix(ochre, "#6d3d26", 0.55), 2 + depth, opacity=0.26, blur=1.2)
    for cave in range(depth):
        x = left + 70 + cave * 120 + chance.uniform(-20, 20)
        high, wide = (foot - top) * chance.uniform(0.2, 0.32), chance.uniform(30, 54)
        arch = [
            (x, foot + 8),
            *bent((x, foot - high * 0.4), (x + wide / 2, foot - high * 1.7), (x + wide, foot - high * 0.4), 8),
            (x + wide, foot + 8),
        ]
        canvas.outline(arch, mix(ochre, "#3d2220", 0.72), opacity=0.85)
    bushes = [(left + 40, top + 4), (left + 300, top - 4), (1330, top)]
    foliage(
        canvas,
        chance,
        bushes,
        12 + depth * 4,
        mix(light.leaf[0], light.haze, 0.3 - depth * 0.08),
        mix(light.leaf[1], light.haze, 0.2),
        60,
    )
    surf = [(left - 24, foot + 2), (left + 160, foot + 9), (1330, foot + 16)]
    canvas.line(surf, light.sparkle, 4 + depth * 2, opacity=0.55, blur=2.5)


def _protea(canvas: Canvas, centre: Point, size: float, light: Light) -> None:
    bloom = mix("#e8718a", light.haze, 0.12)
    for turn in range(-2, 3):
        tip = (centre[0] + turn * size * 0.34, centre[1] - size * (1.15 - 0.1 * turn * turn))
        canvas.blob(
            [(centre[0] - size * 0.2, centre[1]), tip, (centre[0] + size * 0.2, centre[1])],
            mix(bloom, "#fff1e6", 0.16 * abs(turn)),
        )
