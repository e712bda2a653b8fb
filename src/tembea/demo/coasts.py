"""Landscapes of the warm seas."""

import math
from random import Random

from tembea.demo.brush import HEIGHT, WIDTH, Canvas, along, bent, ridge
from tembea.demo.landmarks import boulder, dhow, villa
from tembea.demo.light import Light
from tembea.demo.scenery import foliage, glitter, mist, ripples, water
from tembea.demo.shore import beach, open_sky, palms
from tembea.kernel.colour import mix


def dhow_coast(chance: Random, light: Light) -> Canvas:
    """Dhows off a palm coast, with a beach in front."""
    canvas, horizon = Canvas(), chance.uniform(350, 385)
    sun_x = chance.uniform(640, 900)
    open_sky(canvas, chance, light, horizon, sun_x)
    far = ridge(chance, horizon - 12, 14)
    canvas.below(far, mix(light.leaf[0], light.haze, 0.6), floor=horizon + 2)
    water(canvas, horizon, light.lagoon)
    ripples(canvas, chance, horizon + 6, 640, light.sparkle, 130)
    glitter(canvas, chance, sun_x, horizon + 2, 650, light.sparkle, 120)
    sail, shade = mix("#fff8ea", light.glow, 0.25), mix(light.haze, light.wood, 0.35)
    dhow(canvas, (chance.uniform(150, 260), horizon + 12), 52, sail, shade, mix(light.wood, light.haze, 0.3))
    dhow(canvas, (chance.uniform(690, 780), horizon + 26), 84, sail, shade, mix(light.wood, light.haze, 0.15))
    dhow(canvas, (chance.uniform(380, 480), horizon + 96), 220, sail, shade, light.wood)
    beach(canvas, chance, light, 640, 590)
    palms(canvas, chance, light, [(1130, 800, 560, -0.3), (1216, 800, 430, -0.18), (1040, 790, 350, -0.1)])
    return canvas


def overwater(chance: Random, light: Light) -> Canvas:
    """Thatched villas on stilts along a walkway over a lagoon."""
    canvas, horizon = Canvas(), chance.uniform(315, 345)
    sun_x = chance.uniform(260, 420)
    open_sky(canvas, chance, light, horizon, sun_x)
    island = [(720 + i * 20, horizon - 26 * math.sin(i / 14 * math.pi) ** 0.6) for i in range(15)]
    canvas.below(island, mix(light.leaf[0], light.haze, 0.45), floor=horizon + 2)
    water(canvas, horizon, light.lagoon)
    for _ in range(9):
        x, y = chance.uniform(0, WIDTH), chance.uniform(horizon + 60, 700)
        canvas.ellipse(
            (x, y), (chance.uniform(60, 190), chance.uniform(6, 20)), light.lagoon[1][1], opacity=0.28, blur=9
        )
    ripples(canvas, chance, horizon + 6, 740, light.sparkle, 150)
    glitter(canvas, chance, sun_x, horizon + 2, 730, light.sparkle, 130)
    way = bent((690, horizon + 4), (980, horizon + 60), (560, 800), 30)
    edge = bent((694, horizon + 4), (1040, horizon + 60), (800, 800), 30)
    canvas.outline([(x + 10, y + 14) for x, y in [*way, *reversed(edge)]], light.wood, opacity=0.25, blur=6)
    canvas.outline(
        [*way, *reversed(edge)],
        canvas.linear(
            [(0, mix(light.wood, light.haze, 0.5)), (1, mix(light.wood, light.sand[0], 0.35))],
            (0, horizon),
            (0, HEIGHT),
        ),
    )
    for index in range(30):
        start, end = along(way, index / 30), along(edge, index / 30)
        canvas.line([start, end], light.wood, 0.4 + index * 0.09, opacity=0.45)
    thatch = mix("#a8804f", light.haze, 0.15)
    for share, size, side in ((0.2, 54, 1), (0.33, 86, -1), (0.45, 112, 1), (0.58, 165, -1), (0.72, 230, 1)):
        x, y = along(edge if side > 0 else way, share)
        place = (x + side * size * 0.72, y + size * 0.02)
        canvas.line(
            [(x, y + size * 0.01), (place[0] - side * size * 0.5, y + size * 0.01)],
            mix(light.wood, "#ffffff", 0.15),
            size * 0.05,
        )
        canvas.ellipse(
            (place[0], place[1] + size * 0.24), (size * 0.55, size * 0.07), light.lagoon[0][1], opacity=0.35, blur=4
        )
        villa(
            canvas,
            place,
            size,
            mix(thatch, light.haze, 0.4 - share * 0.45),
            mix("#f3e3c8", light.glow, 0.3),
            light.wood,
        )
    palms(canvas, chance, light, [(-14, 790, 520, 0.3)])
    return canvas


def lagoon_mountain(chance: Random, light: Light) -> Canvas:
    """A basalt mountain over a lagoon, seen from under the palms."""
    canvas, horizon = Canvas(), chance.uniform(395, 420)
    sun_x = chance.uniform(1010, 1090)
    open_sky(canvas, chance, light, horizon, sun_x)
    canvas.below(ridge(chance, horizon - 40, 26), mix(light.leaf[1], light.haze, 0.75), floor=horizon + 2)
    top = chance.uniform(120, 160)
    shape = [
        (-270, 0),
        (-205, -46),
        (-140, -120),
        (-100, 62),
        (-64, 12),
        (0, 0),
        (85, 16),
        (140, 42),
        (165, -150),
        (220, -88),
        (315, -44),
        (440, 0),
    ]
    middle = chance.uniform(640, 720)
    mountain = [(middle + x, horizon + y if y < 0 or abs(x) > 260 else top + y) for x, y in shape]
    rock = mix("#5d6a52", light.haze, 0.25)
    canvas.outline(
        mountain,
        canvas.linear(
            [(0, mix(rock, light.glow, 0.35)), (0.5, rock), (1, mix(rock, light.leaf[0], 0.55))],
            (middle + 220, top),
            (middle - 160, horizon),
        ),
    )
    for offset, low in ((-68, 150), (-22, 190), (32, 205), (88, 180), (136, 120)):
        x = middle + offset
        canvas.line(
            bent((x, top + chance.uniform(24, 44)), (x + 18, top + 100), (x - 8, top + low), 6),
            mix(rock, "#16281f", 0.7),
            7,
            opacity=0.32,
            blur=2.5,
        )
    mist(canvas, chance, (middle, horizon - 18), (560, 34), light.haze, 7, 0.28)
    foliage(
        canvas,
        chance,
        [(0, horizon - 6), (420, horizon - 12), (900, horizon - 6)],
        15,
        mix(light.leaf[0], light.haze, 0.2),
        mix(light.leaf[1], light.haze, 0.25),
        110,
    )
    water(canvas, horizon, light.lagoon)
    ripples(canvas, chance, horizon + 6, 640, light.sparkle, 120)
    glitter(canvas, chance, sun_x, horizon + 2, 620, light.sparkle, 90)
    beach(canvas, chance, light, 650, 690)
    palms(canvas, chance, light, [(20, 800, 560, 0.16), (-40, 790, 420, 0.26)])
    return canvas


def granite_cove(chance: Random, light: Light) -> Canvas:
    """Granite boulders and palms around a white cove."""
    canvas, horizon = Canvas(), chance.uniform(330, 360)
    sun_x = chance.uniform(160, 360)
    open_sky(canvas, chance, light, horizon, sun_x)
    for shift, fade in ((-20, 0.7), (6, 0.5)):
        hill = [
            (x, horizon - max(0.0, 95 + shift - abs(x - 180 - shift * 3) * 0.42) + chance.uniform(-3, 3))
            for x in range(-40, 520, 24)
        ]
        canvas.below(hill, mix(light.leaf[0], light.haze, fade), floor=horizon + 2)
    water(canvas, horizon, light.lagoon)
    ripples(canvas, chance, horizon + 6, 640, light.sparkle, 130)
    glitter(canvas, chance, sun_x, horizon + 2, 600, light.sparkle, 90)
    beach(canvas, chance, light, 700, 560)
    jungle = [(590, 430), (650, 345), (740, 265), (860, 190), (1000, 150), (1210, 95)]
    canvas.blob([*jungle, (1300, 560), (900, 560), (700, 500), (600, 480)], light.leaf[0])
    foliage(canvas, chance, jungle, 62, light.leaf[0], light.leaf[1], 90)
    palms(canvas, chance, light, [(800, 470, 330, -0.25), (930, 480, 400, -0.16), (1090, 500, 430, -0.05)])
    lit, dark = mix("#cdb9ab", light.glow, 0.35), mix("#4e4650", light.leaf[0], 0.2)
    for foot, size in (
        ((640, 482), (120, 84)),
        ((735, 500), (190, 150)),
        ((880, 530), (240, 215)),
        ((1050, 560), (300, 290)),
        ((1185, 600), (270, 250)),
        ((800, 556), (130, 86)),
        ((960, 604), (190, 118)),
        ((1120, 660), (240, 140)),
        ((560, 520), (74, 40)),
    ):
        canvas.ellipse(
            (foot[0] - size[0] * 0.06, foot[1] + 4), (size[0] * 0.56, size[1] * 0.09), dark, opacity=0.4, blur=5
        )
        boulder(canvas, chance, foot, size, lit, dark)
    boulder(canvas, chance, (70, 720), (300, 170), lit, dark)
    boulder(canvas, chance, (250, 742), (150, 78), lit, dark)
    return canvas


def sandbanks(chance: Random, light: Light) -> Canvas:
    """Sandbanks and dunes of an archipelago, seen from above the lagoon."""
    canvas, horizon = Canvas(), chance.uniform(205, 230)
    sun_x = chance.uniform(720, 950)
    open_sky(canvas, chance, light, horizon, sun_x)
    canvas.below(ridge(chance, horizon - 8, 9), mix(light.sand[1], light.haze, 0.55), floor=horizon + 2)
    water(
        canvas,
        horizon,
        [(0, light.lagoon[0][1]), (0.3, light.lagoon[1][1]), (0.7, light.lagoon[2][1]), (1, light.lagoon[1][1])],
    )
    for y, thick, swing in (
        (horizon + 46, 10, 0.4),
        (horizon + 112, 24, 0.7),
        (horizon + 216, 46, 1),
        (horizon + 372, 80, 1.5),
    ):
        phase = chance.uniform(0, math.tau)
        upper = [
            (x, y + math.sin(x / 190 + phase) * 16 * swing + math.sin(x / 71 + phase * 2) * 6 * swing)
            for x in range(-60, 1300, 60)
        ]
        lower = [
            (
                x,
                top
                + thick * (0.35 + 0.65 * math.sin((x + 60) / 1360 * math.pi))
                + math.sin(x / 120 - phase) * 9 * swing,
            )
            for x, top in upper
        ]
        body = [*upper, *reversed(lower)]
        canvas.blob([(x, v + thick * 0.1) for x, v in body], light.lagoon[3][1], opacity=0.75, blur=12 * swing + 4)
        canvas.blob(body, light.sand[0], opacity=0.94, blur=1.2)
        canvas.line(lower[2:-2], light.sand[1], 1.5 * swing + 1, opacity=0.5, blur=1.2)
    ripples(canvas, chance, horizon + 8, 740, light.sparkle, 110)
    glitter(canvas, chance, sun_x, horizon + 2, 420, light.sparkle, 90)
    sail, shade = mix("#fff8ea", light.glow, 0.3), mix(light.haze, light.wood, 0.4)
    dhow(canvas, (330, horizon + 190), 118, sail, shade, light.wood)
    dhow(canvas, (820, horizon + 84), 54, sail, shade, mix(light.wood, light.haze, 0.2))
    dune = [(-40, 610), (120, 560), (280, 590), (430, 670), (600, 740), (720, 800)]
    canvas.below(dune, canvas.linear([(0, light.sand[0]), (1, light.sand[1])], (160, 560), (360, 760)), floor=810)
    canvas.below(
        [(-40, 640), (90, 590), (140, 566), (210, 640), (300, 720), (420, 800)],
        light.sand[1],
        floor=810,
        opacity=0.55,
        blur=2,
    )
    foliage(canvas, chance, [(-30, 690), (90, 700), (240, 745)], 26, light.leaf[0], light.leaf[1], 60)
    return canvas
