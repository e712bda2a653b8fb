"""The settings of the inbox over HTTP: the web form with the line to copy, and the agency's working days."""

from datetime import date
from html import escape
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import Field, ValidationError

from tembea.inbox import setting_up
from tembea.kernel.db import Read
from tembea.kernel.errors import FieldError, Invalid
from tembea.kernel.web import NO_NUL, Admin, ReadDep, Staff, TxDep, Wire
from tembea.settings import Settings
from tembea.tenants import WebForm, WorkingDays, get_tenant, is_managed

router = APIRouter(prefix="/api/v1/settings", tags=["settings"])

_Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_Text = Annotated[str, Field(max_length=1_000, pattern=NO_NUL)]


class WebFormIn(Wire):
    """Which pages may send the form, as `https://www.agency.example`; none switches it off."""

    origins: Annotated[list[_Text], Field(max_length=20)]
    consent: _Text = ""
    privacy_url: _Text = ""


class WebFormOut(Wire):
    """The form as it stands. `snippet` is the line for the agency's page; `managed_by_file`: read-only here."""

    is_on: bool
    origins: list[str]
    consent: str
    privacy_url: str
    snippet: str
    managed_by_file: bool


class WorkingDaysIn(Wire):
    """The days of the week on which the agency works, and the days on which it does not."""

    days: Annotated[list[_Day], Field(min_length=1, max_length=7)]
    holidays: Annotated[list[date], Field(max_length=400)] = Field(default_factory=list[date])


class WorkingDaysOut(WorkingDaysIn):
    """The agency's working days; `managed_by_file`: read-only here."""

    managed_by_file: bool


@router.get("/web-form")
async def get_web_form(_: Staff, request: Request, read: ReadDep) -> WebFormOut:
    """The enquiry form for the agency's own pages."""
    return await _web_form(request, read)


@router.put("/web-form")
async def put_web_form(_: Admin, request: Request, tx: TxDep, body: WebFormIn) -> WebFormOut:
    """Switch the form on for these pages, or off with none."""
    try:
        form = WebForm.model_validate(body.model_dump())
    except ValidationError as error:
        errors = [
            FieldError(f"body.{'.'.join(map(str, one['loc']))}", _MENDS[str(one["loc"][0])]) for one in error.errors()
        ]
        raise Invalid("Please correct what is marked.", errors=errors) from error
    await setting_up.change_web_form(tx, form)
    return await _web_form(request, tx)


_MENDS = {
    "origins": "Write each as https://www.agency.example, without a path.",
    "consent": "Use at most 1000 characters.",
    "privacy_url": "Write the whole address, beginning with https://.",
}


@router.get("/working-days")
async def get_working_days(_: Staff, read: ReadDep) -> WorkingDaysOut:
    """When the agency works: nobody is given an enquiry on any other day."""
    return await _working_days(read)


@router.put("/working-days")
async def put_working_days(_: Admin, tx: TxDep, body: WorkingDaysIn) -> WorkingDaysOut:
    """Set when the agency works."""
    days, holidays = tuple(dict.fromkeys(body.days)), tuple(sorted(set(body.holidays)))
    await setting_up.change_working_days(tx, WorkingDays(days=days, holidays=holidays))
    return await _working_days(tx)


async def _web_form(request: Request, read: Read) -> WebFormOut:
    settings: Settings = request.app.state.settings
    tenant = await get_tenant(read)
    form, src = tenant.config.web_form, escape(f"{settings.base_url}/f/{tenant.slug}.js")
    return WebFormOut(
        is_on=bool(form.origins),
        origins=list(form.origins),
        consent=form.consent,
        privacy_url=form.privacy_url,
        snippet=f'<script src="{src}" async></script>',
        managed_by_file=await is_managed(read, "web_form"),
    )


async def _working_days(read: Read) -> WorkingDaysOut:
    working = (await get_tenant(read)).config.working
    managed = await is_managed(read, "working")
    return WorkingDaysOut(days=list(working.days), holidays=list(working.holidays), managed_by_file=managed)
