"""The questions asked of `llm_budgets`."""

from dataclasses import dataclass
from datetime import date

from tembea.kernel.db import Read, Tx


@dataclass(frozen=True, slots=True)
class Spend:
    """Tokens, and millionths of a US dollar."""

    tokens: int = 0
    cost_micros: int = 0


async def reserve(tx: Tx, day: date, most: Spend, limit: Spend) -> bool:
    """Take the most that a question can use, all or nothing; false where the day has less left than that."""
    taken = await tx.execute(
        """
        insert into llm_budgets as budget (tenant_id, day, tokens, cost_micros)
        select %(tenant_id)s, %(day)s, %(tokens)s, %(cost)s
        where %(tokens)s <= %(most_tokens)s and %(cost)s <= %(most_cost)s
        on conflict (tenant_id, day) do update
        set tokens = budget.tokens + excluded.tokens, cost_micros = budget.cost_micros + excluded.cost_micros
        where budget.tokens + excluded.tokens <= %(most_tokens)s
          and budget.cost_micros + excluded.cost_micros <= %(most_cost)s
        """,
        {
            "tenant_id": tx.ctx.tenant_uuid,
            "day": day,
            "tokens": most.tokens,
            "cost": most.cost_micros,
            "most_tokens": limit.tokens,
            "most_cost": limit.cost_micros,
        },
    )
    return taken > 0


async def settle(tx: Tx, day: date, reserved: Spend, spent: Spend) -> None:
    """Count what a question used in the place of what was reserved for it."""
    await tx.execute(
        """
        update llm_budgets
        set tokens = greatest(0, tokens - %s + %s), cost_micros = greatest(0, cost_micros - %s + %s)
        where tenant_id = %s and day = %s
        """,
        [reserved.tokens, spent.tokens, reserved.cost_micros, spent.cost_micros, tx.ctx.tenant_uuid, day],
    )


async def spent_on(read: Read, day: date) -> Spend:
    """What is used of a day, reservations included."""
    found = await read.find(
        Spend,
        "select tokens, cost_micros from llm_budgets where tenant_id = %s and day = %s",
        [read.ctx.tenant_uuid, day],
    )
    return found or Spend()
