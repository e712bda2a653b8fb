"""Signing in: where passwords are checked, one after the other, and sessions begin."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from tembea.kernel.context import Context, Role
from tembea.kernel.db import Db, Tx
from tembea.kernel.ids import new_id
from tembea.kernel.passwords import TooManyPasswords
from tembea.kernel.secret_box import SecretBox
from tembea.kernel.tokens import TokenSigner
from tembea.providers.identity import IdentityProvider, KnownAccount
from tembea.users import second_factor, session_store, store
from tembea.users.model import (
    CodeRequired,
    InvalidCode,
    InvalidCredentials,
    Login,
    SignedInUser,
    TenantRequired,
    TooManyAttempts,
    find_link,
    new_link,
)
from tembea.users.sessions import claims_of
from tembea.users.throttle import Throttle

AT_ONCE = 2
"""Log-ins that are looked at at the same time, so that a storm of them leaves the connections to other requests."""

WAITING_MAX = 1_000
FAILS_AFTER_S = 0.3
"""A refusal takes at least this long, whatever was or was not found: its timing tells nothing."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at the door. `remembered` is the refresh token that their browser still holds, if any."""

    email: str
    password: str
    tenant: str | None = None
    code: str | None = None
    user_agent: str = ""
    address: str = ""
    remembered: str = ""

    @property
    def account(self) -> str:
        """The address as it is counted: the database does not heed letter case either."""
        return self.email.casefold()

    @property
    def browser(self) -> str:
        """The session whose token the browser holds, as a place of its own; empty where it holds none."""
        token = find_link(self.remembered)
        return f"session {token.row_id}" if token else ""


class FrontDesk:
    """One a process: takes log-ins in turn and slows guessing down."""

    def __init__(
        self, db: Db, signer: TokenSigner, identity: IdentityProvider, box: SecretBox, throttle: Throttle | None = None
    ) -> None:
        self.identity = identity
        self.box = box
        self._db = db
        self._signer = signer
        self.throttle = throttle or Throttle()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def sign_in(self, ctx: Context, attempt: Attempt) -> SignedInUser:
        """Check the password and start a session.

        Raises `InvalidCredentials`, `TenantRequired`, `CodeRequired`, `InvalidCode` or `TooManyAttempts`. `ctx` is
        anonymous: which tenants know the address is a look-up, and nothing else is read before the password fits.
        """
        started = time.monotonic()
        try:
            async with self.turn():
                return await self._sign_in(ctx, attempt)
        except (InvalidCredentials, InvalidCode, TooManyAttempts) as error:
            if not isinstance(error, TooManyAttempts):
                self.throttle.note_failure(attempt.account, attempt.address, browser=attempt.browser)
            await asyncio.sleep(max(0.0, started + FAILS_AFTER_S - time.monotonic()))
            raise

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """For whatever hashes a password: two at a time, the others wait; raises `TooManyPasswords`."""
        if self._waiting >= WAITING_MAX:
            raise TooManyPasswords
        self._waiting += 1
        try:
            async with self._turns:
                yield
        finally:
            self._waiting -= 1

    async def _sign_in(self, ctx: Context, attempt: Attempt) -> SignedInUser:
        async with self._db.read(ctx) as read:
            logins = await store.find_logins(read, attempt.email)
        candidates = [login for login in logins if attempt.tenant is None or login.tenant == attempt.tenant]
        await self._check_throttle(ctx, attempt, candidates)
        matching = [login for login in candidates if await self._fits(ctx, login, attempt.password)]
        if not candidates:
            await self.identity.verify_password(None, attempt.password)
        if not matching:
            raise InvalidCredentials
        if len(matching) > 1:
            raise TenantRequired([(login.tenant, login.tenant_name) for login in matching])
        signed_in = await self._start_session(ctx, matching[0], attempt)
        self.throttle.note_success(attempt.account, attempt.address)
        return signed_in

    async def _check_throttle(self, ctx: Context, attempt: Attempt, candidates: list[Login]) -> None:
        wait_s = self.throttle.wait_s(attempt.account, attempt.address, trusted=False)
        if wait_s == 0:
            return
        for login in candidates:
            trust = await self._find_trust(ctx, login, attempt)
            if trust is not None:
                place = attempt.browser if trust == "token" else attempt.address
                wait_s = min(wait_s, self.throttle.wait_s(attempt.account, place, trusted=True))
        if wait_s > 0:
            raise TooManyAttempts(wait_s)

    async def _find_trust(self, ctx: Context, login: Login, attempt: Attempt) -> session_store.Trust | None:
        token = find_link(attempt.remembered)
        async with self._db.read(ctx.acting_for(login.tenant_id, login.tenant)) as read:
            return await session_store.find_trust(
                read,
                login.user_id,
                address=attempt.address,
                session_id=token and token.row_id,
                token_hash=token.hash if token else b"",
            )

    async def _fits(self, ctx: Context, login: Login, password: str) -> bool:
        check = await self.identity.verify_password(KnownAccount(login.email, login.password_hash), password)
        if check.right and check.keep is not None:
            async with self._db.tx(ctx.acting_for(login.tenant_id, login.tenant)) as tx:
                await store.renew_password_hash(tx, login.user_id, login.password_hash or "", check.keep)
        return check.right

    async def _start_session(self, ctx: Context, login: Login, attempt: Attempt) -> SignedInUser:
        """A session begins with an id and a token of its own: what the browser held before counts for nothing."""
        token = new_link(login.tenant_id, new_id())
        own = replace(ctx.acting_for(login.tenant_id, login.tenant), actor_id=login.user_id, actor_name=login.name)
        async with self._db.tx(own) as tx:
            await self._check_code(tx, login, attempt)
            await session_store.insert_session(
                tx,
                token.row_id,
                user_id=login.user_id,
                token_hash=token.hash,
                user_agent=attempt.user_agent,
                address=attempt.address,
            )
        role = Role(login.role)
        claims = claims_of(login.user_id, login.name, role, token.row_id, login.tenant_id, login.tenant)
        signed = self._signer.sign(claims)
        return SignedInUser(login.user_id, login.email, login.name, role, claims.tenant, signed, str(token))

    async def _check_code(self, tx: Tx, login: Login, attempt: Attempt) -> None:
        if not await second_factor.is_on(tx, login.user_id):
            return
        if not attempt.code:
            raise CodeRequired
        if not await second_factor.use_code(tx, self.box, login.user_id, attempt.code):
            raise InvalidCode
