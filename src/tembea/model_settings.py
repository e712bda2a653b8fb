"""The settings of language models, a part of `tembea.settings`."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

GEMINI = "gemini-3.5-flash-lite"
"""What is asked of Vertex AI where no model is named; the prices below are its list prices."""


class ModelSettings(BaseSettings):
    """Which language model reads and writes beside the rules, where it is, and what it may take."""

    google_cloud_project: str | None = Field(default=None, validation_alias="GOOGLE_CLOUD_PROJECT")
    llm: Literal["none", "google", "openai"] = "none"
    """none: rules alone. google: Gemini by Vertex AI in GOOGLE_CLOUD_PROJECT, with the credentials that Google's
    libraries find. openai: any endpoint that speaks OpenAI's chat completions, at TEMBEA_LLM_BASE_URL."""
    llm_model: str = ""
    """Which model; Gemini has a default."""
    llm_base_url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    """Where the endpoint is; for google only where it is not Google's own address."""
    llm_api_key: SecretStr | None = None
    llm_location: str = Field(default="global", pattern=r"^[a-z0-9-]{1,40}$")
    """Vertex AI's region, such as europe-west1: where the text is worked on."""
    llm_timeout_s: float = Field(default=20.0, gt=0, le=300)
    """How long one question may take, all tries together; whoever asks goes on without an answer then."""
    llm_cover_timeout_s: float = Field(default=8.0, gt=0, le=60)
    """How long a quote's mail waits for its opening words, where the model writes them."""
    llm_attempts: int = Field(default=2, ge=1, le=5)
    llm_input_price: Decimal = Field(default=Decimal("0.30"), ge=0, le=10_000)
    llm_output_price: Decimal = Field(default=Decimal("2.50"), ge=0, le=10_000)
    """US dollars for a million tokens that are read and written: agencies' daily budgets are counted by them."""

    @property
    def llm_model_name(self) -> str:
        """The model that is asked."""
        return self.llm_model or GEMINI

    @model_validator(mode="after")
    def _llm_is_whole(self) -> Self:
        if self.llm == "google" and not self.google_cloud_project:
            raise ValueError("TEMBEA_LLM is google, but GOOGLE_CLOUD_PROJECT is not set. Set it to the project's id.")
        if self.llm == "openai" and not (self.llm_base_url and self.llm_model):
            raise ValueError("TEMBEA_LLM is openai: set TEMBEA_LLM_BASE_URL and TEMBEA_LLM_MODEL beside it.")
        return self
