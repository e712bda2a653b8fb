"""Clients: an agency's customers, the stage each stands at, and what happened with them.

Owns `clients`, `client_emails`, `client_events`.
Invariants: an address belongs to one client of the agency, however many transactions ask at once; events move a client
only forward, people move it anywhere, and both leave a line on the timeline and in the audit trail; money of two
currencies is never added.
Verbs: `find_or_create_client`, `record_event`, `advance_stage`, `set_stage`, `get_client`, `read_pipeline`, and
`get_crm_service` for what staff enter. Upper features call them in their own transaction.
"""

from tembea.crm.model import ON_THE_WAY, Client, EmailTaken, LatestTrip, Stage, StageSum, Totals
from tembea.crm.service import (
    CRMService,
    advance_stage,
    find_or_create_client,
    get_client,
    get_crm_service,
    read_pipeline,
    record_event,
    set_stage,
    sum_stages,
)

__all__ = [
    "ON_THE_WAY",
    "CRMService",
    "Client",
    "EmailTaken",
    "LatestTrip",
    "Stage",
    "StageSum",
    "Totals",
    "advance_stage",
    "find_or_create_client",
    "get_client",
    "get_crm_service",
    "read_pipeline",
    "record_event",
    "set_stage",
    "sum_stages",
]
