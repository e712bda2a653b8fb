"""Paints the demo's hotel pictures: `python -m tembea.demo.paint [folder]`.

Photographs would need a licence each and the demo must not pretend to show a real hotel, so its pictures are painted
by code: an SVG for every scene, drawn from a seed, set by typst and stored as a JPEG of at most `LARGEST_BYTES`.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from typing import cast

import typst
from PIL import Image, ImageOps

from tembea.demo import coasts, headlands, highlands, lands
from tembea.demo.brush import HEIGHT, WIDTH, Canvas
from tembea.demo.light import DAWN, DAY, DUSK, GOLDEN, Light

LARGEST_BYTES = 60_000
FOLDER = Path(__file__).parent / "images"

Scene = Callable[[Random, Light], Canvas]


@dataclass(frozen=True, slots=True)
class Painting:
    """What is painted, in which light, from which seed; a mirrored one looks like another bay of the same coast."""

    scene: Scene
    light: Light
    seed: int
    mirrored: bool = False


PICTURES = {
    "zanzibar-1": Painting(coasts.dhow_coast, DAY, 11),
    "zanzibar-2": Painting(coasts.dhow_coast, DUSK, 12),
    "zanzibar-3": Painting(coasts.dhow_coast, GOLDEN, 13, mirrored=True),
    "maldives-1": Painting(coasts.overwater, DAY, 21),
    "maldives-2": Painting(coasts.overwater, GOLDEN, 22),
    "maldives-3": Painting(coasts.overwater, DUSK, 23, mirrored=True),
    "mauritius-1": Painting(coasts.lagoon_mountain, DAY, 31),
    "mauritius-2": Painting(coasts.lagoon_mountain, GOLDEN, 32),
    "mauritius-3": Painting(coasts.lagoon_mountain, DUSK, 33, mirrored=True),
    "seychelles-1": Painting(coasts.granite_cove, DAY, 41),
    "seychelles-2": Painting(coasts.granite_cove, DAWN, 42),
    "seychelles-3": Painting(coasts.granite_cove, GOLDEN, 43, mirrored=True),
    "cape-town-1": Painting(headlands.table_bay, DAY, 51),
    "cape-town-2": Painting(headlands.table_bay, GOLDEN, 52),
    "cape-town-3": Painting(headlands.table_bay, DUSK, 53, mirrored=True),
    "kruger-1": Painting(lands.savannah, DUSK, 61),
    "kruger-2": Painting(lands.savannah, GOLDEN, 62),
    "kruger-3": Painting(lands.savannah, DAWN, 63, mirrored=True),
    "victoria-falls-1": Painting(highlands.falls, DAY, 71),
    "victoria-falls-2": Painting(highlands.falls, GOLDEN, 72),
    "victoria-falls-3": Painting(highlands.falls, DAWN, 73, mirrored=True),
    "kenya-1": Painting(lands.plains_mountain, DAWN, 81),
    "kenya-2": Painting(lands.plains_mountain, GOLDEN, 82),
    "kenya-3": Painting(lands.plains_mountain, DAY, 83, mirrored=True),
    "bali-1": Painting(highlands.terraces, DAY, 91),
    "bali-2": Painting(highlands.terraces, DAWN, 92),
    "bali-3": Painting(highlands.terraces, GOLDEN, 93, mirrored=True),
    "mozambique-1": Painting(coasts.sandbanks, DAY, 101),
    "mozambique-2": Painting(coasts.sandbanks, GOLDEN, 102),
    "mozambique-3": Painting(coasts.sandbanks, DAWN, 103, mirrored=True),
    "algarve-1": Painting(headlands.cliff_coast, DAY, 111),
    "algarve-2": Painting(headlands.cliff_coast, GOLDEN, 112),
    "algarve-3": Painting(headlands.cliff_coast, DAWN, 113, mirrored=True),
    "madeira-1": Painting(headlands.hill_town, DAY, 121),
    "madeira-2": Painting(headlands.hill_town, GOLDEN, 122),
    "madeira-3": Painting(headlands.hill_town, DAWN, 123, mirrored=True),
    "azores-1": Painting(highlands.crater_lake, DAY, 131),
    "azores-2": Painting(highlands.crater_lake, DAWN, 132),
    "azores-3": Painting(highlands.crater_lake, GOLDEN, 133, mirrored=True),
    "morocco-1": Painting(lands.dunes, GOLDEN, 141),
    "morocco-2": Painting(lands.dunes, DUSK, 142),
    "morocco-3": Painting(lands.dunes, DAWN, 143, mirrored=True),
}
"""File name without its ending -> the painting."""


def paint(name: str) -> bytes:
    """The picture of that name as a JPEG, 1200 by 750 pixels."""
    painting = PICTURES[name]
    canvas = painting.scene(Random(painting.seed), painting.light)  # noqa: S311 - chance paints here, it guards nothing
    picture = Image.open(BytesIO(_png(canvas.svg()))).convert("RGB")
    return _jpeg(ImageOps.mirror(picture) if painting.mirrored else picture)


def _png(svg: str) -> bytes:
    page = f'#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n#image("scene.svg", width: 100%)'
    # typst takes a dict of virtual files as its input, which its type stub leaves out.
    source = cast("bytes", {"main.typ": page.encode(), "scene.svg": svg.encode()})
    return typst.compile(source, format="png", ppi=72)


def _jpeg(picture: Image.Image) -> bytes:
    for quality in range(88, 30, -3):
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST_BYTES:
            return out.getvalue()
    raise ValueError(f"the picture does not fit into {LARGEST_BYTES} bytes")


def main() -> None:
    """Paint every picture into the folder given, else into the demo's own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        (folder / f"{name}.jpg").write_bytes(paint(name))


if __name__ == "__main__":
    main()
