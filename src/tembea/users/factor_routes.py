"""One's second factor over HTTP: set it up, turn it off, make new recovery codes."""

from io import BytesIO
from typing import Annotated

import segno
from fastapi import APIRouter, Request, Response
from pydantic import Field

from tembea.kernel.web import DbDep, Oneself, Wire, caller_of
from tembea.users import factor_store, second_factor, store
from tembea.users.doors import front_desk_of, own_context, person_of

router = APIRouter(prefix="/api/v1/auth/second-factor", tags=["auth"])

ISSUER = "Tembea"


class SecondFactorOut(Wire):
    """Whether signing in asks for a code; `required`: the agency wants one from everybody."""

    enabled: bool
    required: bool
    recovery_codes_left: int


class EnrolmentOut(Wire):
    """For the authenticator app: scan `qr_svg`, or type `secret`. Shown this once."""

    secret: str
    uri: str
    qr_svg: str


class CodeIn(Wire):
    """A code of the app or, where it says so, a recovery code."""

    code: Annotated[str, Field(min_length=6, max_length=40)]


class RecoveryCodesOut(Wire):
    """Each signs in once, when the phone is gone. Shown this once."""

    recovery_codes: list[str]


@router.get("")
async def read_second_factor(ctx: Oneself, db: DbDep, request: Request) -> SecondFactorOut:
    """How the person's second factor stands."""
    async with db.read(own_context(ctx)) as read:
        on = await second_factor.is_on(read, person_of(ctx))
        left = await factor_store.count_recovery_codes(read, person_of(ctx))
    return SecondFactorOut(enabled=on, required=caller_of(request).must_enrol, recovery_codes_left=left)


@router.post("/enrol")
async def enrol(ctx: Oneself, db: DbDep, request: Request, response: Response) -> EnrolmentOut:
    """Begin with a new secret. It counts once a code of it was confirmed."""
    response.headers["Cache-Control"] = "no-store"
    async with db.tx(own_context(ctx)) as tx:
        user = await store.get_user(tx, person_of(ctx))
        begun = await second_factor.enrol(tx, front_desk_of(request).box, user.id, email=user.email, issuer=ISSUER)
    return EnrolmentOut(secret=begun.secret, uri=begun.uri, qr_svg=_qr_code(begun.uri))


def _qr_code(text: str) -> str:
    """An SVG that stands alone: with its namespace, so that it can be a picture's address."""
    svg = BytesIO()
    segno.make(text).save(svg, kind="svg", xmldecl=False, scale=4, border=2)
    return svg.getvalue().decode()


@router.post("/confirm")
async def confirm(ctx: Oneself, db: DbDep, request: Request, response: Response, body: CodeIn) -> RecoveryCodesOut:
    """Turn it on with a first code."""
    response.headers["Cache-Control"] = "no-store"
    async with db.tx(own_context(ctx)) as tx:
        codes = await second_factor.confirm(tx, front_desk_of(request).box, person_of(ctx), body.code)
    return RecoveryCodesOut(recovery_codes=codes)


@router.post("/recovery-codes")
async def renew_recovery_codes(
    ctx: Oneself, db: DbDep, request: Request, response: Response, body: CodeIn
) -> RecoveryCodesOut:
    """Ten new recovery codes; those before stop counting."""
    response.headers["Cache-Control"] = "no-store"
    async with db.tx(own_context(ctx)) as tx:
        codes = await second_factor.renew_recovery_codes(tx, front_desk_of(request).box, person_of(ctx), body.code)
    return RecoveryCodesOut(recovery_codes=codes)


@router.post("/disable", status_code=204)
async def disable(ctx: Oneself, db: DbDep, request: Request, body: CodeIn) -> None:
    """Sign in with the password alone from now on."""
    async with db.tx(own_context(ctx)) as tx:
        await second_factor.turn_off(tx, front_desk_of(request).box, person_of(ctx), body.code)
