"""The clients of real services. Importing this module is cheap: what it uses is loaded by whoever connects first.

The libraries take 60 MB and more than a second, which nobody pays who has no model. Neither client retries by itself:
`RemoteModel` does, and one layer is enough.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tembea.settings import Settings, SettingsError

if TYPE_CHECKING:
    from pydantic_ai.models import Model

Connect = Callable[[], "Model"]


def how_to_connect(settings: Settings) -> Connect:
    """Who makes the client that the settings ask for. Raises `SettingsError` where its libraries are missing."""
    if find_spec("pydantic_ai") is None:
        raise SettingsError("TEMBEA_LLM: install the libraries for it: `pip install 'tembea[models]'`.")
    return lambda: _google(settings) if settings.llm == "google" else _openai(settings)


def _google(settings: Settings) -> "Model":
    """Gemini by Vertex AI, with the credentials that Google's libraries find (GOOGLE_APPLICATION_CREDENTIALS)."""
    from google.genai.types import HttpRetryOptions
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google_cloud import GoogleCloudProvider

    provider = GoogleCloudProvider(
        project=settings.google_cloud_project,
        location=settings.llm_location,
        base_url=settings.llm_base_url,
        retry_options=HttpRetryOptions(attempts=1),
    )
    return GoogleModel(settings.llm_model_name, provider=provider)


def _openai(settings: Settings) -> "Model":
    """Any endpoint that speaks OpenAI's chat completions."""
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    client = AsyncOpenAI(base_url=settings.llm_base_url, api_key=key, max_retries=0)
    provider = OpenAICompatibleProvider("configured", openai_client=client)
    return OpenAIChatModel(settings.llm_model_name, provider=provider)
