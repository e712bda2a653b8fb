"""An agency's enquiry form over HTTP: its script, and where it is sent, for pages of other origins alone."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, cast
from urllib.parse import urlsplit

from fastapi import APIRouter, Header, Request, Response
from fastapi.routing import APIRoute
from pydantic import EmailStr, Field, StringConstraints
from starlette.types import Message, Receive, Scope, Send

from tembea.inbox.web_form import (
    FILL_MIN_S,
    FORMS,
    Filled,
    WebForm,
    check_origin,
    check_stamp,
    check_trip,
    consent_of,
    find_form,
    new_stamp,
    take_in,
)
from tembea.inbox.web_form_words import DEFAULT_LANGUAGE, WORDS, words_of
from tembea.kernel.colour import readable_on, text_on
from tembea.kernel.idempotency import HEADER, KEY_MAX_CHARS
from tembea.kernel.web import NO_NUL, DbDep, Public, Wire, db_of, public
from tembea.settings import Settings

router = APIRouter(tags=["web form"])

_SCRIPT = (Path(__file__).parent / "web_form.js").read_text(encoding="utf-8")
_PLACE = "__FORM__"

_Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", strip_whitespace=True)]
_Key = Annotated[str, Field(min_length=1, max_length=KEY_MAX_CHARS, pattern=r"^[\x21-\x7e]+$")]


class FormRoute(APIRoute):
    """A route for pages of other origins: whose form it is and which page asks is decided before anything is read, and
    the page may read every answer, refusals too (Fetch, CORS protocol)."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises `FormOff` and `OriginRefused`."""
        request = Request(scope, receive)
        form = await find_form(db_of(request), await public(request), str(request.path_params["tenant"]))
        origin = request.headers.get("origin", "")
        check_origin(form, origin)
        request.state.web_form = form

        async def send_readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                allowed = [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]
                message["headers"] = [*message.get("headers", ()), *allowed]
            await send(message)

        await super().handle(scope, receive, send_readable)


answers = APIRouter(tags=["web form"], route_class=FormRoute)


class FormIn(Wire):
    """What a customer wrote. `stamp` is the script's, from when it was loaded; `website` stays empty."""

    name: Annotated[_Line, Field(min_length=1)]
    email: EmailStr
    phone: Annotated[_Line, Field(max_length=40)] = ""
    destination: _Line = ""
    arrival: date | None = None
    back: date | None = Field(default=None, description="The day of the journey home")
    adults: Annotated[int, Field(ge=1, le=50)] | None = None
    children_ages: Annotated[tuple[Annotated[int, Field(ge=0, le=17)], ...], Field(max_length=20)] = ()
    budget: Annotated[_Line, Field(max_length=100)] = ""
    message: Annotated[str, StringConstraints(max_length=5_000, pattern=NO_NUL, strip_whitespace=True)] = ""
    consent: Literal[True]
    language: Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")] = DEFAULT_LANGUAGE
    stamp: Annotated[str, Field(max_length=100, pattern=r"^[0-9]+\.[0-9a-f]+$")]
    website: Annotated[str, Field(max_length=1_000)] = ""


class FormTakenOut(Wire):
    """The enquiry is stored and will be read in a moment; sent twice, it is stored once."""

    status: Literal["received"] = "received"


@router.get("/f/{tenant}.js", responses={200: {"content": {"text/javascript": {}}}})
async def script(ctx: Public, request: Request, db: DbDep, tenant: str) -> Response:
    """The script that draws the form where a page names it. A form that is switched off has none."""
    settings: Settings = request.app.state.settings
    form = await find_form(db, ctx, tenant)
    shown = json.dumps(_shown(form, new_stamp(settings.installation_secret, tenant)))
    # Its stamp is of this moment: a kept copy would be too old to send one day.
    headers = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(_SCRIPT.replace(_PLACE, shown, 1), media_type="text/javascript", headers=headers)


@answers.options("/f/{tenant}/enquiries", include_in_schema=False, status_code=204)
async def preflight(_: Public, tenant: str) -> Response:
    """What a page of the agency may send here."""
    del tenant
    allowed = {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": f"Content-Type, {HEADER}",
        "Access-Control-Max-Age": "600",
    }
    return Response(status_code=204, headers=allowed)


@answers.post("/f/{tenant}/enquiries", status_code=202)
async def send_form(
    _: Public,
    request: Request,
    db: DbDep,
    tenant: str,
    body: FormIn,
    key: Annotated[_Key | None, Header(alias=HEADER, description="The same for the same form sent again")] = None,
) -> FormTakenOut:
    """Take an enquiry from a page that the agency names in its settings; it is read the same way as a mail."""
    form = cast("WebForm", request.state.web_form)
    filled = Filled(**body.model_dump(exclude={"consent", "stamp"}))
    if filled.website:
        FORMS.labels("honeypot").inc()
        return FormTakenOut()
    settings: Settings = request.app.state.settings
    check_stamp(settings.installation_secret, tenant, body.stamp)
    check_trip(form, filled)
    async with db.tx(form.ctx) as tx:
        became = await take_in(tx, form, filled, key=key, page=_page_of(request))
    FORMS.labels(became).inc()
    return FormTakenOut()


def _page_of(request: Request) -> str:
    """The page without its query, which may name people."""
    page = urlsplit(request.headers.get("referer", ""))
    return f"{request.headers['origin']}{page.path if page.netloc else ''}"[:500]


def _shown(form: WebForm, stamp: str) -> dict[str, object]:
    """All that the script needs; it is public."""
    config, slug = form.tenant.config, form.tenant.slug
    known = [language for language in config.languages if language.partition("_")[0] in WORDS] or [DEFAULT_LANGUAGE]
    names = {"agency": config.company.name, "email": config.company.email or config.mail.sender_address}
    accent = readable_on(config.branding.accent)
    return {
        "path": f"/f/{slug}/enquiries",
        "slug": slug,
        "stamp": stamp,
        "wait_ms": FILL_MIN_S * 1_000,
        "accent": accent,
        "on_accent": text_on(accent),
        "privacy_url": form.tenant.config.web_form.privacy_url,
        "destinations": [place.name for place in config.destinations][:100],
        "languages": known,
        "words": {
            language: {name: word.format_map(names) for name, word in words_of(language).items()}
            | {"consent": consent_of(form, language)}
            for language in known
        },
    }


router.include_router(answers)
