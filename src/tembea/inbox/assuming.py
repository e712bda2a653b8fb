"""What an agency lets us assume where a customer leaves it out, each named by its rule in the evidence.

Nothing is assumed unless the trip can be priced with it: who has to be asked anyway is asked for everything.
"""

from dataclasses import replace

from tembea.inbox import work_store
from tembea.inbox.decide import completed, missing_for_a_quote
from tembea.inbox.model import Enquiry
from tembea.kernel.db import Read
from tembea.quotes.trip import (
    Evidence,
    Kind,
    Missing,
    TripRequest,
    evidence_to_json,
    trip_request_from_json,
    trip_request_to_json,
)
from tembea.tenants import Tenant


async def with_assumptions(read: Read, tenant: Tenant, enquiry: Enquiry) -> Enquiry:
    """The enquiry with what the agency's policy adds to it; as it was where that does not complete it."""
    trip = trip_request_from_json(enquiry.trip_request or {})
    missing = missing_for_a_quote(trip)
    policy = tenant.config.inbox.assume
    if trip.kind is not Kind.NEW_ENQUIRY or not missing:
        return enquiry
    past = None
    if policy.from_history and Missing.ADULTS in missing and trip.customer_email:
        past = await work_store.find_adults_of_last_trip(read, trip.customer_email)
    assumed, evidence = assume(trip, nights=policy.nights, adults=policy.adults, adults_before=past)
    if not evidence or missing_for_a_quote(assumed):
        return enquiry
    return replace(
        enquiry,
        trip_request=trip_request_to_json(assumed),
        evidence={**enquiry.evidence, **evidence_to_json(evidence)},
    )


def assume(
    trip: TripRequest, *, nights: int | None, adults: int | None, adults_before: int | None
) -> tuple[TripRequest, dict[str, Evidence]]:
    """The trip with what is missing filled in, and for each field the rule; history goes before a default."""
    evidence = dict[str, Evidence]()
    if trip.adults is None and trip.children_count == 0:
        party = adults_before or adults
        if party is not None:
            trip = replace(trip, adults=party)
            rule = "assumed.history" if adults_before else "assumed.default"
            evidence["adults"] = Evidence(str(party), None, None, rule)
    if trip.check_in is not None and trip.nights is None and nights is not None:
        trip = replace(trip, nights=nights)
        evidence["nights"] = Evidence(str(nights), None, None, "assumed.default")
    return (completed(trip), evidence) if evidence else (trip, evidence)
