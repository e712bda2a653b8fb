"""What becomes of a model's cover text when a person changes the draft."""

from tembea.quotes.cover.linting import Objection
from tembea.quotes.cover.placeholders import cover_values, fill
from tembea.quotes.model import COVER_EDITED, COVER_WRITTEN, CoverText, Quote
from tembea.tenants import Tenant


def changed_cover(tenant: Tenant, quote: Quote, said: str | None) -> CoverText:
    """The cover text of a draft as changed: what a person says stands, and a model's words follow the customer's name.

    `said` is None where the person changes other parts. Saving a model's words as they stand leaves them the model's.
    """
    is_the_models = quote.cover_outcome == COVER_WRITTEN
    if said is not None and not (is_the_models and said == quote.cover_text):
        return CoverText(said, COVER_EDITED)
    if not is_the_models or quote.cover_draft is None:
        return CoverText(quote.cover_text, quote.cover_outcome, quote.cover_draft)
    text = fill(quote.cover_draft, cover_values(tenant, quote))
    return (
        CoverText("", Objection.PLACEHOLDER.value)
        if text is None
        else CoverText(text, COVER_WRITTEN, quote.cover_draft)
    )
