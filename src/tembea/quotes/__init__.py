"""Quotes: what an agency offers for a trip, numbered, priced, explained, and brought to its customer.

Owns `quotes`, `quote_options`, `quote_numbers`.
Invariants: a version's inputs, prices and number never change (the app's role may not change them); every option has
its own total and options are never added up; numbers count per tenant and local day without a gap; statuses follow
`TRANSITIONS`; a delivery happens exactly once; a quote is sent when its mail is let go, in the same transaction;
nothing that a customer sees holds a cost.
A model may write a draft's cover text, with placeholders that code fills and behind a linter (`cover`).
A quote for another stay than was asked for says so on every paper, with what was asked for and why.
Verbs: `get_quote_agent(tenant).offer`, `.offer_nearest`, `create_quote`, `revise_quote`, `accept_quote`, `send_quote`,
`resend_quote`, `undo_send`, `change_quote`, `cancel_quote`, `get_quote`, `load_agency`, `verify_quotes`, the letters
`quote_mail`, `clarification_mail`, `reminder_mail`. Jobs: `quotes.cover`, `quotes.deliver`, `quotes.release`,
`quotes.remind`.
"""

from tembea.quotes.accepting import QuoteEnded, accept_quote
from tembea.quotes.agent import QuoteAgent, get_quote_agent
from tembea.quotes.letter import Letter, clarification_mail, quote_mail, reminder_mail
from tembea.quotes.model import (
    CannotPrice,
    Customer,
    InvalidTransition,
    NoAddress,
    Offer,
    Quote,
    QuoteOption,
    QuoteStatus,
    ReplyThread,
)
from tembea.quotes.presentation import load_agency
from tembea.quotes.ranking import is_same_hotel
from tembea.quotes.revising import may_be_revised, revise_quote
from tembea.quotes.service import cancel_quote, change_quote, create_quote, resend_quote, send_quote
from tembea.quotes.store import find_newest_version, get_quote
from tembea.quotes.trip import TripRequest
from tembea.quotes.undo import undo_send
from tembea.quotes.verify import Finding, Verdict, verify_quotes

__all__ = [
    "CannotPrice",
    "Customer",
    "Finding",
    "InvalidTransition",
    "Letter",
    "NoAddress",
    "Offer",
    "Quote",
    "QuoteAgent",
    "QuoteEnded",
    "QuoteOption",
    "QuoteStatus",
    "ReplyThread",
    "TripRequest",
    "Verdict",
    "accept_quote",
    "cancel_quote",
    "change_quote",
    "clarification_mail",
    "create_quote",
    "find_newest_version",
    "get_quote",
    "get_quote_agent",
    "is_same_hotel",
    "load_agency",
    "may_be_revised",
    "quote_mail",
    "reminder_mail",
    "resend_quote",
    "revise_quote",
    "send_quote",
    "undo_send",
    "verify_quotes",
]
