from io import BytesIO

import pytest
from PIL import Image

from tembea.demo.brush import HEIGHT, WIDTH
from tembea.demo.paint import FOLDER, LARGEST_BYTES, PICTURES, paint


def test_every_picture_is_there_and_none_without_a_painter() -> None:
    assert {path.stem for path in FOLDER.glob("*.jpg")} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_small_and_of_one_size(name: str) -> None:
    data = (FOLDER / f"{name}.jpg").read_bytes()
    assert len(data) <= LARGEST_BYTES
    picture = Image.open(BytesIO(data))
    assert picture.format == "JPEG"
    assert picture.size == (WIDTH, HEIGHT)


def test_the_same_seed_paints_the_same_picture() -> None:
    assert paint("morocco-1") == paint("morocco-1")


def test_a_mirrored_picture_differs_from_its_model() -> None:
    assert paint("morocco-3") != paint("morocco-1")
