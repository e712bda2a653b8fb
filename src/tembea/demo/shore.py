"""What every picture by the sea shares: the open sky, the beach and the palms on it."""

import math
from random import Random

from tembea.demo.brush import HEIGHT, WIDTH, Canvas
from tembea.demo.light import Light
from tembea.demo.scenery import palm, sky, sky_marks, sun


def open_sky(canvas: Canvas, chance: Random, light: Light, horizon: float, sun_x: float) -> None:
    """Sky, sun and the clouds of that light."""
    sky(canvas, light.sky, horizon)
    sun(canvas, (sun_x, horizon - chance.uniform(70, 130)), 34, light.sun, light.glow)
    sky_marks(canvas, chance, light, horizon)


def beach(canvas: Canvas, chance: Random, light: Light, left_y: float, right_y: float) -> None:
    """Wet sand, two lines of foam and a dry beach across the foot of the picture."""
    edge = [
        (x, left_y + (right_y - left_y) * x / WIDTH + math.sin(x / 150 + chance.random()) * 9)
        for x in range(-60, 1320, 90)
    ]
    canvas.below([(x, y - 30) for x, y in edge], light.lagoon[-1][1], opacity=0.55, blur=10)
    canvas.line([(x, y - 16) for x, y in edge], light.sparkle, 5, opacity=0.7, blur=1.5)
    canvas.below([(x, y - 8) for x, y in edge], light.sand[1], opacity=0.85)
    canvas.line([(x, y - 7) for x, y in edge], light.sparkle, 6, opacity=0.85, blur=1.2)
    canvas.below(
        [(x, y + 14) for x, y in edge],
        canvas.linear([(0, light.sand[0]), (1, light.sand[1])], (600, min(left_y, right_y)), (500, HEIGHT + 60)),
        blur=1.5,
    )


def palms(canvas: Canvas, chance: Random, light: Light, places: list[tuple[float, float, float, float]]) -> None:
    """Palms at (x, y, height, lean), each a little different."""
    for x, y, height, lean in places:
        palm(
            canvas,
            chance,
            (x, y),
            height * chance.uniform(0.94, 1.06),
            lean + chance.uniform(-0.03, 0.03),
            light.leaf,
            light.wood,
        )
