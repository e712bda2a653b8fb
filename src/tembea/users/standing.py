"""The doorkeeper: who a bearer is as things are now, though access tokens live for minutes.

A token proves who signed in; whether that still counts is looked up: the session, the person, their role, and their
agency. Each process keeps the answer for `FRESH_S`, so that what was taken from somebody is gone everywhere within
that, at a cost of one query a session in that time.
"""

from collections.abc import Coroutine
from typing import TypeVar

from tembea.kernel.access import Caller
from tembea.kernel.cache import Cache
from tembea.kernel.context import PLATFORM_TENANT_ID, Role, anonymous_context, system_context
from tembea.kernel.db import DatabaseUnavailable, Db
from tembea.kernel.errors import Unauthorized
from tembea.kernel.patience import wait_for
from tembea.kernel.tokens import Claims, TokenSigner
from tembea.users import key_store, session_store
from tembea.users.api_keys import KEY_PREFIX, is_well_formed, key_hash
from tembea.users.model import SessionEnded, Standing

FRESH_S = 2.5
LOOK_UP_S = 2.25
"""How long a request waits to be told who asks, unless told otherwise: a database that hangs is met at once."""
ENTRIES_MAX = 20_000


T = TypeVar("T")


class InvalidKey(Unauthorized):
    """An API key that does not exist, was withdrawn, or has expired."""

    code = "invalid_api_key"
    title = "This key does not work"

    def __init__(self) -> None:
        super().__init__("This API key is not valid. Check that it was copied whole, or make a new one.")


class Doorman:
    """One a process. Implements `tembea.kernel.access.Doorkeeper`."""

    def __init__(self, db: Db, signer: TokenSigner, *, look_up_s: float = LOOK_UP_S) -> None:
        self._db = db
        self._look_up_s = look_up_s
        self._signer = signer
        self._people: Cache[Standing | None] = Cache("sessions", max_entries=ENTRIES_MAX, stale_s=0)
        self._programs: Cache[Caller | None] = Cache("api_keys", max_entries=ENTRIES_MAX, stale_s=0)

    def is_key(self, bearer: str) -> bool:
        """Whether this has the form of an API key, checksum and all."""
        return is_well_formed(bearer)

    async def admit(self, bearer: str) -> Caller:
        """Whom a token or key stands for; raises `Unauthorized`."""
        if bearer.startswith(KEY_PREFIX):
            return await self._admit_program(bearer)
        return await self._admit_person(self._signer.verify(bearer))

    async def _admit_person(self, claims: Claims) -> Caller:
        tenant_id = claims.tenant_key or PLATFORM_TENANT_ID

        async def find() -> Standing | None:
            async with self._db.read(system_context(tenant_id, claims.tenant or "platform")) as read:
                return await session_store.find_standing(read, claims.session_id)

        async def look_up() -> Standing | None:
            return await self._soon(find())

        standing = (await self._people.get_or_load(tenant_id, str(claims.session_id), FRESH_S, look_up)).value
        # Another role than the token says: its owner gets a new token by refreshing.
        if standing is None or not standing.live or not _speaks_for(claims, standing):
            raise SessionEnded
        return Caller(
            claims.tenant_key,
            claims.tenant,
            claims.user_id,
            standing.name,
            claims.role,
            session_id=claims.session_id,
            must_enrol=standing.must_enrol,
        )

    async def _admit_program(self, key: str) -> Caller:
        if not is_well_formed(key):
            raise InvalidKey
        wanted = key_hash(key)

        async def look_up() -> Caller | None:
            return await self._soon(self._find_program(wanted))

        # Whose key it is shows only now: until then it stands under nobody's name.
        caller = (await self._programs.get_or_load(PLATFORM_TENANT_ID, wanted.hex(), FRESH_S, look_up)).value
        if caller is None:
            raise InvalidKey
        return caller

    async def _soon(self, work: Coroutine[object, object, T]) -> T:
        try:
            return await wait_for(work, self._look_up_s)
        except TimeoutError as error:
            message = "The database does not answer, so we cannot tell who you are. Please try again."
            raise DatabaseUnavailable(message) from error

    async def _find_program(self, wanted: bytes) -> Caller | None:
        async with self._db.read(anonymous_context("")) as read:
            found = await key_store.find_key(read, wanted)
        if found is None:
            return None
        async with self._db.tx(system_context(found.tenant_id, found.tenant)) as tx:
            await key_store.note_use(tx, found.key_id)
        name = f"API key {found.name}"
        return Caller(found.tenant_id, found.tenant, None, name, Role.API_KEY, scopes=frozenset(found.scopes))


def _speaks_for(claims: Claims, standing: Standing) -> bool:
    return standing.user_id == claims.user_id and standing.role == claims.role.value
