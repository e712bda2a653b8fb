"""What an administrator sets of the inbox: the web form, and the days on which the agency works."""

from tembea import audit
from tembea.kernel.db import Tx
from tembea.tenants import WebForm, WorkingDays, change_setting, get_tenant


async def change_web_form(tx: Tx, form: WebForm) -> None:
    """Name the pages that may send the form, or none to switch it off. Raises `ManagedByFile`."""
    before = (await get_tenant(tx)).config.web_form
    await change_setting(tx, "web_form", form)
    await _audit(tx, "settings.web_form_changed", before, form)


async def change_working_days(tx: Tx, working: WorkingDays) -> None:
    """Set the agency's working days and holidays. Raises `ManagedByFile`."""
    before = (await get_tenant(tx)).config.working
    await change_setting(tx, "working", working)
    await _audit(tx, "settings.working_days_changed", before, working)


async def _audit(tx: Tx, action: str, before: WebForm | WorkingDays, after: WebForm | WorkingDays) -> None:
    subject, was, now = str(tx.ctx.tenant_uuid), before.model_dump(mode="json"), after.model_dump(mode="json")
    await audit.record(tx, action, subject_kind="settings", subject_id=subject, before=was, after=now)
