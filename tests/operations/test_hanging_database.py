"""A database that was stopped and does not even refuse: nobody waits for it longer than they have to."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from httpx import Response

from tembea.app import request_limits
from tembea.kernel.context import Context
from tembea.kernel.db import Db, Read
from tembea.kernel.patience import wait_for
from tembea.users.standing import Doorman
from tests.app_fixtures import Agency, Platform

PATIENCE_S = 7.5  # thrice what is waited for; a request as a whole has ten seconds


class Hanging:
    """In place of a `Db`."""

    @asynccontextmanager
    async def read(self, _: Context) -> AsyncGenerator[Read]:
        await asyncio.sleep(3_600)
        raise AssertionError("nobody waits for so long")
        yield


HANGING = cast("Db", Hanging())


async def asked(agency: Agency) -> tuple[Response, float]:
    began = time.monotonic()
    async with asyncio.timeout(60):
        answer = await agency.admin.get("/api/v1/auth/me")
    return answer, time.monotonic() - began


async def test_limits_that_cannot_be_read_are_those_that_were_known_or_the_defaults(
    platform: Platform, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = platform.app.state.settings
    monkeypatch.setattr(platform.app.state, "gate", request_limits(settings, HANGING, None))

    answer, waited_s = await asked(agency)

    assert answer.status_code == 200
    assert '"api";q=600;w=60' in answer.headers["ratelimit-policy"]
    assert waited_s < PATIENCE_S


async def test_who_asks_is_looked_up_for_a_second_and_not_until_the_request_ends(
    platform: Platform, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform.app.state, "doorkeeper", Doorman(HANGING, platform.app.state.signer))

    answer, waited_s = await asked(agency)

    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert waited_s < PATIENCE_S


async def test_work_that_is_not_waited_for_goes_on() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0.05)
        ended.set()

    with pytest.raises(TimeoutError):
        await wait_for(work(), 0.001)
    await asyncio.wait_for(ended.wait(), 10)
