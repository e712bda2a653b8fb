"""The helpdesk: answers an agency's people from the agency's own knowledge, with citations, or says it does not know.

Owns `helpdesk_conversations`, `helpdesk_exchanges`.
Invariants: every sentence of an answer stands in a passage of the agency and is cited; where the passages do not cover
what a question asks, the answer says so and is marked `abstained`; a conversation belongs to the person who began it,
and conversations are bounded.
Verbs: `get_helpdesk_agent(tenant).answer`, `chat`.
"""

from tembea.helpdesk.agent import HelpdeskAgent, get_helpdesk_agent
from tembea.helpdesk.model import Answer, Citation
from tembea.helpdesk.service import chat

__all__ = ["Answer", "Citation", "HelpdeskAgent", "chat", "get_helpdesk_agent"]
