"""Party, money, rooms, board, contact and parts of a mail, one rule at a time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tembea.inbox.understand import TenantProfile
from tembea.quotes.trip import Basis, Board, Budget, Kind, Missing
from tests.inbox.reading_room import AGENCY, read, understood


@pytest.mark.parametrize(
    ("words", "adults", "ages"),
    [
        ("2 adults and 2 kids (4 and 7)", 2, (4, 7)),
        ("two adults, three children aged 3, 5 and 10", 2, (3, 5, 10)),
        ("my wife and I with our 5 year old", 2, (5,)),
        ("my husband, our two boys (8 & 11) and me", 2, (8, 11)),
        ("family of 4 with kids 6 and 9", 2, (6, 9)),
        ("4 of us, all adults", 4, ()),
        ("6 people including 2 children of 4 and 6", 4, (4, 6)),
        ("my three friends and I", 4, ()),
        ("just me", 1, ()),
        ("me and hubby", 2, ()),
        ("a couple with a baby", 2, (0,)),
        ("two couples", 4, ()),
        ("a single mom with my son (he is 5)", 1, (5,)),
        ("2 adults and a child of 17", 2, (17,)),
        ("2 adults and 2 kids (17 and 19)", 3, (17,)),
        ("12 golfers", 12, ()),
        ("Couple, no kids", 2, ()),
        ("Adults: 2, Children: 2 (6, 8)", 2, (6, 8)),
    ],
)
def test_party(words: str, adults: int, ages: tuple[int, ...]) -> None:
    trip = read(f"Hello, Mauritius 3 to 10 May 2027. {words}. Thanks")

    assert (trip.adults, trip.children_ages, trip.children_count) == (adults, ages, len(ages))


@pytest.mark.parametrize("words", ["We'd like a quote", "I would like a quote", "We are a family of four"])
def test_adults_are_not_guessed(words: str) -> None:
    trip = read(f"{words} for Mauritius 3 to 10 May 2027.")

    assert trip.adults is None
    assert trip.missing == (Missing.ADULTS,)


def test_a_child_without_an_age_is_asked_for() -> None:
    trip = read("2 adults, 2 kids, Mauritius 3 to 10 May 2027")

    assert (trip.children_count, trip.children_ages, trip.missing) == (2, (), (Missing.CHILDREN_AGES,))


def test_an_age_is_completed_years_at_check_in() -> None:
    before = read("2 adults and our son, born on 5 May 2020. Mauritius 3 to 10 May 2027.")
    after = read("2 adults and our son, born on 5 May 2020. Mauritius 5 to 10 May 2027.")

    assert (before.children_ages, after.children_ages) == ((6,), (7,))


@pytest.mark.parametrize(
    ("words", "amount", "currency", "basis"),
    [
        ("budget R45k pp", "45000", "ZAR", Basis.PER_PERSON),
        ("budget of R 95 000 in total", "95000", "ZAR", Basis.TOTAL),
        ("we can spend R95,000.00", "95000", "ZAR", Basis.TOTAL),
        ("between R60k and R80k", "80000", "ZAR", Basis.TOTAL),
        ("R60-80k for all of us", "80000", "ZAR", Basis.TOTAL),
        ("max $2,500 each", "2500", "USD", Basis.PER_PERSON),
        ("up to 1.800 euros per person", "1800", "EUR", Basis.PER_PERSON),
        ("about £150 a night", "150", "GBP", Basis.PER_NIGHT),
        ("R3 500 per person per night at most", "3500", "ZAR", Basis.PER_PERSON_NIGHT),
        ("$90 pppn - Aussie dollars", "90", "AUD", Basis.PER_PERSON_NIGHT),
        ("budget 25k", "25000", "ZAR", Basis.TOTAL),
        ("fifty five thousand rand at most", "55000", "ZAR", Basis.TOTAL),
        ("budget 1.2 million", "1200000", "ZAR", Basis.TOTAL),
        ("R1 800 per night per hut is fine", "1800", "ZAR", Basis.PER_NIGHT),
    ],
)
def test_budget(words: str, amount: str, currency: str, basis: Basis) -> None:
    trip = read(f"2 adults to Mauritius, 3 to 10 May 2027, {words}.")

    assert trip.budget == Budget(Decimal(amount), currency, basis)


@pytest.mark.parametrize(
    "words",
    [
        "I saw a special advertised at R12 000 per person.",
        "Last time we paid R12 000.",
        "You quoted R12 000 last year.",
        "Our flights are at 10:30 and we have 2 bags of 23 kg.",
    ],
)
def test_other_sums_are_no_budget(words: str) -> None:
    assert read(f"2 adults to Mauritius, 3 to 10 May 2027. {words}").budget is None


@pytest.mark.parametrize(
    ("words", "rooms"),
    [
        ("2 rooms", 2),
        ("3 doubles and a single", 4),
        ("5 twin rooms and 1 single", 6),
        ("a villa", 1),
        ("two beach bungalows", 2),
        ("one room for Gran and one for us", 2),
        ("a nice room service menu", None),
        ("R900 per room", None),
    ],
)
def test_rooms(words: str, rooms: int | None) -> None:
    assert read(f"4 adults to Mauritius, 3 to 10 May 2027, {words}.").rooms == rooms


@pytest.mark.parametrize(
    ("words", "board"),
    [
        ("half board", Board.HB),
        ("dinner, bed and breakfast", Board.HB),
        ("breakfast and supper", Board.HB),
        ("B&B", Board.BB),
        ("self-catering", Board.RO),
        ("all meals", Board.FB),
        ("all-inclusive", Board.AI),
        ("AI", Board.AI),
        ("not all inclusive, just breakfast", Board.BB),
        ("half board or full board", Board.HB),
        ("we don't want full board", None),
        ("we are all in our twenties", None),
    ],
)
def test_board(words: str, board: Board | None) -> None:
    assert read(f"4 adults to Mauritius, 3 to 10 May 2027, {words}.").board == board


def test_a_signatures_fax_and_the_agencys_number_are_nobodys() -> None:
    trip = read("Mauritius for 2 adults please. I called you on 011 555 0100.\n\nRegards\nAnn\nFax 011 555 0199")

    assert trip.customer_phone is None


def test_a_mobile_beats_an_office_line() -> None:
    trip = read("Mauritius for 2 adults please.\n\nRegards\nAnn\nTel 011 555 0177\nCell 082 555 0177")

    assert trip.customer_phone == "+27825550177"


def test_a_number_offered_in_the_text_beats_the_signature() -> None:
    trip = read("Mauritius for 2, call me on 083 555 0101.\n\nRegards\nAnn\nCell 082 555 0177")

    assert trip.customer_phone == "+27835550101"


def test_quoted_words_of_the_agency_give_no_budget() -> None:
    trip = read(
        "Can we make it 5 nights?\n\nOn 9 Nov 2026, Baobab Travel <hello@baobab.example> wrote:\n"
        "> Mauritius, 3 May 2027 - 10 May 2027, 2 adults, budget R64 000 total",
        subject="Re: Your quote",
    )

    assert (trip.kind, trip.nights, trip.adults, trip.budget) == (Kind.CHANGE_REQUEST, 5, 2, None)


@pytest.mark.parametrize(
    ("words", "check_in", "check_out"),
    [
        ("Please change our arrival from 3 May 2027 to 5 May 2027.", date(2027, 5, 5), date(2027, 5, 12)),
        ("Can we move it from 3-10 May to 17-24 May 2027?", date(2027, 5, 17), date(2027, 5, 24)),
        ("Please extend by two nights.", date(2027, 5, 3), date(2027, 5, 12)),
        ("Please drop one night.", date(2027, 5, 3), date(2027, 5, 9)),
        ("Could we change it to come home on 9 May instead?", date(2027, 5, 3), date(2027, 5, 9)),
        ("Make it 9 nights not 7 please, change the rest of nothing.", date(2027, 5, 3), date(2027, 5, 12)),
    ],
)
def test_a_change_is_laid_over_the_quote(words: str, check_in: date, check_out: date) -> None:
    trip = read(
        f"{words}\n\nOn 9 Nov 2026, Baobab Travel <hello@baobab.example> wrote:\n"
        "> Mauritius, 3 May 2027 - 10 May 2027, 7 nights, 2 adults, half board",
        subject="Re: Your quote",
    )

    assert (trip.kind, trip.check_in, trip.check_out) == (Kind.CHANGE_REQUEST, check_in, check_out)
    assert (trip.adults, trip.board) == (2, Board.HB)


def test_what_is_quoted_below_fills_only_what_the_new_text_leaves_open() -> None:
    read_mail = understood(
        "We are 3 adults after all.\n\nOn 9 Nov 2026, Ann Example <ann@example.org> wrote:\n"
        "> 2 adults, Mauritius, 3 to 10 May 2027, half board",
        subject="Re: Mauritius",
    )

    trip = read_mail.trip_request
    assert (trip.adults, trip.destinations, trip.board) == (3, ("Mauritius",), Board.HB)
    assert [read_mail.evidence["adults"].text, read_mail.evidence["board"].text] == ["3 adults", "half board"]


def test_the_new_text_is_told_from_the_signature_and_the_quote() -> None:
    body = "Mauritius please.\n\nRegards\nAnn\n\n> older words"
    spans = understood(body, subject="Re: x").new_text

    assert [body[start:end] for start, end in spans] == ["Mauritius please."]


def test_confidence_falls_with_what_is_missing() -> None:
    full = understood("Please quote 2 adults, Mauritius, 3 to 10 May 2027")
    poor = understood("Please quote a holiday")

    assert 0 <= poor.confidence < full.confidence <= 1


def test_hotels_of_the_agencys_rates_are_known_by_name() -> None:
    trip = read("Is baobab house free for 2 adults, Mauritius, 3 to 10 May 2027?", agency=_with_hotel("Baobab House"))

    assert trip.hotels == ("baobab house",)


def _with_hotel(name: str) -> TenantProfile:
    return replace(AGENCY, hotels=(name,))


def test_for_two_nights_is_a_length_and_for_two_a_party() -> None:
    nights = read("Please book a room for 4 people for 2 nights starting Friday, Mauritius")
    party = read("What would a week in Mauritius cost for two, from 3 May 2027?")

    assert (nights.kind, nights.adults, nights.nights, nights.check_in) == (Kind.NEW_ENQUIRY, 4, 2, date(2026, 11, 13))
    assert (party.adults, party.nights) == (2, 7)
