"""The enquiry form that an agency puts on its own pages: which pages may send it, what stops machines, what is stored.

What is accepted is an enquiry like any other, stored as a message and read the same way. What a machine gave away by
filling the field that nobody sees is answered as if it were accepted, kept nowhere, and counted.
"""

import hashlib
import hmac
import re
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from prometheus_client import Counter

from tembea import audit
from tembea.inbox import store
from tembea.inbox.model import NewEnquiry
from tembea.inbox.service import add_enquiry_once
from tembea.inbox.web_form_words import words_of
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, RateLimited
from tembea.tenants import Tenant, find_tenant_by_slug, get_tenant, local_today

FILL_MIN_S = 3
"""Nobody fills in a form faster. The script waits for it, so that no person meets the refusal."""
A_DAY_MAX = 5
"""Forms a day that name the same reply address: whoever it is gets no more answers than that, asked for or not."""
STAMP_MAX_S = 2 * 86_400
"""A page that was left open for longer is loaded again before it sends."""
FORMS = Counter("tembea_web_forms", "Web forms that were sent, by what became of them", ["outcome"])
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")
_PURPOSE = b"tembea/web-form/1"

Sent = Literal["accepted", "duplicate", "honeypot"]


class FormOff(NotFound):
    """There is no form under this address: no such agency, or it names no page that may show one."""

    code = "form_off"
    title = "This form is switched off"

    def __init__(self) -> None:
        super().__init__(
            "There is no enquiry form here. An administrator of the agency switches it on under Settings, Web form, "
            "by naming the addresses of the pages that show it."
        )


class OriginRefused(Forbidden):
    """The page that sends the form is none of those that the agency names."""

    code = "origin_not_allowed"
    title = "This page may not send the form"


class TooFast(Conflict):
    """The form came back faster than a person writes."""

    code = "form_too_fast"
    title = "This was very quick"


class FormExpired(Conflict):
    """The form was not made by us, or too long ago."""

    code = "form_expired"
    title = "This form is too old"


@dataclass(frozen=True, slots=True)
class WebForm:
    """An agency's form, switched on. `ctx` is the platform acting for the agency."""

    ctx: Context
    tenant: Tenant

    @property
    def origins(self) -> tuple[str, ...]:
        """The pages that may show it, as browsers name them in `Origin`."""
        return self.tenant.config.web_form.origins


@dataclass(frozen=True, slots=True)
class Filled:
    """What a customer wrote into the form. `website` is the field that nobody sees."""

    name: str
    email: str
    phone: str
    destination: str
    arrival: date | None
    back: date | None
    adults: int | None
    children_ages: tuple[int, ...]
    budget: str
    message: str
    language: str
    website: str


async def find_form(db: Db, ctx: Context, slug: str) -> WebForm:
    """The form of an agency. Raises `FormOff`, which does not say whether there is such an agency."""
    if not _SLUG.fullmatch(slug):
        raise FormOff
    async with db.read(ctx) as read:
        key = await find_tenant_by_slug(read, slug)
    if key is None or key.status != "active":
        raise FormOff
    acting = ctx.acting_for(key.tenant_id, key.tenant)
    async with db.read(acting) as read:
        form = WebForm(acting, await get_tenant(read))
    if not form.origins:
        raise FormOff
    return form


def check_origin(form: WebForm, origin: str) -> None:
    """Raises `OriginRefused` for a page that the agency does not name, or for none."""
    if origin not in form.origins:
        FORMS.labels("foreign_origin").inc()
        raise OriginRefused(
            f"The page {origin[:200] or 'without an address'} is not among those that may send this form. "
            "An administrator of the agency adds it under Settings, Web form."
        )


def new_stamp(signing_key: bytes, slug: str) -> str:
    """When a form was made and for whom, so that nobody else can say it."""
    made_at = str(int(time.time()))
    return f"{made_at}.{_signed(signing_key, slug, made_at)}"


def check_stamp(signing_key: bytes, slug: str, stamp: str) -> None:
    """Raises `TooFast`, or `FormExpired` for one that is old or not ours."""
    made_at, _, signature = stamp.partition(".")
    is_ours = hmac.compare_digest(signature.encode(), _signed(signing_key, slug, made_at).encode())
    age_s = time.time() - int(made_at) if is_ours else None
    if age_s is None or age_s > STAMP_MAX_S:
        FORMS.labels("expired").inc()
        raise FormExpired("Please load the page again and send the form once more.")
    if age_s < FILL_MIN_S - 1:  # whole seconds were signed
        FORMS.labels("too_fast").inc()
        raise TooFast("Please send this again in a few seconds.", headers={"Retry-After": str(FILL_MIN_S)})


def _signed(signing_key: bytes, slug: str, made_at: str) -> str:
    key = hmac.digest(signing_key, _PURPOSE, "sha256")
    return hmac.digest(key, f"{slug}\n{made_at}".encode(), "sha256").hex()


def check_trip(form: WebForm, filled: Filled) -> None:
    """Raises `Invalid` for days that nobody can travel on."""
    today = local_today(form.tenant)
    errors = [
        FieldError(f"body.{name}", "Choose a day that is still to come.")
        for name, day in (("arrival", filled.arrival), ("back", filled.back))
        if day is not None and day < today
    ]
    if filled.arrival and filled.back and filled.back <= filled.arrival:
        errors.append(FieldError("body.back", "Choose a day after the arrival."))
    if errors:
        raise Invalid("Please correct the days of the trip.", errors=errors)


async def take_in(tx: Tx, form: WebForm, filled: Filled, *, key: str | None, page: str) -> Sent:
    """Store a form as an enquiry, once: by its key, and the same words of the same person once a day.

    Raises `RateLimited` for an address that has sent `A_DAY_MAX` others. What the customer agreed to is kept in the
    audit trail, sealed with the rest of what is theirs.
    """
    new = _enquiry(filled)
    words = hashlib.sha256(f"{new.from_email}\n{new.subject}\n{new.text}".encode()).hexdigest()
    once = hashlib.sha256(f"form\n{local_today(form.tenant)}\n{words}".encode()).hexdigest()
    sent = hashlib.sha256(f"{key or once}\n{words}".encode()).hexdigest()
    enquiry_id = await add_enquiry_once(tx, new, message_id=f"<{sent[:40]}@form.tembea.invalid>", dedupe_key=once)
    if enquiry_id is None:
        return "duplicate"
    if await store.count_web_enquiries(tx, filled.email, datetime.now(UTC) - timedelta(days=1)) > A_DAY_MAX:
        FORMS.labels("too_many").inc()
        raise RateLimited("This address has sent several enquiries today. Please write a mail instead.")
    await audit.record(
        tx,
        "enquiry.consented",
        subject_kind="enquiry",
        subject_id=str(enquiry_id),
        after={"consent": consent_of(form, filled.language), "page": page},
        person_id=enquiry_id,
    )
    return "accepted"


def consent_of(form: WebForm, language: str) -> str:
    """What a customer agrees to by sending: the agency's words, else the platform's."""
    config = form.tenant.config
    return config.web_form.consent or words_of(language)["consent"].format(agency=config.company.name)


def _enquiry(filled: Filled) -> NewEnquiry:
    words = words_of(filled.language)
    answers = {
        "destination": filled.destination,
        "arrival": filled.arrival.isoformat() if filled.arrival else "",
        "back": filled.back.isoformat() if filled.back else "",
        "adults": str(filled.adults or ""),
        "children": str(len(filled.children_ages) or ""),
        "ages": ", ".join(map(str, sorted(filled.children_ages))),
        "budget": filled.budget,
        "message": filled.message,
        # Last, as in a mail: what stands below a telephone number is taken for a signature.
        "name": filled.name,
        "email": filled.email,
        "phone": filled.phone,
    }
    text = "\n".join(f"{words[name]}: {answer}" for name, answer in answers.items() if answer)
    subject = f"{words['subject']}: {filled.destination}" if filled.destination else words["subject"]
    return NewEnquiry("web", text, filled.name, filled.email, filled.phone or None, subject)
