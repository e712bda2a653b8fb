"""Days and nights as people write them, received on Wednesday 11 November 2026 where nothing else is said."""

from datetime import date

import pytest

from tests.inbox.reading_room import AGENCY, read

D = date


@pytest.mark.parametrize(
    ("words", "check_in", "check_out"),
    [
        ("from 10-17 April", D(2027, 4, 10), D(2027, 4, 17)),
        ("from the 3rd to the 10th of next month", D(2026, 12, 3), D(2026, 12, 10)),
        ("28 December to 4 January", D(2026, 12, 28), D(2027, 1, 4)),
        ("28 December to 4 January 2028", D(2027, 12, 28), D(2028, 1, 4)),
        ("5 nights from 12 June 2027", D(2027, 6, 12), D(2027, 6, 17)),
        ("a week from 12 June 2027", D(2027, 6, 12), D(2027, 6, 19)),
        ("arriving 3/4/2027 and leaving 8/4/2027", D(2027, 4, 3), D(2027, 4, 8)),
        ("03.04.2027 - 08.04.2027", D(2027, 4, 3), D(2027, 4, 8)),
        ("2027-04-03 to 2027-04-08", D(2027, 4, 3), D(2027, 4, 8)),
        ("June 12th till June 19th", D(2027, 6, 12), D(2027, 6, 19)),
        ("June 12-19, 2027", D(2027, 6, 12), D(2027, 6, 19)),
        ("12 Nov to 15 Nov", D(2026, 11, 12), D(2026, 11, 15)),
        ("9 Nov to 15 Nov", D(2027, 11, 9), D(2027, 11, 15)),
        ("Fri 5 - Sun 7 Feb", D(2027, 2, 5), D(2027, 2, 7)),
        ("in three weeks, 2 nights", D(2026, 12, 2), D(2026, 12, 4)),
        ("3 nights from this Friday", D(2026, 11, 13), D(2026, 11, 16)),
        ("3 nights from next Friday", D(2026, 11, 20), D(2026, 11, 23)),
        ("3 nights from the last Thursday of May 2027", D(2027, 5, 27), D(2027, 5, 30)),
        ("Easter weekend", D(2027, 3, 26), D(2027, 3, 29)),
        ("10 days from 1 March 2027", D(2027, 3, 1), D(2027, 3, 10)),
        ("from 27 February to 29 February", D(2028, 2, 27), D(2028, 2, 29)),
        ("next year, 3 to 10 December", D(2027, 12, 3), D(2027, 12, 10)),
        ("Leave on 4 May, back on 11 May", D(2027, 5, 4), D(2027, 5, 11)),
        ("we fly on 4 May 2027, arrive on 5 May and return on 12 May", D(2027, 5, 5), D(2027, 5, 12)),
    ],
)
def test_days(words: str, check_in: date, check_out: date) -> None:
    trip = read(f"Hi, 2 adults to Mauritius, {words}. Thanks")

    assert (trip.check_in, trip.check_out) == (check_in, check_out)
    assert trip.nights == (check_out - check_in).days
    assert trip.travel_month is None


@pytest.mark.parametrize(
    ("words", "month", "nights"),
    [
        ("in mid March for 5 nights", "2027-03", 5),
        ("in the first week of July", "2027-07", None),
        ("in April or May, 6 nights", "2027-04", 6),
        ("some time in November, a week", "2026-11", 7),
        ("in the December school holidays", "2026-12", None),
        ("for a fortnight next month", "2026-12", 14),
        ("any 6 nights between 14 and 30 June 2027", "2027-06", 6),
        ("10 nights over Easter", "2027-03", 10),
        ("in May next year", "2027-05", None),
    ],
)
def test_a_month_or_a_window_is_no_day(words: str, month: str, nights: int | None) -> None:
    trip = read(f"Hi, 2 adults to Mauritius {words}. Thanks")

    assert (trip.travel_month, trip.nights, trip.check_in) == (month, nights, None)
    assert trip.dates_flexible


@pytest.mark.parametrize(
    "words",
    [
        "My birthday is on 4 May and I need a break.",
        "We were married on 4 May 2019.",
        "Please let me know by 4 May.",
        "I may come with my wife in the summer heat.",
        "Your invoice was dated 4 May.",
    ],
)
def test_days_that_are_not_the_trips(words: str) -> None:
    assert read(f"Hello, a quote for Mauritius please. {words}").check_in is None


def test_around_a_day_is_that_day_and_flexible() -> None:
    trip = read("Mauritius around 10 June 2027 for 7 nights, 2 adults")

    assert (trip.check_in, trip.dates_flexible) == (D(2027, 6, 10), True)


def test_a_range_of_nights_counts_the_fewest_and_is_flexible() -> None:
    trip = read("Mauritius, 7-10 nights from 10 June 2027, 2 adults")

    assert (trip.nights, trip.check_out, trip.dates_flexible) == (7, D(2027, 6, 17), True)


def test_today_is_the_day_in_the_agencys_zone() -> None:
    late = "2026-11-11T23:30+00:00"

    assert read("Mauritius tomorrow, 2 nights", at=late, agency=AGENCY).check_in == D(2026, 11, 13)


def test_nights_elsewhere_do_not_count() -> None:
    trip = read("Kruger for 3 nights from 5 May 2027, 2 adults.\nBefore that 2 nights in Durban, already booked by us.")

    assert (trip.check_in, trip.nights) == (D(2027, 5, 5), 3)
