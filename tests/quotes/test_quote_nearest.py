"""Where nothing fits: the nearest stay that can be sold, and that nobody is offered it without being told."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

import pytest

from tembea.pricing import Board, Code, PricingRequest
from tembea.quotes.document import AskedStay, Trip
from tembea.quotes.letter import quote_mail
from tembea.quotes.nearest import DAYS_MAX, Changed, nearest_stays
from tembea.quotes.words import LANGUAGES, words_for
from tests.app_fixtures import Agency, Platform
from tests.inbox.desk import COMPLETE, Desk, new_desk
from tests.inbox.mails import mail
from tests.quotes.quote_samples import document
from tests.quotes.quotes_factories import ARRIVAL, generated, step, trip
from tests.rates.rates_factories import imported, nightly

Answer = dict[str, Any]
ASKED = PricingRequest(date(2027, 8, 3), date(2027, 8, 10), adults=2, board=Board.HB)
TODAY = date(2027, 7, 20)


def closed(*days: date) -> list[Mapping[str, object]]:
    return [{"kind": "stop_sale", "dates": [day.isoformat() for day in days]}]


def test_stays_come_nearest_first_a_later_one_before_an_earlier_one_and_end() -> None:
    stays = list(nearest_stays(ASKED, first_day=TODAY, codes=[Code.STOP_SALE]))
    shown = [(changed, stay.check_in.day - 3, len(stay.nights), stay.board) for changed, stay in stays]
    assert shown[:4] == [(Changed.DATES, days, 7, Board.HB) for days in (1, -1, 2, -2)]
    assert [(changed, nights) for changed, _, nights, _ in shown[2 * DAYS_MAX : -2]] == [
        (Changed.NIGHTS, nights) for nights in (8, 6, 9, 5)
    ]
    assert [board for *_, board in shown[-2:]] == [Board.BB, Board.RO]
    assert len(stays) == 2 * DAYS_MAX + 4 + 2


def test_other_nights_come_first_where_the_length_is_the_reason_and_no_stay_begins_in_the_past() -> None:
    stays = list(nearest_stays(ASKED, first_day=ASKED.check_in, codes=[Code.MIN_STAY_ARRIVAL]))
    assert [changed for changed, _ in stays[:4]] == [Changed.NIGHTS] * 4
    assert all(stay.check_in >= ASKED.check_in for _, stay in stays)
    last = PricingRequest(date.max - timedelta(3), date.max, adults=2)
    assert list(nearest_stays(last, first_day=TODAY, codes=[])) == []


async def test_the_refusal_names_the_nearest_stay_and_nearest_quotes_it(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00", restrictions=closed(ARRIVAL + timedelta(days=4))))
    await imported(agency, nightly("Marula House", "200.00", restrictions=closed(ARRIVAL + timedelta(days=1))))

    refused = await agency.consultant.post("/api/v1/quotes/generate", json=trip())
    quote = cast("Answer", await generated(agency, nearest=True))

    body = refused.json()
    assert (refused.status_code, body["code"], len(body["rejected"])) == (422, "cannot_price", 2)
    assert (body["nearest"]["check_in"], body["nearest"]["check_out"]) == (quote["check_in"], quote["check_out"])
    assert quote["check_in"] == (ARRIVAL - timedelta(days=1)).isoformat()  # a day later both are closed on a night
    assert [option["hotel"]["name"] for option in quote["options"]] == ["Baobab Lodge"]
    assert quote["nearest"] == {
        "changed": "dates",
        "asked_check_in": ARRIVAL.isoformat(),
        "asked_check_out": (ARRIVAL + timedelta(days=5)).isoformat(),
        "asked_board": None,
        "hotel": "Baobab Lodge",
        "code": "STOP_SALE",
        "detail": body["nearest"]["detail"],
    }


async def test_the_next_version_asks_again_for_what_was_asked_for(agency: Agency) -> None:
    shut = nightly("Baobab Lodge", "100.00", restrictions=closed(ARRIVAL))
    await imported(agency, shut)
    quote = await generated(agency, nearest=True)
    await imported(agency, {**shut, "restrictions": []})

    revised = (await step(agency, quote, "revise")).json()

    assert quote["nearest"]
    assert (revised["check_in"], revised["nearest"]) == (ARRIVAL.isoformat(), None)


async def test_a_longer_stay_or_a_lesser_board_where_that_is_what_there_is(agency: Agency) -> None:
    least = [{"kind": "min_stay", "mode": "arrival", "nights": 7, "seasons": ["ALL"]}]
    await imported(agency, nightly("Long Lodge", "100.00", destination="Zanzibar", restrictions=least))
    await imported(agency, nightly("Breakfast Only", "90.00", supplements=[]))

    longer = cast("Answer", await generated(agency, destination="Zanzibar", nearest=True))
    lesser = cast("Answer", await generated(agency, board="FB", nearest=True))

    assert (longer["nearest"]["changed"], longer["nights"], longer["check_in"]) == ("nights", 7, ARRIVAL.isoformat())
    assert longer["nearest"]["code"] == "MIN_STAY_ARRIVAL"
    assert (lesser["nearest"]["changed"], lesser["nearest"]["asked_board"]) == ("board", "FB")
    assert lesser["options"][0]["board"] == "BB"
    assert "Includes less than asked for: BB" in lesser["options"][0]["reasons"]


async def test_no_other_day_helps_a_party_that_no_room_holds(agency: Agency) -> None:
    await imported(agency, nightly("Baobab Lodge", "100.00"))
    answer = await agency.consultant.post("/api/v1/quotes/generate", json=trip(adults=9, rooms=1, nearest=True))
    assert answer.status_code == 422
    assert "nearest" not in answer.json()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_customer_reads_what_was_changed_and_why_in_every_language(language: str) -> None:
    asked = Trip("Zanzibar", date(2027, 3, 22), date(2027, 3, 29), 2, (7, 11))
    words, opening = words_for(language), "Our own words."
    for code in Code:
        moved = document(
            language=language,
            cover_text=opening,
            asked=AskedStay(asked, None, is_board=False, hotel="Mvuli House", code=code),
        )
        *_, note = words.cover(moved)
        assert words.stay(asked) in note
        assert words.stay(moved.trip) in note
        assert "Mvuli House" in note
        assert note in quote_mail(moved).text
    lesser = document(
        language=language, asked=AskedStay(asked, "AI", is_board=True, hotel="Mvuli House", code="NO_RATE")
    )
    *_, note = words.cover(lesser)
    assert words.board("AI") in note


async def shut_desk(platform: Platform, nearest: str, *, auto_send: bool = True) -> Desk:
    desk = await new_desk(platform, quotes={"auto_send": auto_send, "nearest": nearest})
    for name, amount in (("Coral Lodge", "1500.00"), ("Palm House", "2500.00")):
        shut = closed(date(2027, 8, 9))
        await imported(desk.agency, nightly(name, amount, destination="Zanzibar", restrictions=shut))
    await desk.receives(mail(text=COMPLETE))
    return desk


@pytest.mark.parametrize(("nearest", "status", "sent"), [("off", "needs_review", 0), ("draft", "quoted", 0)])
async def test_an_agency_says_what_an_enquiry_gets_that_nothing_fits(
    platform: Platform, nearest: str, status: str, sent: int
) -> None:
    desk = await shut_desk(platform, nearest)
    enquiry = await desk.only()
    assert (enquiry["status"], len(await desk.sent())) == (status, sent)
    assert (enquiry["quote_id"] is None) == (nearest == "off")
    assert enquiry["reasons"]


async def test_an_agency_that_sends_the_nearest_tells_the_customer_so(platform: Platform) -> None:
    desk = await shut_desk(platform, "send")
    (sent,) = await desk.sent()
    assert "You asked for 3–10 Aug 2027 (7 nights)." in sent["body_text"]
    assert "takes no guests on some of those days. The nearest that we can offer is 2–9 Aug 2027" in sent["body_text"]


async def test_whoever_approves_every_quote_reads_in_the_inbox_that_it_is_for_another_stay(platform: Platform) -> None:
    desk = await shut_desk(platform, "draft", auto_send=False)
    approval, near = (await desk.only())["reasons"]
    assert "approval" in approval
    assert near.startswith("Nothing fits as asked for")
