"""Landscapes of falls, terraces and craters."""

import math
from random import Random

from tembea.demo.brush import HEIGHT, WIDTH, Canvas, Point, along, bent, ridge
from tembea.demo.landmarks import waterfall
from tembea.demo.light import Light
from tembea.demo.scenery import birds, foliage, mist, palm, sky, sky_marks, sun
from tembea.kernel.colour import mix


def falls(chance: Random, light: Light) -> Canvas:
    """A broad river falling into a gorge, with spray and a rainbow."""
    canvas, rim = Canvas(), chance.uniform(265, 290)
    sky(canvas, light.sky, rim)
    sun(canvas, (chance.uniform(860, 1020), rim - 120), 32, light.sun, light.glow)
    sky_marks(canvas, chance, light, rim)
    canvas.below(ridge(chance, rim - 26, 14), mix(light.leaf[0], light.haze, 0.6), floor=rim)
    canvas.box(
        (0, rim - 12),
        (WIDTH, 60),
        canvas.linear([(0, mix(light.sea[1][1], light.haze, 0.4)), (1, light.sparkle)], (0, rim - 12), (0, rim + 30)),
    )
    foliage(
        canvas,
        chance,
        [(0, rim - 14), (600, rim - 18), (1200, rim - 14)],
        13,
        mix(light.leaf[0], light.haze, 0.35),
        mix(light.leaf[1], light.haze, 0.3),
        90,
    )
    rock = mix("#5b4a44", light.haze, 0.15)
    canvas.box(
        (0, rim + 16),
        (WIDTH, 420),
        canvas.linear([(0, rock), (1, mix(rock, light.leaf[0], 0.7))], (0, rim), (0, rim + 400)),
    )
    x = -40.0
    while x < WIDTH:
        wide = chance.uniform(70, 210)
        y1, y2 = rim + chance.uniform(2, 16), rim + chance.uniform(2, 16)
        waterfall(
            canvas,
            chance,
            ((x, y1), (x + wide, y2)),
            380,
            mix("#f4fbfc", light.glow, 0.12),
            mix("#8fb6c4", light.haze, 0.3),
        )
        x += wide + chance.uniform(10, 46)
    for radius, colour in zip(
        range(330, 372, 7), ("#e0605e", "#f0a04e", "#f4df6a", "#7fc27a", "#5a9bd0", "#8a72bd"), strict=True
    ):
        bow = [
            (470 + math.cos(turn / 20 * math.pi) * (700 - radius), 640 - math.sin(turn / 20 * math.pi) * (700 - radius))
            for turn in range(2, 15)
        ]
        canvas.line(bow, colour, 8, opacity=0.3, blur=3)
    canvas.box(
        (0, rim + 380),
        (WIDTH, HEIGHT),
        canvas.linear([(0, mix("#ffffff", light.haze, 0.3)), (1, light.sea[1][1])], (0, rim + 380), (0, HEIGHT + 60)),
    )
    mist(canvas, chance, (600, rim + 350), (1300, 190), mix("#ffffff", light.glow, 0.2), 44, 0.3)
    mist(canvas, chance, (760, rim + 60), (500, 260), mix("#ffffff", light.glow, 0.15), 9, 0.16)
    for side, far in ((-1, 0.25), (1, 0.25), (-1, 0.0), (1, 0.0)):
        _gorge_wall(canvas, chance, light, rim, side, far)
    birds(canvas, chance, (430, rim - 90), 5, light.wood)
    return canvas


def terraces(chance: Random, light: Light) -> Canvas:
    """Flooded rice terraces stepping down between palms."""
    canvas = Canvas()
    sky(canvas, light.sky, 320)
    sun(canvas, (chance.uniform(780, 930), chance.uniform(130, 170)), 34, light.sun, light.glow)
    sky_marks(canvas, chance, light, 300)
    cone = [(150, 330), (300, 250), (400, 168), (440, 150), (470, 158), (560, 232), (720, 330)]
    canvas.below(cone, mix("#6f86a0", light.haze, 0.5), floor=340)
    for depth in range(3):
        hills = ridge(chance, 300 + depth * 34, 34)
        canvas.below(hills, mix(light.leaf[1], light.haze, 0.7 - depth * 0.2))
        mist(canvas, chance, (600, 330 + depth * 36), (1200, 36), light.haze, 7, 0.3)
    for x, y, high in ((150, 420, 130), (250, 432, 160), (1010, 410, 170), (1100, 426, 130), (900, 404, 110)):
        hazy = (mix(light.leaf[0], light.haze, 0.25), mix(light.leaf[1], light.haze, 0.15))
        palm(canvas, chance, (x, y), high, chance.uniform(-0.15, 0.15), hazy, mix(light.wood, light.haze, 0.25))
    _steps(canvas, chance, light)
    for x, y, high, lean in ((1130, 800, 540, -0.1), (1215, 790, 400, -0.16), (10, 800, 420, 0.1)):
        palm(canvas, chance, (x, y), high, lean, light.leaf, light.wood)
    return canvas


def crater_lake(chance: Random, light: Light) -> Canvas:
    """A lake in a green crater, the sea beyond its rim."""
    canvas, horizon = Canvas(), chance.uniform(215, 235)
    sky(canvas, light.sky, horizon)
    sun(canvas, (chance.uniform(200, 330), horizon - 70), 32, light.sun, light.glow)
    sky_marks(canvas, chance, light, horizon)
    canvas.box((0, horizon), (WIDTH, 120), canvas.linear(light.sea, (0, horizon), (0, horizon + 160)))
    mist(canvas, chance, (600, horizon + 4), (1300, 26), light.haze, 8, 0.4)
    rim = [(-40, 262), (140, 236), (330, 276), (520, 300), (700, 286), (900, 246), (1080, 218), (1240, 236)]
    green = light.leaf[1]
    canvas.below(
        rim, canvas.linear([(0, mix(green, light.haze, 0.5)), (1, mix(green, light.leaf[0], 0.5))], (0, 230), (0, 470))
    )
    for _ in range(60):
        x, y = along(rim, chance.random())
        rib = bent(
            (x, y + 6),
            (x + chance.uniform(-30, 30), y + 70),
            (x + chance.uniform(-50, 50), y + chance.uniform(110, 170)),
            5,
        )
        canvas.line(rib, mix(light.leaf[0], light.haze, 0.2), chance.uniform(4, 12), opacity=0.18, blur=4)
    _lake(canvas, chance, light)
    front = [(-40, 520), (160, 560), (420, 640), (700, 668), (960, 624), (1240, 520)]
    canvas.below(front, canvas.linear([(0, green), (1, light.leaf[0])], (0, 540), (0, 760)))
    foliage(canvas, chance, front, 30, light.leaf[0], green, 120)
    for _ in range(34):
        x, y = along(front, chance.random())
        down = chance.uniform(12, 110)
        for _ in range(7):
            tone = mix("#7f8fd6", light.haze, chance.uniform(0, 0.45))
            place = (x + chance.gauss(0, 15), y + down + chance.gauss(0, 8))
            canvas.ellipse(place, (5 + down * 0.05, 4 + down * 0.045), tone)
    return canvas


def _gorge_wall(canvas: Canvas, chance: Random, light: Light, rim: float, side: int, far: float) -> None:
    """One dark wall of the gorge in front, with its bushes; `side` -1 is left, `far` 0 the nearest."""

    def at(inwards: float, y: float) -> Point:
        return (inwards if side < 0 else WIDTH - inwards, y)

    reach = 330 + far * 560
    edge = [
        at(-40, rim + 150 + far * 200),
        at(reach * 0.45, rim + 190 + far * 190),
        at(reach * 0.75, rim + 270 + far * 150),
        at(reach * 0.9, rim + 370 + far * 70),
        at(reach, HEIGHT + 30),
    ]
    colour = mix(mix(light.leaf[0], "#2b211d", 0.35), light.haze, far)
    canvas.blob([*edge, at(reach * 0.5, HEIGHT + 90), at(-60, HEIGHT + 90), at(-90, rim + 300)], colour)
    foliage(canvas, chance, edge, 36, colour, mix(light.leaf[1], light.haze, far), 110)


def _steps(canvas: Canvas, chance: Random, light: Light) -> None:
    """The terraces themselves: curved paddies, each a strip of water or young rice over a green bank."""
    y, index, phase = 414.0, 0, chance.uniform(0, math.tau)
    while y < HEIGHT + 150:
        share = (y - 414) / (HEIGHT - 414)
        deep, swing = 17 + 50 * share, 10 + 34 * share
        edge = [
            (x, y + math.sin(x / (150 + 190 * share) + phase) * swing - ((x - 560) / 640) ** 2 * 74 * (0.35 + share))
            for x in range(-60, 1320, 60)
        ]
        bank = mix(light.leaf[1], light.leaf[0], 0.25 + 0.45 * share)
        canvas.below(edge, mix(bank, light.leaf[0], 0.3))
        canvas.below([(x, v + deep * 0.12) for x, v in edge], bank)
        canvas.line(edge, mix(bank, light.glow, 0.5), 1.5 + share * 2, opacity=0.7)
        _paddy(canvas, chance, light, [(x, v + deep * 0.42) for x, v in edge], deep, flooded=index % 3 != 1)
        phase += chance.uniform(-0.25, 0.1)
        y += deep
        index += 1


def _paddy(canvas: Canvas, chance: Random, light: Light, edge: list[Point], deep: float, *, flooded: bool) -> None:
    if not flooded:
        rice = mix(light.leaf[1], "#b9d65c", 0.45)
        canvas.below(
            edge,
            canvas.linear(
                [(0, mix(rice, light.leaf[0], 0.3)), (0.6, rice), (1, mix(rice, light.glow, 0.3))], (0, 0), (WIDTH, 0)
            ),
        )
        return
    sheen = [
        (0, mix(light.sky[1][1], light.leaf[1], 0.45)),
        (0.62, light.sky[-1][1]),
        (0.8, light.sky[-1][1]),
        (1, mix(light.sky[1][1], light.leaf[1], 0.3)),
    ]
    canvas.below(edge, canvas.linear(sheen, (0, 0), (WIDTH, 0)))
    for _ in range(int(8 + deep * 0.5)):
        x, y = along(edge, chance.random())
        foot = y + deep * chance.uniform(0.12, 0.4)
        for blade in (-0.35, 0, 0.35):
            canvas.line([(x, foot), (x + blade * deep * 0.2, foot - deep * 0.2)], light.leaf[1], 1.2 + deep * 0.012)


def _lake(canvas: Canvas, chance: Random, light: Light) -> None:
    lake = [
        (120, 470),
        (330, 424),
        (620, 410),
        (900, 424),
        (1090, 462),
        (1000, 520),
        (760, 560),
        (480, 566),
        (240, 530),
    ]
    canvas.blob([(x, y - 5) for x, y in lake], mix(light.sand[0], light.leaf[1], 0.5))
    canvas.blob(
        lake,
        canvas.linear(
            [
                (0, mix(light.sky[1][1], light.sea[1][1], 0.35)),
                (0.6, light.sea[1][1]),
                (1, mix(light.sea[-1][1], light.leaf[1], 0.25)),
            ],
            (0, 410),
            (0, 566),
        ),
    )
    for _ in range(26):
        canvas.ellipse(
            (chance.uniform(300, 950), chance.uniform(436, 540)),
            (chance.uniform(20, 90), 1.6),
            light.sparkle,
            opacity=0.3,
        )
