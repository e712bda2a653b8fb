"""The inbox: enquiries, from the message at the door to the quote, the question or the person who decides.

Owns `enquiries`, `inbound_messages`, `quarantined_messages`.
Invariants: a message is stored whole before anybody is told that it was accepted, once for each tenant, Message-ID and
sender; whose it is, the envelope recipient alone decides; a machine's mail gets no answer; nothing that the customer
did not say is guessed, and what is missing is asked for in a draft; every enquiry ends where a person can see it.
Verbs: `receive`, `add_enquiry`. Job: `inbox.understand`.
"""

from tembea.inbox.model import Enquiry, EnquiryStatus, NewEnquiry, Outcome, Receipt
from tembea.inbox.service import add_enquiry, receive

__all__ = ["Enquiry", "EnquiryStatus", "NewEnquiry", "Outcome", "Receipt", "add_enquiry", "receive"]
