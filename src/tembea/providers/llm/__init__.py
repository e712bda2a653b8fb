"""Language models: Vertex AI's Gemini, any endpoint that speaks OpenAI's protocol, or none, which is the default.

Owns no tables. Invariants: an answer comes before the deadline or not at all; tries are repeated at this one layer,
within a budget; whatever goes wrong is an `LlmError` that says what may have been charged; what a model writes is data
that code checks before anything follows from it. Whoever asks reserves an agency's budget first: `tenants.ask_model`.
Verbs: `LanguageModel.text`, `.structured`, `.stream`; `build_language_model`.
"""

from tembea.providers.llm.connecting import how_to_connect
from tembea.providers.llm.model import (
    Answer,
    LanguageModel,
    LlmError,
    NoModel,
    Prompt,
    Reason,
    Shape,
    TokenPrices,
    Usage,
)
from tembea.providers.llm.remote import RemoteModel
from tembea.settings import Settings


def build_language_model(settings: Settings) -> LanguageModel:
    """The model that the settings ask for. Raises `SettingsError` where its libraries are missing."""
    if settings.llm == "none":
        return NoModel()
    prices = TokenPrices(settings.llm_input_price, settings.llm_output_price)
    connect = how_to_connect(settings)
    return RemoteModel(connect, prices=prices, timeout_s=settings.llm_timeout_s, attempts=settings.llm_attempts)


__all__ = [
    "Answer",
    "LanguageModel",
    "LlmError",
    "NoModel",
    "Prompt",
    "Reason",
    "RemoteModel",
    "Shape",
    "TokenPrices",
    "Usage",
    "build_language_model",
]
