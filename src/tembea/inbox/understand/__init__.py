"""Understanding an enquiry: a mail's words become a trip request, by rules alone.

Pure: no clock, no file, no network, no model. The same words, sender and time of receipt always give the same answer,
and every field carries the words that it was read from. Nothing is guessed; what a quote needs and the mail does not
say is named as missing.

Public verb: `understand`. The languages are data under `languages`; the readers, one module a field of the trade, know
tags and cues only.
"""

from tembea.inbox.understand.profile import Destination, TenantProfile
from tembea.inbox.understand.reader import Understanding, new_text, understand

__all__ = ["Destination", "TenantProfile", "Understanding", "new_text", "understand"]
