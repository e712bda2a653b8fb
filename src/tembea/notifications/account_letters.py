"""Mails about accounts: an invitation, and a link to choose a new password, with the agency's name, logo and colour.

The secret stands behind the `#` of the link: browsers do not send that part to servers or tell it to other pages.
"""

from dataclasses import dataclass
from html import escape
from uuid import UUID

from tembea.kernel.colour import text_on
from tembea.kernel.context import Context
from tembea.kernel.db import Db
from tembea.notifications.compose import LOGO_ID
from tembea.notifications.model import MailKind, NewMail
from tembea.notifications.service import queue_mail_now
from tembea.tenants import Tenant, get_asset, get_tenant
from tembea.users import MailedLink, write_invitation, write_reset


@dataclass(frozen=True, slots=True)
class _Words:
    subject: str
    lines: tuple[str, ...]
    button: str
    small: str


async def mail_invitation(ctx: Context, db: Db, base_url: str, invitation_id: UUID) -> None:
    """Write the mail of an invitation, with a new link; nothing where it is not open any more."""
    async with db.tx(ctx) as tx:
        tenant = await get_tenant(tx)
        link = await write_invitation(tx, invitation_id)
        if link is not None:
            has_logo = await get_asset(tx, "logo") is not None
            url = f"{base_url}/invitation#{link.token}"
            await queue_mail_now(tx, tenant, _mail(tenant, link, _invited(tenant, link), url, has_logo=has_logo))


async def mail_reset(ctx: Context, db: Db, base_url: str, reset_id: UUID) -> None:
    """Write the mail with the link to choose a new password; nothing where it does not count any more."""
    async with db.tx(ctx) as tx:
        tenant = await get_tenant(tx)
        link = await write_reset(tx, reset_id)
        if link is not None:
            has_logo = await get_asset(tx, "logo") is not None
            url = f"{base_url}/new-password#{link.token}"
            await queue_mail_now(tx, tenant, _mail(tenant, link, _forgotten(tenant), url, has_logo=has_logo))


def _invited(tenant: Tenant, link: MailedLink) -> _Words:
    return _Words(
        subject=f"Join {tenant.name} on Tembea",
        lines=(f"{link.invited_by} asks you to join {tenant.name}.", "Choose a password, and you are in."),
        button="Accept the invitation",
        small="This link works once, for a week. If you did not expect it, you need not do anything.",
    )


def _forgotten(tenant: Tenant) -> _Words:
    return _Words(
        subject=f"Choose a new password for {tenant.name}",
        lines=("Somebody, probably you, asked for a new password for your account.",),
        button="Choose a new password",
        small="This link works once, for an hour. If it was not you, you need not do anything: your password stays.",
    )


def _mail(tenant: Tenant, link: MailedLink, words: _Words, url: str, *, has_logo: bool) -> NewMail:
    greeting = f"Hello {link.name}," if link.name else "Hello,"
    text = "\n\n".join((greeting, *words.lines, f"{words.button}:\n{url}", words.small, tenant.name)) + "\n"
    return NewMail(
        kind=MailKind.ACCOUNT,
        to_address=link.email,
        to_name=link.name,
        subject=words.subject,
        text=text,
        html=_html(tenant, greeting, words, url, has_logo=has_logo),
    )


def _html(tenant: Tenant, greeting: str, words: _Words, url: str, *, has_logo: bool) -> str:
    accent = tenant.config.branding.accent
    name = escape(tenant.name)
    head = f'<img src="cid:{LOGO_ID}" alt="{name}" height="40">' if has_logo else f"<strong>{name}</strong>"
    lines = "".join(f'<p style="margin:0 0 16px">{escape(line)}</p>' for line in (greeting, *words.lines))
    button = (
        f'<a href="{escape(url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;'
        f'background:{accent};color:{text_on(accent)};text-decoration:none;font-weight:600">{escape(words.button)}</a>'
    )
    return (
        '<!doctype html><html lang="en"><body style="margin:0;padding:32px 16px;background:#f6f5f3">'
        '<div style="max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border-radius:10px;'
        'font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1c1b1a">'
        f'<div style="margin:0 0 24px">{head}</div>{lines}<p style="margin:24px 0">{button}</p>'
        f'<p style="margin:0;font-size:13px;color:#6b6865">{escape(words.small)}</p></div></body></html>'
    )
