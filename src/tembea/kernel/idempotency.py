"""`Idempotency-Key`: a request that is sent again has its effect once, and is answered as it was the first time.

A route says `tx: KeyedTx` where others say `tx: TxDep`, and its router has `route_class=KeyedRoute`. The key is claimed
as the first statement of the request's own transaction and the answer is kept as its last: a process that dies leaves
both the effect and its answer, or neither. A refusal (4xx, 5xx) rolls both back, so the same key may try again.

The key counts for one tenant, actor, method and address. Modelled on draft-ietf-httpapi-idempotency-key-header.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated
from weakref import WeakValueDictionary

import psycopg
from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute

from tembea.kernel.context import Context
from tembea.kernel.db import Db, Tx
from tembea.kernel.errors import Conflict, FieldError, Invalid
from tembea.kernel.jobs import periodic
from tembea.kernel.web import authenticated, db_of

HEADER = "Idempotency-Key"
KEY_MAX_CHARS = 255
WAIT_S = 5.0
"""How long a request waits in this process for the first one with its key; one more lock timeout between processes."""
PRUNED_AT_ONCE = 5_000
ROUNDS_MAX = 200


class IdempotencyMismatch(Invalid):
    """The key came before, with another request."""

    code = "idempotency_mismatch"
    title = "This key was used for another request"

    def __init__(self) -> None:
        msg = "Use a new key for each new request, and the same one only to send a request again."
        super().__init__("This Idempotency-Key came with another body before.", errors=[FieldError(_LOC, msg)])


class IdempotencyInProgress(Conflict):
    """The first request with this key has no answer yet."""

    code = "idempotency_in_progress"
    title = "The first request is still running"

    def __init__(self) -> None:
        detail = "A request with this Idempotency-Key is still being worked on. Send it again in a moment."
        super().__init__(detail, headers={"Retry-After": "1"})


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What the first request with a key was, and how it was answered."""

    request_sha256: bytes
    status: int
    content_type: str
    body: bytes


class Replayed(Exception):
    """The request was answered before; whoever serves the route gives `answer` again."""

    def __init__(self, answer: KeptAnswer) -> None:
        super().__init__("answered before")
        self.answer = answer


@dataclass(frozen=True, slots=True)
class _Claim:
    """A key that this request has, in the transaction that its answer has to be kept in."""

    tx: Tx
    identity: tuple[str, str, str]


def _claimed_key(
    request: Request,
    key: Annotated[
        str | None,
        Header(
            alias=HEADER,
            min_length=1,
            max_length=KEY_MAX_CHARS,
            pattern=r"^[\x21-\x7e]+$",
            description="Sent again with the same key within 24 hours, a request is answered as before and done once",
        ),
    ] = None,
) -> str | None:
    if len(request.headers.getlist(HEADER)) > 1:
        raise Invalid("Send one Idempotency-Key.", errors=[FieldError(_LOC, "Send it once.")])
    return key


async def keyed_tx(request: Request, key: Annotated[str | None, Depends(_claimed_key)]) -> AsyncGenerator[Tx]:
    """The request's transaction, in which its key is claimed. Raises `Replayed` for what was answered before."""
    ctx = await authenticated(request)
    if key is None:
        async with db_of(request).tx(ctx) as tx:
            yield tx
        return
    identity = (_actor(ctx), f"{request.method} {request.url.path}", key)
    asked = await _request_sha256(request)
    async with _turn((str(ctx.tenant_id), *identity)), db_of(request).tx(ctx) as tx:
        answered = await _claim(tx, identity, asked)
        if answered is not None:
            raise Replayed(answered)
        request.state.idempotency_claim = _Claim(tx, identity)
        yield tx


# scope="function", as for every transaction: the commit comes before the answer.
KeyedTx = Annotated[Tx, Depends(keyed_tx, scope="function")]


class KeyedRoute(APIRoute):
    """A route that keeps its answer in the transaction of its effect, and gives it again."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        """The handler. It ends before the request's transaction does, with the answer known."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                response = await handler(request)
            except Replayed as replayed:
                return _again(replayed.answer)
            claim: _Claim | None = getattr(request.state, "idempotency_claim", None)
            if claim is not None:
                await _keep(claim, response)
            return response

        return handle


def _actor(ctx: Context) -> str:
    return f"{ctx.role.value}:{ctx.actor_id or ctx.actor_name}"


async def _request_sha256(request: Request) -> bytes:
    digest = hashlib.sha256(f"{request.url.query}\n".encode())
    digest.update(await request.body())
    return digest.digest()


_turns: WeakValueDictionary[tuple[str, ...], asyncio.Lock] = WeakValueDictionary()


@asynccontextmanager
async def _turn(identity: tuple[str, ...]) -> AsyncGenerator[None]:
    """One request a key and process at a time: a hundred at once would hold every connection of the pool, waiting."""
    lock = _turns.setdefault(identity, asyncio.Lock())
    try:
        async with asyncio.timeout(WAIT_S):
            await lock.acquire()
    except TimeoutError as error:
        raise IdempotencyInProgress from error
    try:
        yield
    finally:
        lock.release()


async def _claim(tx: Tx, identity: tuple[str, str, str], asked: bytes) -> KeptAnswer | None:
    """None when the key is this request's now, else the kept answer. Another process's claim is waited for."""
    try:
        ours = await tx.execute(_CLAIM, [tx.ctx.tenant_uuid, *identity, asked])
    except psycopg.errors.LockNotAvailable as error:
        raise IdempotencyInProgress from error
    if ours:
        return None
    kept = await tx.get(KeptAnswer, _FIND, [tx.ctx.tenant_uuid, *identity])
    if kept.request_sha256 != asked:
        raise IdempotencyMismatch
    return kept


async def _keep(claim: _Claim, response: Response) -> None:
    content_type = response.headers.get("content-type", "")
    values = [response.status_code, content_type, bytes(response.body)]
    await claim.tx.execute(_KEEP, [*values, claim.tx.ctx.tenant_uuid, *claim.identity])


def _again(answer: KeptAnswer) -> Response:
    headers = {"Idempotency-Replayed": "true"} | ({"Content-Type": answer.content_type} if answer.content_type else {})
    return Response(answer.body, answer.status, headers)


@periodic("idempotency.prune", every_s=3_600, scope="platform")
async def prune_keys(ctx: Context, db: Db, _providers: object) -> None:
    """Remove the answers that are no longer given again, a few at a time so that no statement takes long."""
    for _ in range(ROUNDS_MAX):
        async with db.tx(ctx) as tx:
            if await tx.execute(_PRUNE, [PRUNED_AT_ONCE]) < PRUNED_AT_ONCE:
                return


_LOC = f"header.{HEADER}"

# A key that is out of date is a new one, pruned or not.
_CLAIM = """
    insert into idempotency_keys (tenant_id, actor, route, key, request_sha256) values (%s, %s, %s, %s, %s)
    on conflict (tenant_id, actor, route, key) do update
    set request_sha256 = excluded.request_sha256, status = null, content_type = null, body = null, created_at = now()
    where idempotency_keys.created_at < now() - interval '24 hours'
"""
_FIND = """
    select request_sha256, status, content_type, body from idempotency_keys
    where tenant_id = %s and actor = %s and route = %s and key = %s
"""
_KEEP = """
    update idempotency_keys set status = %s, content_type = %s, body = %s
    where tenant_id = %s and actor = %s and route = %s and key = %s
"""
_PRUNE = """
    delete from idempotency_keys where (tenant_id, actor, route, key) in (
      select tenant_id, actor, route, key from idempotency_keys
      where created_at < now() - interval '24 hours' order by created_at limit %s
    )
"""
