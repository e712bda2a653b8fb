"""What people, animals and time put into the demo's landscapes: boats, roofs, rocks, herds and falls."""

import math
from random import Random

from tembea.demo.brush import Canvas, Point, bent
from tembea.kernel.colour import mix


def dhow(canvas: Canvas, foot: Point, size: float, sail: str, shade: str, hull: str) -> None:
    """A sailing dhow; `foot` is the middle of its waterline, `size` the length of the hull, bow to the right."""
    x, y = foot

    def at(along: float, up: float) -> Point:
        return x + along * size, y - up * size

    reflection = bent(at(-0.4, -0.05), at(0, -0.5), at(0.42, -0.05), 10)
    canvas.outline([*reflection, at(0, -0.02)], shade, opacity=0.22, blur=2)
    canvas.line([at(-0.02, 0.05), at(0.03, 0.8)], hull, size * 0.018)
    yard_low, yard_high = at(0.5, 0.14), at(-0.2, 1.06)
    luff = bent(yard_low, at(0.2, 0.62), yard_high, 10)
    leech = bent(yard_high, at(-0.5, 0.5), at(-0.36, 0.16), 10)
    foot_edge = bent(at(-0.36, 0.16), at(0.08, 0.02), yard_low, 10)
    canvas.outline(
        [*luff, *leech, *foot_edge], canvas.linear([(0, shade), (0.75, sail), (1, sail)], at(-0.45, 0), at(0.45, 0.3))
    )
    canvas.line([at(0.53, 0.1), *luff[2:-2:2], at(-0.23, 1.1)], hull, size * 0.014)
    deck = bent(at(-0.5, 0.15), at(-0.02, 0.035), at(0.58, 0.17), 12)
    keel = bent(at(0.58, 0.17), at(0.34, -0.05), at(-0.42, 0.0), 12)
    canvas.outline([*deck, *keel], canvas.linear([(0, mix(hull, "#ffffff", 0.22)), (1, hull)], at(0, 0.15), at(0, 0)))
    for place in (-0.28, -0.12):
        canvas.ellipse(at(place, 0.13), (size * 0.018, size * 0.032), hull)


def villa(canvas: Canvas, foot: Point, size: float, thatch: str, wall: str, wood: str) -> None:
    """A thatched villa on stilts; `foot` is the middle of its platform, `size` its width."""
    x, y = foot
    for place in (-0.42, -0.2, 0.05, 0.28, 0.44):
        canvas.box((x + place * size, y), (size * 0.022, size * 0.2), wood)
    canvas.box((x - size * 0.56, y - size * 0.03), (size * 1.14, size * 0.045), mix(wood, "#ffffff", 0.15))
    canvas.box((x - size * 0.36, y - size * 0.27), (size * 0.72, size * 0.25), wall)
    for place in (-0.28, -0.06, 0.16):
        canvas.box((x + place * size, y - size * 0.21), (size * 0.13, size * 0.18), mix(wood, "#f9d58a", 0.5))
    ridge_y, eaves_y = y - size * 0.66, y - size * 0.24
    left = bent((x - size * 0.13, ridge_y), (x - size * 0.24, y - size * 0.36), (x - size * 0.52, eaves_y), 8)
    right = bent((x + size * 0.52, eaves_y), (x + size * 0.24, y - size * 0.36), (x + size * 0.13, ridge_y), 8)
    paint = canvas.linear(
        [(0, mix(thatch, "#ffffff", 0.25)), (1, mix(thatch, "#000000", 0.25))], (x - size / 2, 0), (x + size / 2, 0)
    )
    canvas.outline([*left, *right], paint)


def boulder(canvas: Canvas, chance: Random, foot: Point, size: Point, lit: str, dark: str) -> None:
    """A rounded granite boulder with grooves; `foot` is the middle of its base."""
    x, y = foot
    wide, high = size
    points: list[Point] = []
    for step in range(14):
        turn = math.pi + step / 13 * math.pi
        wobble = chance.uniform(0.9, 1.08)
        flat = abs(math.cos(turn)) ** 0.55 * math.copysign(1, math.cos(turn))
        points.append((x + flat * wide / 2 * wobble, y - abs(math.sin(turn)) ** 0.62 * high * wobble))
    points.append((x + wide * 0.48, y + high * 0.08))
    points.append((x - wide * 0.48, y + high * 0.08))
    slope = canvas.linear(
        [(0, lit), (0.5, mix(lit, dark, 0.45)), (1, dark)], (x - wide * 0.4, y - high), (x + wide * 0.42, y)
    )
    canvas.blob(points, slope)
    for place in (-0.22, 0.02, 0.24):
        start = (x + (place + chance.uniform(-0.06, 0.06)) * wide, y - high * chance.uniform(0.74, 0.9))
        end = (start[0] + wide * 0.09, y - high * chance.uniform(0.1, 0.3))
        middle = (start[0] + wide * 0.1, (start[1] + end[1]) / 2)
        canvas.line(bent(start, middle, end, 6), dark, max(1.2, wide * 0.012), opacity=0.35)


def elephant(canvas: Canvas, foot: Point, size: float, colour: str) -> None:
    """An elephant in profile, facing right; `foot` is between its feet, `size` its height at the shoulder."""
    outline = (
        "M-62 0L-62-30C-68-44-72-58-66-74C-60-92-40-100-16-98C4-97 14-104 30-103C50-102 60-90 62-72C64-54 66-36 66-18"
        "C66-8 70-3 76-4C80-5 80-9 83-9C87-8 84 2 75 3C64 4 58-4 57-16L54-40C50-34 46-30 42-28L42 0L26 0L25-30"
        "C14-26-10-26-20-29L-22 0L-38 0L-40-26C-42-24-44-22-46-20L-46 0Z"
        "M56-46C66-40 74-36 84-40C76-30 62-32 54-38Z"
    )
    _placed(canvas, outline, foot, size / 100, colour)
    ear = "M18-92C34-94 42-80 38-62C34-50 22-50 18-58C10-66 8-86 18-92Z"
    _placed(canvas, ear, foot, size / 100, mix(colour, "#ffffff", 0.1))


def giraffe(canvas: Canvas, foot: Point, size: float, colour: str) -> None:
    """A giraffe in profile, facing right; `foot` is between its feet, `size` its height."""
    outline = (
        "M-22 0L-21-26C-24-34-24-40-23-46C-22-52-14-54-4-54C4-55 8-60 12-68L24-94C24-98 25-99 26-99L27-103L28.500-103"
        "L28.500-99L30-99L30.500-103L32-103L31.500-98C36-97 42-92 44-88.500C44-86 41-86 38-87C34-88 31-87 29-85L20-58"
        "C18-50 17-44 15-40L16-22L15 0L12 0L11.500-22L9-36L8.500-20L8 0L5 0L4.500-34C-2-33-8-33-14-34L-16-20L-15.500 0"
        "L-18.500 0L-19-22L-18.500 0Z M-23-46C-26-42-27-34-26-28L-27.500-28C-28.500-36-27-44-22-48Z"
    )
    _placed(canvas, outline, foot, size / 103, colour)


def waterfall(canvas: Canvas, chance: Random, lip: tuple[Point, Point], drop: float, colour: str, shade: str) -> None:
    """A curtain of falling water under a lip, with threads of light and shade."""
    (x1, y1), (x2, y2) = lip
    foot = canvas.linear([(0, colour), (0.7, mix(colour, shade, 0.25)), (1, colour + "cc")], (0, y1), (0, y1 + drop))
    canvas.outline([(x1, y1), (x2, y2), (x2 + 8, y2 + drop), (x1 - 8, y1 + drop)], foot)
    for _ in range(int((x2 - x1) / 3)):
        share = chance.random()
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share + chance.uniform(0, drop * 0.5)
        tone = shade if chance.random() < 0.6 else "#ffffff"
        long = chance.uniform(0.2, 0.6) * drop
        canvas.line([(x, y), (x + chance.uniform(-2, 2), y + long)], tone, chance.uniform(1, 3.2), opacity=0.35)


def town(
    canvas: Canvas, chance: Random, left: float, right: float, ground: float, tall: float, tones: tuple[str, str]
) -> None:
    """Blocks of a city by the water, some with lit windows."""
    x = left
    while x < right:
        middle = 1 - abs((x - left) / (right - left) * 2 - 1)
        wide = chance.uniform(9, 24)
        high = tall * (0.25 + 0.75 * middle * chance.uniform(0.35, 1))
        canvas.box((x, ground - high), (wide, high + 4), mix(*tones, chance.random()))
        for row in range(int(high / 8)):
            if chance.random() < 0.6:
                window = (x + chance.uniform(2, max(3, wide - 5)), ground - high + 4 + row * 8)
                canvas.box(window, (2.4, 2.4), "#ffe9b0", opacity=0.75)
        x += wide + chance.uniform(-2, 3)


def roofs(
    canvas: Canvas, chance: Random, centre: Point, spread: Point, count: int, walls: tuple[str, str], roof: str
) -> None:
    """White houses with tiled roofs on a slope, the lower ones larger and in front."""
    places = sorted((chance.uniform(-1, 1), chance.uniform(-1, 1)) for _ in range(count))
    for across, down in sorted(places, key=lambda place: place[1]):
        size = 26 + 15 * (down + 1)
        x, y = centre[0] + across * spread[0] * (1 - 0.25 * down), centre[1] + down * spread[1]
        wall = mix(*walls, chance.random())
        canvas.box((x, y - size * 0.62), (size, size * 0.62), wall)
        canvas.box((x + size * 0.68, y - size * 0.62), (size * 0.32, size * 0.62), "#3b3029", opacity=0.16)
        tile = mix(roof, "#000000", chance.uniform(0, 0.18))
        canvas.outline(
            [
                (x - 3, y - size * 0.6),
                (x + size * 0.2, y - size * 0.95),
                (x + size * 0.84, y - size * 0.95),
                (x + size + 3, y - size * 0.6),
            ],
            tile,
        )
        for place in (0.16, 0.44):
            canvas.box((x + size * place, y - size * 0.45), (size * 0.13, size * 0.2), "#4a5a68", opacity=0.8)


def _placed(canvas: Canvas, data: str, foot: Point, scale: float, colour: str) -> None:
    """An outline drawn around (0, 0), scaled and moved."""
    canvas.path(moved(data, foot, scale), colour)


def moved(data: str, foot: Point, scale: float) -> str:
    """Path data with absolute commands only, every point scaled and then moved to `foot`."""
    parts: list[str] = []
    number, numbers = "", 0
    for char in f"{data} ":
        if char in "MLCQZ -" and number:
            base = foot[numbers % 2]
            parts.append(f"{base + float(number) * scale:.1f} ")
            number, numbers = "", numbers + 1
        if char in "MLCQZ":
            parts.append(char)
        elif char != " ":
            number += char
    return "".join(parts)
