"""A POST that creates money, mail or calls takes an `Idempotency-Key`; one that does not says why it need not."""

from fastapi.routing import APIRoute

from tembea.kernel.idempotency import KeyedRoute, keyed_tx
from tests.served_routes import calls, served_routes

HARMLESS = {
    "/api/v1/enquiries/parse": "stores nothing",
    "/api/v1/pricing/price": "stores nothing",
    "/api/v1/rates/import": "the same document again makes the same contract",
    "/api/v1/rates/fx/import": "the same file stores the same rates once",
    "/api/v1/enquiries/{enquiry_id}/dismiss": "once dismissed it stays so, and nothing leaves",
    "/api/v1/quotes/{quote_id}/cancel": "once cancelled it stays so, and nothing leaves",
    "/api/v1/quotes/{quote_id}/undo-send": "takes a mail back; a second time finds none",
    "/api/v1/mail/{mail_id}/undo": "takes a mail back; a second time finds none",
    "/api/v1/mail/suppressions": "an address is suppressed once",
    "/api/v1/crm/clients/{client_id}/stage": "a client stands at one stage",
    "/api/v1/api-keys": "its answer holds a secret, which is kept nowhere; a key too many is revoked",
    "/api/v1/users/{user_id}/deactivate": "once let in no more it stays so",
    "/api/v1/knowledge/documents": "the same file again is the same document",
    "/api/v1/knowledge/documents/{document_id}/reindex": "indexing again ends where it began",
    "/api/v1/helpdesk/chat": "an answer creates nothing, and may stream",
}
ELSEWHERE = ("/api/v1/auth/", "/api/v1/operator/", "/webhooks/", "/api/v1/public/", "/f/")
"""Where nobody of an agency is known, or what is done is kept apart by identifiers of its own."""


def posts() -> list[APIRoute]:
    return [route for route in served_routes() if "POST" in (route.methods or ())]


def test_every_post_takes_a_key_or_says_why_not() -> None:
    assert len(posts()) > 15
    for route in posts():
        if route.path in HARMLESS or route.path.startswith(ELSEWHERE):
            continue
        assert keyed_tx in set(calls(route.dependant)), f"{route.path}: use KeyedTx, or say in HARMLESS why not"


def test_a_route_that_takes_a_key_keeps_its_answer() -> None:
    keyed = [route for route in posts() if keyed_tx in set(calls(route.dependant))]
    assert len(keyed) >= 5
    for route in keyed:
        assert isinstance(route, KeyedRoute), f"{route.path}: its router needs route_class=KeyedRoute"
