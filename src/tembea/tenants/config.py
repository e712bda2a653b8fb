"""An agency's configuration: one strict form for the file `clients/<tenant>/config.yaml` and for the database.

Unknown keys are errors, secrets come from the environment as `${NAME}`, and every error names file, line and key.
"""

import os
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self, cast
from zoneinfo import ZoneInfo, available_timezones

from babel.core import Locale, UnknownLocaleError
from babel.numbers import list_currencies
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    ValidationError,
    model_validator,
)

from tembea.kernel.errors import AppError
from tembea.kernel.yaml_text import YamlError, line_of, load_yaml


class ConfigError(AppError):
    """A configuration file that cannot be used; `detail` names file, line, key and what to do."""

    status = 422
    code = "invalid_configuration"
    title = "The configuration needs correcting"


# Both walk files each time they are asked.
_zones = cache(available_timezones)
_currencies = cache(list_currencies)


def _known_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("use an IANA time zone such as Africa/Johannesburg")
    return name


def _known_currency(code: str) -> str:
    if code not in _currencies():
        raise ValueError("use an ISO 4217 currency code such as ZAR")
    return code


def _known_language(code: str) -> str:
    try:
        Locale.parse(code)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError("use a language code such as en or af") from error
    return code


Zone = Annotated[str, AfterValidator(_known_zone)]
Currency = Annotated[str, AfterValidator(_known_currency)]
Language = Annotated[str, AfterValidator(_known_language)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")]
Text = Annotated[str, Field(min_length=1, max_length=200)]
LongText = Annotated[str, Field(min_length=1, max_length=2_000)]
Percent = Annotated[Decimal, Field(ge=0, lt=1_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Company(_Strict):
    """Who the agency is; printed on quotes, invoices and mails."""

    name: Text
    legal_name: str = ""
    registration: str = ""
    vat_number: str = ""
    address: tuple[Text, ...] = Field(default=(), max_length=6)
    phone: str = ""
    email: EmailStr | None = None
    website: str = ""


class Branding(_Strict):
    """How the agency looks. `accent` colours rules and totals; `logo` is a PNG or JPEG beside the file."""

    accent: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#0f766e"
    logo: str | None = None


class Destination(_Strict):
    """A place that the agency sells, and the other names it goes by."""

    name: Text
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,5}$")]
    aliases: tuple[Text, ...] = Field(default=(), max_length=100)


class MailSender(_Strict):
    """Whom the agency's mails come from, and how long each can be taken back before it leaves."""

    sender_name: str = ""
    sender_address: EmailStr
    reply_to: EmailStr | None = None
    undo_window_s: Annotated[int, Field(ge=0, le=300, description="seconds until a mail leaves; 0: at once")] = 0


class Banking(_Strict):
    """Where customers pay."""

    account_name: Text
    bank: Text
    account_number: str = ""
    branch_code: str = ""
    iban: str = ""
    swift: str = ""


class Markup(_Strict):
    """What the agency adds: a percentage on cost, a margin on the selling price, or a fixed amount an option."""

    kind: Literal["markup_on_cost", "margin_on_sell", "fixed"] = "markup_on_cost"
    percent: Percent = Decimal(0)
    amount: Annotated[Decimal, Field(ge=0)] = Decimal(0)

    @model_validator(mode="after")
    def _margin_below_one_hundred(self) -> Self:
        if self.kind == "margin_on_sell" and self.percent >= 100:
            raise ValueError("a margin on the selling price stays below 100 percent")
        return self


class MarkupFor(Markup):
    """A markup for one hotel, for one kind of line, or for both; the nearer rule goes before `quotes.markup`."""

    hotel: Text | None = None
    line: Literal["accommodation", "transfer", "activity", "flight"] | None = None

    @model_validator(mode="after")
    def _says_what_for(self) -> Self:
        if self.hotel is None and self.line is None:
            raise ValueError("say what the markup is for: a hotel, a line, or both; quotes.markup is for all the rest")
        return self


class Rounding(_Strict):
    """Presentation rounding of a total, shown as its own line: to a multiple of `to`, up or to the nearest."""

    to: Annotated[Decimal, Field(gt=0)]
    mode: Literal["up", "nearest"] = "up"


class SalesTax(_Strict):
    """A sales tax that the agency charges: on the whole selling price, or on its markup alone."""

    name: Text
    percent: Percent
    base: Literal["sell", "markup"] = "markup"


class Exchange(_Strict):
    """How contracts in other currencies are sold: in which currency, by the rate of which day, with which buffer."""

    sell_in: Literal["contract", "own"] = "contract"
    policy: Literal["quote_date", "booking_date"] = "quote_date"
    buffer_percent: Annotated[Decimal, Field(ge=0, le=50)] = Decimal(0)
    max_age_days: Annotated[int, Field(ge=0, le=366, description="older rates are refused")] = 7


class QuotePolicy(_Strict):
    """How quotes are made and sent."""

    auto_send: bool = Field(default=False, description="send by itself; the two bounds below narrow it")
    auto_send_up_to: Annotated[Decimal, Field(gt=0)] | None = Field(
        default=None, description="only where every option costs at most this, in the agency's currency"
    )
    auto_send_confidence: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0, description="only where the enquiry was understood at least this surely"
    )
    nearest: Literal["off", "draft", "send"] = Field(
        default="draft",
        description="an enquiry that nothing fits gets no quote, the nearest stay as a draft, or that sent like others",
    )
    cover_text: Literal["template", "model"] = Field(default="template", description="who writes the opening words")
    max_options: Annotated[int, Field(ge=1, le=5)] = 3
    validity_days: Annotated[int, Field(ge=1, le=365)] = 14
    deposit_percent: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(0)
    markup: Markup = Markup()
    markups: tuple[MarkupFor, ...] = Field(default=(), max_length=500)
    rounding: Rounding | None = None
    sales_tax: SalesTax | None = None
    fx: Exchange = Exchange()
    terms: tuple[LongText, ...] = Field(default=(), max_length=20)


class WorkingDays(_Strict):
    """When the agency works: nobody is given an enquiry, and no customer reminded, on any other day."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = Field(
        default=("mon", "tue", "wed", "thu", "fri"), min_length=1, max_length=7
    )
    holidays: tuple[date, ...] = Field(default=(), max_length=400)


class Assumptions(_Strict):
    """What is assumed where a customer leaves it out; the evidence names each assumption."""

    from_history: bool = Field(default=False, description="as many adults as on the last trip, if that had no child")
    adults: Annotated[int, Field(ge=1, le=20)] | None = None
    nights: Annotated[int, Field(ge=1, le=60)] | None = None


class Reminders(_Strict):
    """How customers are reminded of a quote that they have not answered. `times` 0: not at all."""

    times: Annotated[int, Field(ge=0, le=2)] = 0
    after_days: Annotated[int, Field(ge=1, le=30, description="working days of silence before each")] = 3


class InboxPolicy(_Strict):
    """What happens with enquiries and answers without a person."""

    round_robin: bool = Field(default=True, description="give each enquiry to the next consultant at work")
    accept_by_mail: bool = Field(default=True, description="a customer's yes in the thread accepts the quote")
    revise_by_mail: bool = Field(default=True, description="a change in the thread makes the next version")
    ask_by_mail: bool = Field(default=False, description="asks what is missing, once, where quotes go by themselves")
    assume: Assumptions = Assumptions()
    reminders: Reminders = Reminders()


def _as_origin(address: object) -> object:
    """An address as browsers write it in `Origin`: small letters, no path, no port that goes without saying."""
    if not isinstance(address, str):
        return address
    origin = address.strip().lower().removesuffix("/")
    usual = {"https://": ":443", "http://": ":80"}
    return origin.removesuffix(next((port for scheme, port in usual.items() if origin.startswith(scheme)), "/"))


Origin = Annotated[
    str, BeforeValidator(_as_origin), Field(pattern=r"^https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?$", max_length=270)
]


class WebForm(_Strict):
    """The enquiry form on the agency's own pages. Only pages of these origins may send it; without one it is off."""

    origins: tuple[Origin, ...] = Field(default=(), max_length=20, description="such as https://www.agency.example")
    consent: Annotated[str, Field(max_length=1_000, description="what customers agree to; ours where empty")] = ""
    privacy_url: Annotated[str, Field(max_length=500, pattern=r"^(https?://[^\s<>\"\x00]+)?$")] = ""


class Limits(_Strict):
    """Rate limits and daily quotas; the defaults are the platform's."""

    api: Annotated[int, Field(ge=1, le=1_000_000, description="requests a minute")] = 600
    user: Annotated[
        int | None, Field(ge=1, le=1_000_000, description="requests a minute of one person, if bounded")
    ] = None
    quote_generation: Annotated[int, Field(ge=1, le=1_000_000, description="quotes an hour")] = 200
    helpdesk_chat: Annotated[int, Field(ge=1, le=1_000_000, description="messages an hour")] = 1_200
    daily_quotes: Annotated[int, Field(ge=0, le=1_000_000, description="quotes a day, tenant's zone")] = 1_000
    daily_emails: Annotated[int, Field(ge=0, le=1_000_000, description="mails a day, tenant's zone")] = 1_500
    daily_llm_tokens: Annotated[
        int, Field(ge=0, le=10_000_000_000, description="tokens a day of the language model; 0: it reads nothing")
    ] = 2_000_000
    daily_llm_cost_cents: Annotated[
        int, Field(ge=0, le=10_000_000, description="US cents a day for the language model; 0: it reads nothing")
    ] = 500


class Security(_Strict):
    """How people sign in. `require_second_factor`: everybody needs an authenticator app beside the password."""

    require_second_factor: bool = False


class Consultant(_Strict):
    """A person of the agency; accounts are made for them by `tembea tenant sync`, without a password."""

    name: Text
    email: EmailStr
    phone: str = ""
    role: Literal["admin", "consultant"] = "consultant"


class KnowledgeFile(_Strict):
    """A page of the agency's own knowledge, in a file beside the configuration."""

    title: Text
    file: Text


class TenantConfig(_Strict):
    """Everything that makes an agency itself."""

    company: Company
    country: Country
    time_zone: Zone
    currency: Currency
    languages: tuple[Language, ...] = Field(default=("en",), min_length=1, max_length=12)
    branding: Branding = Branding()
    destinations: tuple[Destination, ...] = Field(default=(), max_length=500)
    addresses: tuple[EmailStr, ...] = Field(default=(), max_length=50)
    mail: MailSender
    banking: Banking | None = None
    quotes: QuotePolicy = QuotePolicy()
    working: WorkingDays = WorkingDays()
    inbox: InboxPolicy = InboxPolicy()
    web_form: WebForm = WebForm()
    limits: Limits = Limits()
    security: Security = Security()
    consultants: tuple[Consultant, ...] = Field(default=(), max_length=500)
    knowledge: tuple[KnowledgeFile, ...] = Field(default=(), max_length=500)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        _refuse_twice("destinations", [place.name.casefold() for place in self.destinations])
        _refuse_twice("consultants", [person.email.casefold() for person in self.consultants])
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The agency's time zone."""
        return ZoneInfo(self.time_zone)


def _refuse_twice(key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{key}: “{name}” stands twice")


def config_schema() -> dict[str, object]:
    """The JSON Schema of the file."""
    return TenantConfig.model_json_schema()


def load_config(path: Path, environment: Mapping[str, str] = os.environ) -> TenantConfig:
    """Read and check one file; raises `ConfigError` with every mistake, each with its line and key."""
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file. Create it, or run “tembea tenant create”.")
    text = path.read_text(encoding="utf-8")
    try:
        content = load_yaml(text)
    except YamlError as error:
        raise ConfigError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise ConfigError(f"{path}:1: the file holds keys and values, starting with “company:”.")
    try:
        return TenantConfig.model_validate(_expand(cast("object", content), environment))
    except _MissingVariableError as error:
        raise ConfigError(f"{path}: {error}") from error
    except ValidationError as error:
        problems = (f"{path}:{line_of(text, e['loc'])}: {_dotted(e['loc'])}: {e['msg']}" for e in error.errors())
        raise ConfigError("\n".join(problems)) from error


def parse_config(content: Mapping[str, object], *, origin: str) -> TenantConfig:
    """Check a configuration that did not come from a file; raises `ConfigError` naming `origin` and each key."""
    try:
        return TenantConfig.model_validate(content)
    except ValidationError as error:
        problems = (f"{origin}: {_dotted(e['loc'])}: {e['msg']}" for e in error.errors())
        raise ConfigError("\n".join(problems)) from error


class _MissingVariableError(Exception):
    pass


_VARIABLE = re.compile(r"\$\{([A-Z_][A-Z0-9_]*)\}")


def _expand(value: object, environment: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _expand(item, environment) for key, item in cast("dict[object, object]", value).items()}
    if isinstance(value, list):
        return [_expand(item, environment) for item in cast("list[object]", value)]
    return _VARIABLE.sub(lambda found: _variable(found[1], environment), value) if isinstance(value, str) else value


def _variable(name: str, environment: Mapping[str, str]) -> str:
    if name not in environment:
        raise _MissingVariableError(f"${{{name}}} is not set. Set the environment variable {name}.")
    return environment[name]


def _dotted(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc) or "the whole file"
