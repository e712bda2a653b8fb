"""What anybody may know of an agency: its name, colour and logo, for the log-in page."""

from fastapi import APIRouter, Request, Response

from tembea.kernel.context import Context, system_context
from tembea.kernel.db import Db
from tembea.kernel.errors import NotFound
from tembea.kernel.web import DbDep, Public, Wire
from tembea.tenants import store
from tembea.tenants.model import TenantKey

router = APIRouter(tags=["branding"])

PLATFORM_ACCENT = "#0f766e"
_INERT = "default-src 'none'; style-src 'unsafe-inline'"  # an SVG opened alone runs no script


class BrandingOut(Wire):
    """The face of an agency; `tenant_id` is null for the platform's own."""

    tenant_id: str | None
    name: str
    accent: str
    logo_url: str | None


@router.get("/api/v1/branding")
async def branding(ctx: Public, db: DbDep, request: Request) -> BrandingOut:
    """The agency that `X-Client-ID` names, else the installation's default one, else the platform."""
    wanted = request.headers.get("x-client-id") or request.app.state.settings.client_id
    key = await _find_active(db, ctx, wanted)
    if key is None:
        return BrandingOut(tenant_id=None, name="Tembea", accent=PLATFORM_ACCENT, logo_url=None)
    async with db.read(system_context(key.tenant_id, key.tenant, request_id=ctx.request_id)) as read:
        tenant = await store.get_tenant(read)
        has_logo = await store.get_asset(read, "logo") is not None
    return BrandingOut(
        tenant_id=tenant.slug,
        name=tenant.name,
        accent=tenant.config.branding.accent,
        logo_url=f"/api/v1/branding/{tenant.slug}/logo" if has_logo else None,
    )


@router.get("/api/v1/branding/{tenant_id}/logo", responses={200: {"content": {"image/*": {}}}})
async def logo(ctx: Public, db: DbDep, tenant_id: str) -> Response:
    """An agency's logo."""
    key = await _find_active(db, ctx, tenant_id)
    if key is None:
        raise NotFound
    async with db.read(system_context(key.tenant_id, key.tenant)) as read:
        asset = await store.get_asset(read, "logo")
    if asset is None:
        raise NotFound
    headers = {"Cache-Control": "public, max-age=300", "Content-Security-Policy": _INERT}
    return Response(asset.content, media_type=asset.content_type, headers=headers)


async def _find_active(db: Db, ctx: Context, slug: str) -> TenantKey | None:
    if "\x00" in slug:
        return None
    async with db.read(ctx) as read:
        key = await store.find_tenant_by_slug(read, slug)
    return key if key is not None and key.status == "active" else None
