"""Errors reach Sentry through its own SDK, with what finds them again and without anybody's data."""

import json
import subprocess
import sys
from typing import cast

from pydantic import SecretStr

from tembea import __version__
from tembea.settings import Settings
from tests.app_fixtures import running_platform
from tests.telemetry.odd_routes import add_odd_routes
from tests.telemetry.receivers import events_of, receiving


async def test_a_crash_is_reported_with_its_ids_and_release_and_without_people(settings: Settings) -> None:
    with receiving() as sentry:
        dsn = SecretStr(f"http://publickey@127.0.0.1:{sentry.port}/7")
        async with running_platform(settings.model_copy(update={"sentry": dsn})) as platform:
            add_odd_routes(platform.app)
            agency = await platform.new_agency("savanna-trails")
            answer = await agency.consultant.get(
                "/api/v1/odd/broken/Kanarie?token=query-canary",
                headers={"X-Request-ID": "report-1", "Cookie": "session=cookie-canary"},
            )
            await agency.consultant.get("/api/v1/quotes/00000000-0000-0000-0000-000000000000")
        sentry.wait_for(lambda: bool(sentry.bodies))

    assert answer.status_code == 500
    events = [event for path, body in sentry.bodies if path == "/api/7/envelope/" for event in events_of(body)]
    assert len(events) == 1  # an address that is not there is nobody's mistake
    tags = cast("dict[str, str]", events[0]["tags"])
    assert tags["request_id"] == "report-1"
    assert tags["route"] == "/api/v1/odd/broken/{name}"
    assert tags["tenant"] == "savanna-trails"
    assert events[0]["release"] == f"tembea@{__version__}"
    exception = cast("dict[str, list[dict[str, object]]]", events[0]["exception"])["values"][-1]
    assert exception["type"] == "RuntimeError"
    frames = cast("dict[str, list[dict[str, object]]]", exception["stacktrace"])["frames"]
    assert frames[-1]["function"] == "broken"
    assert not any("vars" in frame for frame in frames)
    sent = json.dumps(events) + "".join(str(body) for _, body in sentry.bodies)
    for canary in ("Kanarie", "kanarie", "canary.example", "7788", "query-canary", "cookie-canary", "Bearer"):
        assert canary not in sent, canary


def test_without_an_address_neither_sdk_is_loaded() -> None:
    code = (  # the API of OpenTelemetry, which is small, comes with other packages
        "import sys, tembea.app, tembea.worker\n"
        "print([name for name in sys.modules if name.startswith(('sentry_sdk', 'opentelemetry.sdk'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
