"""What is assumed where a customer leaves it out: only what the agency allows, only what completes the trip."""

from datetime import date

from tembea.inbox.assuming import assume
from tembea.quotes.trip import Kind, TripRequest
from tests.app_fixtures import Platform
from tests.inbox.desk import new_desk
from tests.inbox.mails import mail

TRIP = TripRequest(Kind.NEW_ENQUIRY, destinations=("Zanzibar",), check_in=date(2027, 8, 3))


def test_history_goes_before_a_default_and_each_is_named() -> None:
    trip, evidence = assume(TRIP, nights=7, adults=2, adults_before=3)
    assert (trip.adults, trip.nights, trip.check_out) == (3, 7, date(2027, 8, 10))
    assert {name: one.rule for name, one in evidence.items()} == {
        "adults": "assumed.history",
        "nights": "assumed.default",
    }
    same, nothing = assume(TRIP, nights=None, adults=None, adults_before=None)
    assert (same, nothing) == (TRIP, {})


async def test_an_assumption_completes_an_enquiry_or_is_not_made(platform: Platform) -> None:
    desk = await new_desk(platform, inbox={"assume": {"adults": 2}})
    text = "Hello, please quote Zanzibar from 3 to 10 August 2027.\n\nNaledi"
    await desk.receives(mail(text=text))
    enquiry = await desk.only()
    assert (enquiry["status"], enquiry["trip_request"]["adults"]) == ("quoted", 2)
    assert enquiry["evidence"]["adults"]["rule"] == "assumed.default"

    vague = mail(text="Hello, Zanzibar please.", message_id="<v@example.net>", sender="Zola <zola@example.net>")
    await desk.receives(vague)
    other = (await desk.enquiries(status="waiting_for_customer"))[0]
    assert (other["missing"], other["trip_request"]["adults"]) == (["dates", "adults"], None)
