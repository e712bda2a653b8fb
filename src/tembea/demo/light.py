"""The light that a landscape is painted in: one set of colours for each time of day."""

from dataclasses import dataclass

from tembea.demo.brush import Stops


@dataclass(frozen=True, slots=True)
class Light:
    """Colours from the sky down to the shade, for one time of day."""

    sky: Stops
    sun: str
    glow: str
    cloud: str
    haze: str
    """What distance fades into."""
    sea: Stops
    lagoon: Stops
    sparkle: str
    sand: tuple[str, str]
    """Lit and shaded."""
    leaf: tuple[str, str]
    """Shaded and lit."""
    wood: str


DAY = Light(
    sky=((0, "#2f8fd0"), (0.55, "#7cc4e8"), (1, "#dff3f5")),
    sun="#fffbe8",
    glow="#fff6d0",
    cloud="#ffffff",
    haze="#bfe0ea",
    sea=((0, "#2a86b8"), (0.4, "#1f9fbd"), (1, "#4fc9c4")),
    lagoon=((0, "#1d7fb3"), (0.18, "#22a6bf"), (0.5, "#4fcdc6"), (0.85, "#a5e9da"), (1, "#dff6e8")),
    sparkle="#ffffff",
    sand=("#fbf0d9", "#e2cda4"),
    leaf=("#14503f", "#4fa05b"),
    wood="#6b4a32",
)

GOLDEN = Light(
    sky=((0, "#3f7fae"), (0.4, "#8fb6c4"), (0.72, "#f6d9a4"), (1, "#fbb873")),
    sun="#fff6dc",
    glow="#ffd991",
    cloud="#fff1d8",
    haze="#f0c79a",
    sea=((0, "#e7b078"), (0.25, "#8fb1ae"), (1, "#23788c")),
    lagoon=((0, "#e3b785"), (0.2, "#86b9b0"), (0.55, "#3aa5a3"), (0.9, "#9fd9c2"), (1, "#efe3bf")),
    sparkle="#fff3d2",
    sand=("#f7dcae", "#d0a270"),
    leaf=("#1c3b30", "#7f9a4a"),
    wood="#583a28",
)

DUSK = Light(
    sky=((0, "#2b2b5e"), (0.32, "#6b3f7c"), (0.6, "#cf5f70"), (0.82, "#f5935c"), (1, "#fdc86f")),
    sun="#fff0c4",
    glow="#ffb25e",
    cloud="#d9697a",
    haze="#e58a6c",
    sea=((0, "#f3a165"), (0.22, "#b56a74"), (0.6, "#5a4a7a"), (1, "#2c2d59")),
    lagoon=((0, "#f0a069"), (0.25, "#b56f7c"), (0.6, "#5f5588"), (0.9, "#8a6f8f"), (1, "#c99a86")),
    sparkle="#ffdf9a",
    sand=("#d69a72", "#8f5d5c"),
    leaf=("#1d1a33", "#4a3450"),
    wood="#2a2036",
)

DAWN = Light(
    sky=((0, "#5c7fb0"), (0.45, "#a9b9d6"), (0.75, "#f2c9c2"), (1, "#fde3c4")),
    sun="#fffaf0",
    glow="#ffe2c4",
    cloud="#fdebe4",
    haze="#e6cfd2",
    sea=((0, "#eccdbf"), (0.3, "#a5b9cc"), (1, "#4a86a5")),
    lagoon=((0, "#e9cbbf"), (0.22, "#a3bfcd"), (0.55, "#6fb7bf"), (0.9, "#bfe2d6"), (1, "#f1ead6")),
    sparkle="#ffffff",
    sand=("#f6e3cc", "#cfae97"),
    leaf=("#21453f", "#6f9a73"),
    wood="#5a4640",
)
