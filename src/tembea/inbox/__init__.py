"""The inbox: enquiries, from the message at the door to the quote, the question or the person who decides.

Owns `enquiries`, `inbound_messages`, `quarantined_messages`, `mailboxes`, `enquiry_corrections`, `absences`.
Invariants: a message is stored whole before anybody is told that it was accepted, once for each tenant, Message-ID and
sender; whose it is, the envelope recipient alone decides; a machine's mail gets no answer; nothing that the customer
did not say is guessed, and what is missing is asked for in one mail, a draft unless the agency lets it go; every
enquiry ends where a person can see it; a mail that is taken back takes its quote or enquiry back with it; a mail acts
on a quote for the quote's customer alone, in answer to a mail of ours; a web form is taken from the pages that the
agency names alone.
Verbs: `receive`, `add_enquiry`; for operators `list_quarantined`, `get_quarantined`, `get_quarantined_raw`,
`assign_quarantined`, `discard_quarantined`; `read_corrections`. Jobs: `inbox.understand`, `inbox.wake`.
"""

from tembea.inbox.corrections import read_corrections
from tembea.inbox.headers import list_headers
from tembea.inbox.message import Message, parse_message
from tembea.inbox.model import (
    Enquiry,
    EnquiryStatus,
    NewEnquiry,
    Outcome,
    QuarantinedMail,
    QuarantineFilter,
    QuarantineLimits,
    Receipt,
)
from tembea.inbox.quarantine import (
    assign_quarantined,
    discard_quarantined,
    get_quarantined,
    get_quarantined_raw,
    list_quarantined,
)
from tembea.inbox.service import add_enquiry, receive

__all__ = [
    "Enquiry",
    "EnquiryStatus",
    "Message",
    "NewEnquiry",
    "Outcome",
    "QuarantineFilter",
    "QuarantineLimits",
    "QuarantinedMail",
    "Receipt",
    "add_enquiry",
    "assign_quarantined",
    "discard_quarantined",
    "get_quarantined",
    "get_quarantined_raw",
    "list_headers",
    "list_quarantined",
    "parse_message",
    "read_corrections",
    "receive",
]
