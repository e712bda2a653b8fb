"""What an agency may spend on the language model in a day, and that it never spends more."""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from pydantic import BaseModel

from tembea.providers.llm import Answer, LlmError, NoModel, Prompt, Shape, TokenPrices, Usage
from tembea.tenants import TenantConfig, ask_model, get_tenant
from tests.app_fixtures import TENANT_LIMITS, Agency, Platform, agency_config

pytestmark = pytest.mark.anyio
PROMPT = Prompt("Read.", "Two adults", max_output_tokens=50)
USED = Usage(100, 20)
CEILING = 1_000


class Word(BaseModel):
    said: str = "yes"


@dataclass
class Meter(NoModel):
    """A model that uses what it is told to, a little later. The real ones are tested over HTTP."""

    used: Usage = USED
    fails: LlmError | None = None
    most: int = 0
    under_way: int = 0
    asked: int = 0
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    is_on: bool = field(default=True, init=False)
    prices: TokenPrices = field(default=TokenPrices(Decimal(1), Decimal(1)), init=False)

    def ceiling(self, prompt: Prompt, shape: type[BaseModel] | None = None) -> Usage:
        return Usage(CEILING, 0)

    async def structured(self, prompt: Prompt, shape: type[Shape]) -> Answer[Shape]:
        self.asked += 1
        self.under_way += 1
        self.begun.set()
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0.05)
        self.under_way -= 1
        if self.fails:
            raise self.fails
        return Answer(shape.model_validate({}), self.used)


async def agency_with(platform: Platform, **limits: int) -> Agency:
    config = agency_config("small-agency").model_dump(mode="json")
    return await platform.new_agency(
        "small-agency", TenantConfig.model_validate(config | {"limits": TENANT_LIMITS | limits})
    )


async def ask(platform: Platform, agency: Agency, llm: Meter) -> str:
    async with platform.db.read(agency.ctx) as read:
        tenant = await get_tenant(read)
    try:
        return (await ask_model(agency.ctx, platform.db, llm, tenant, PROMPT, Word)).value.said
    except LlmError as error:
        return error.reason


async def used(platform: Platform, agency: Agency) -> Mapping[str, object]:
    async with platform.db.read(agency.ctx) as read:
        (row,) = await read.rows("select tokens, cost_micros from llm_budgets")
    return row


@pytest.mark.parametrize("limits", [{"daily_llm_tokens": 10_500}, {"daily_llm_cost_cents": 1}])
async def test_fifty_at_once_never_reserve_more_than_the_day_has(platform: Platform, limits: dict[str, int]) -> None:
    agency, llm = await agency_with(platform, **limits), Meter(used=Usage(CEILING, 0))
    places = asyncio.Semaphore(50)

    async def one() -> str:
        async with places:
            return await ask(platform, agency, llm)

    said = await asyncio.gather(*(one() for _ in range(50)))
    assert sorted(said) == ["over_budget"] * 40 + ["yes"] * 10
    assert (llm.asked, llm.under_way) == (10, 0)
    assert await used(platform, agency) == {"tokens": 10_000, "cost_micros": 10_000}


async def test_what_was_not_used_is_given_back(platform: Platform) -> None:
    agency, llm = await agency_with(platform, daily_llm_tokens=1_300), Meter()
    said = [await ask(platform, agency, llm) for _ in range(5)]
    assert said == ["yes", "yes", "yes", "over_budget", "over_budget"]
    assert await used(platform, agency) == {"tokens": 360, "cost_micros": 360}


async def test_a_failure_counts_what_may_have_been_charged(platform: Platform) -> None:
    agency = await agency_with(platform)
    assert await ask(platform, agency, Meter(fails=LlmError("timeout", Usage(700, 0)))) == "timeout"
    assert await ask(platform, agency, Meter(fails=LlmError("rate_limited"))) == "rate_limited"
    assert await used(platform, agency) == {"tokens": 700, "cost_micros": 700}


async def test_a_question_that_is_cut_off_stays_counted(platform: Platform) -> None:
    agency = await agency_with(platform)
    asking = asyncio.create_task(ask(platform, agency, llm := Meter()))
    await asyncio.wait([asking, begun := asyncio.create_task(llm.begun.wait())], return_when="FIRST_COMPLETED")
    assert begun.done()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await used(platform, agency) == {"tokens": CEILING, "cost_micros": CEILING}


async def test_the_next_day_begins_anew_and_nobody_else_is_touched(platform: Platform, other_agency: Agency) -> None:
    agency, llm = await agency_with(platform, daily_llm_tokens=CEILING), Meter(used=Usage(CEILING, 0))
    assert [await ask(platform, agency, llm) for _ in range(2)] == ["yes", "over_budget"]
    assert await ask(platform, other_agency, llm) == "yes"
    async with platform.db.tx(agency.ctx) as tx:
        await tx.execute("update llm_budgets set day = day - %s", [timedelta(days=1)])
    assert await ask(platform, agency, llm) == "yes"


async def test_no_budget_is_no_question(platform: Platform) -> None:
    agency, llm = await agency_with(platform, daily_llm_tokens=0), Meter()
    assert await ask(platform, agency, llm) == "over_budget"
    assert llm.asked == 0


async def test_the_limits_show_both_budgets_where_there_is_a_model(platform: Platform) -> None:
    agency = await agency_with(platform, daily_llm_tokens=5_000, daily_llm_cost_cents=7)
    names = [row["name"] for row in (await agency.admin.get("/api/v1/usage/limits")).json()["limits"]]
    assert "daily_llm_tokens" not in names
    object.__setattr__(platform.app.state.providers, "llm", Meter())
    await ask(platform, agency, Meter())
    rows = {row["name"]: row for row in (await agency.admin.get("/api/v1/usage/limits")).json()["limits"]}
    tokens, cents = rows["daily_llm_tokens"], rows["daily_llm_cost_cents"]
    assert (tokens["limit"], tokens["used"], tokens["remaining"], tokens["window_s"]) == (5_000, 120, 4_880, 86_400)
    assert (cents["limit"], cents["used"], cents["remaining"]) == (7, 1, 6)


async def test_questions_tokens_and_what_they_cost_are_counted_for_prometheus(platform: Platform) -> None:
    agency = await agency_with(platform)
    await ask(platform, agency, Meter())
    text = (await platform.anonymous.get("/metrics")).text
    assert 'tembea_llm_questions_total{outcome="answered"}' in text
    assert 'tembea_llm_tokens_total{direction="read"}' in text
    assert re.search(r"^tembea_llm_cost_micros_total [1-9]", text, re.MULTILINE)
    assert "small-agency" not in json.dumps([line for line in text.splitlines() if "tembea_llm" in line])
