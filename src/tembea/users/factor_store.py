"""The questions asked of second factors and recovery codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tembea.kernel.db import Read, Tx


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's authenticator app; `secret` is sealed."""

    secret: str
    confirmed: bool


async def find_factor(read: Read, user_id: UUID) -> Factor | None:
    """The person's second factor, confirmed or not."""
    return await read.find(
        Factor,
        "select secret, confirmed_at is not null as confirmed from second_factors"
        " where tenant_id = %s and user_id = %s",
        [read.ctx.tenant_uuid, user_id],
    )


async def lock_factor(tx: Tx, user_id: UUID) -> Factor | None:
    """The same, locked until the commit."""
    return await tx.find(
        Factor,
        "select secret, confirmed_at is not null as confirmed from second_factors"
        " where tenant_id = %s and user_id = %s for update",
        [tx.ctx.tenant_uuid, user_id],
    )


async def save_unconfirmed(tx: Tx, user_id: UUID, secret: str) -> bool:
    """Begin with this secret; false where one is confirmed already."""
    saved = await tx.execute(
        """
        insert into second_factors as known (tenant_id, user_id, secret) values (%s, %s, %s)
        on conflict (tenant_id, user_id) do update set secret = excluded.secret, created_at = now(), last_step = 0
        where known.confirmed_at is null
        """,
        [tx.ctx.tenant_uuid, user_id, secret],
    )
    return saved > 0


async def mark_confirmed(tx: Tx, user_id: UUID) -> None:
    """From now on signing in asks for a code."""
    await tx.execute(
        "update second_factors set confirmed_at = now() where tenant_id = %s and user_id = %s",
        [tx.ctx.tenant_uuid, user_id],
    )


async def use_step(tx: Tx, user_id: UUID, step: int) -> bool:
    """Use a time step up; false where it, or a later one, was used before."""
    used = await tx.execute(
        "update second_factors set last_step = %(step)s"
        " where tenant_id = %(tenant_id)s and user_id = %(user_id)s and last_step < %(step)s",
        {"step": step, "tenant_id": tx.ctx.tenant_uuid, "user_id": user_id},
    )
    return used > 0


async def replace_recovery_codes(tx: Tx, user_id: UUID, hashes: Sequence[bytes]) -> None:
    """These, and none of those before."""
    await tx.execute("delete from recovery_codes where tenant_id = %s and user_id = %s", [tx.ctx.tenant_uuid, user_id])
    await tx.execute_many(
        "insert into recovery_codes (tenant_id, user_id, code_hash) values (%s, %s, %s)",
        [[tx.ctx.tenant_uuid, user_id, code_hash] for code_hash in hashes],
    )


async def use_recovery_code(tx: Tx, user_id: UUID, code_hash: bytes) -> bool:
    """Use a recovery code up; false where there is none, or it was used."""
    used = await tx.execute(
        "update recovery_codes set used_at = now()"
        " where tenant_id = %s and user_id = %s and code_hash = %s and used_at is null",
        [tx.ctx.tenant_uuid, user_id, code_hash],
    )
    return used > 0


async def count_recovery_codes(read: Read, user_id: UUID) -> int:
    """How many recovery codes are left."""
    left = await read.value(
        int,
        "select count(*) from recovery_codes where tenant_id = %s and user_id = %s and used_at is null",
        [read.ctx.tenant_uuid, user_id],
    )
    return left or 0


async def delete_factor(tx: Tx, user_id: UUID) -> bool:
    """Forget the app and the recovery codes; false where there were none."""
    deleted = await tx.execute(
        "delete from second_factors where tenant_id = %s and user_id = %s", [tx.ctx.tenant_uuid, user_id]
    )
    return deleted > 0
