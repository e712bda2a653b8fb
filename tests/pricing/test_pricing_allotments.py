"""Rooms that the hotel holds for the agency."""

from tembea.pricing import Code, Contract
from tests.pricing.pricing_factories import PLAIN, baobab, priced, rejected, stay
from tests.pricing.test_pricing_rooms import rate, room

FEBRUARY = {"from": "2027-02-01", "to": "2027-02-28"}
NIGHT = ("2027-02-10", "2027-02-11")


def held(*rows: dict[str, object]) -> Contract:
    rooms = [room(), room(code="garden", name="Garden room")]
    rates = [rate("90.00"), rate("120.00", code="garden")]
    return baobab(PLAIN, rooms=rooms, rates=rates, allotments=list(rows))


def allotment(quantity: int, code: str = "standard", kind: str = "allotment") -> dict[str, object]:
    return {"room": code, "kind": kind, "quantity": quantity, **FEBRUARY}


def rooms_of(contract: Contract, adults: int) -> list[str]:
    return [one.room for one in priced(contract, stay(*NIGHT, adults)).rooms]


def test_no_more_rooms_of_a_type_are_given_than_the_hotel_holds() -> None:
    assert rooms_of(held(), 4) == ["standard", "standard"]
    assert rooms_of(held(allotment(1)), 4) == ["standard", "garden"]
    assert rooms_of(held(allotment(0)), 4) == ["garden", "garden"]


def test_a_party_beyond_all_that_is_held_is_over_capacity() -> None:
    contract = held(allotment(1), allotment(1, "garden"))
    assert len(rooms_of(contract, 4)) == 2
    result = rejected(contract, stay(*NIGHT, 5))
    assert result.reasons == (Code.CAPACITY,)
    assert "1 x standard" in result.detail
    assert rejected(contract, stay(*NIGHT, 3, rooms=3)).code is Code.CAPACITY


def test_the_scarcest_night_counts_and_nights_without_an_allotment_are_sold_freely() -> None:
    contract = held({**allotment(1), "from": "2027-02-11", "to": "2027-02-11"}, allotment(0, "garden"))
    assert rooms_of(contract, 4) == ["standard", "standard"]
    result = rejected(contract, stay("2027-02-10", "2027-02-12", 4))
    assert result.code is Code.CAPACITY


def test_several_allotments_of_a_night_add_up_and_free_sale_lifts_the_limit() -> None:
    nothing_else = allotment(0, "garden")
    assert len(rooms_of(held(allotment(1), allotment(1), nothing_else), 4)) == 2
    assert len(rooms_of(held(allotment(1), allotment(0, kind="free_sale"), nothing_else), 6)) == 3


def test_rooms_on_request_say_so() -> None:
    asked = held(allotment(2, kind="on_request"), allotment(0, "garden"))
    assert priced(asked, stay(*NIGHT, 2)).on_request
    assert not priced(held(allotment(2)), stay(*NIGHT, 2)).on_request
    assert not priced(held(), stay(*NIGHT, 2)).on_request


def test_what_the_hotel_holds_is_told_type_by_type() -> None:
    result = rejected(held(allotment(2), allotment(1, "garden")), stay(*NIGHT, 8))
    assert result.detail == (
        "No rooms of this contract hold this party. The hotel holds 2 x standard, 1 x garden for these nights."
    )


def test_many_room_types_that_are_held_are_housed_like_few() -> None:
    codes = [f"type{place}" for place in range(12)]
    contract = baobab(
        PLAIN,
        rooms=[room(code=code, name=code) for code in codes],
        rates=[rate(f"{100 + place}.00", code=code) for place, code in enumerate(codes)],
        allotments=[allotment(2, code) for code in codes],
    )
    given = [one.room for one in priced(contract, stay(*NIGHT, 20, [9, 9])).rooms]
    assert given == [code for code in codes[:5] for _ in range(2)]
    assert rejected(contract, stay(*NIGHT, 50)).code is Code.CAPACITY


def test_of_rooms_that_cost_the_same_those_listed_first_are_given_up_to_what_is_held() -> None:
    def given(*rows: dict[str, object]) -> list[str]:
        rooms = [room(), room(code="garden", name="Garden room")]
        rates = [rate("90.00"), rate("90.00", code="garden")]
        return rooms_of(baobab(PLAIN, rooms=rooms, rates=rates, allotments=list(rows)), 6)

    assert given() == ["standard"] * 3
    assert given(allotment(2)) == ["standard", "standard", "garden"]
    assert given(allotment(2, "garden")) == ["standard"] * 3
    assert given(allotment(2), allotment(2, "garden")) == ["standard", "standard", "garden"]
