import pytest
from hypothesis import given
from hypothesis import strategies as st

from tembea.kernel.colour import TEXT_CONTRAST, InvalidColour, contrast, mix, parse_colour, readable_on, text_on

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


@given(colours, colours)
def test_contrast_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)


@given(colours)
def test_every_accent_becomes_readable_on_paper(accent: str) -> None:
    assert contrast(readable_on(accent), "#ffffff") >= TEXT_CONTRAST


@given(colours)
def test_what_reads_already_stays_as_it_is(accent: str) -> None:
    if contrast(accent, "#ffffff") >= TEXT_CONTRAST:
        assert readable_on(accent) == accent


def test_on_a_dark_ground_an_accent_becomes_lighter() -> None:
    assert contrast(readable_on("#0f3d3a", "#262220"), "#262220") >= TEXT_CONTRAST


@given(colours)
def test_text_on_an_accent_takes_the_better_of_black_and_white(accent: str) -> None:
    assert contrast(text_on(accent), accent) >= 4.58


def test_mixing_ends_at_both_ends() -> None:
    assert mix("#102030", "#ffffff", 0) == "#102030"
    assert mix("#102030", "#ffffff", 1) == "#ffffff"


def test_short_colours_are_read() -> None:
    assert parse_colour("#0af") == (0, 170, 255)


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345g", "rgb(1,2,3)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(InvalidColour):
        parse_colour(text)
