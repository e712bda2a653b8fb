"""A real Prometheus scrapes the running application and finds what is wrong with it."""

import asyncio
import re
import socket
import subprocess
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import httpx
import uvicorn
import yaml

from tembea.app import create_app
from tembea.settings import Settings
from tests.system_tools import require_tool
from tests.telemetry.odd_routes import add_odd_routes

FOLDER = Path(__file__).parents[2] / "deploy" / "monitoring"
WINDOW_S = 15
EXPECTED = {
    "TembeaLatencyHigh",
    "TembeaLatencyCritical",
    "TembeaErrorsHigh",
    "TembeaErrorsCritical",
    "TembeaRateLimitsHigh",
    "TembeaRateLimitsCritical",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast("int", probe.getsockname()[1])


@contextmanager
def served(settings: Settings) -> Generator[str]:
    """The application on a port, in a thread of its own."""
    app = create_app(settings)
    add_odd_routes(app)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:  # a question before that is refused, and nobody asks again
            assert thread.is_alive(), "the application did not start"
            time.sleep(0.05)
        yield f"127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


@contextmanager
def watched(target: str, folder: Path) -> Generator[str]:
    """Prometheus with our rules, their windows cut to seconds."""
    rules = (FOLDER / "http.rules.yml").read_text(encoding="utf-8")
    cut = re.sub(r"for: \d+m", "for: 1s", re.sub(r"\[\d+m\]", f"[{WINDOW_S}s]", rules))
    (folder / "rules.yml").write_text(cut, encoding="utf-8")
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yml"],
        "scrape_configs": [{"job_name": "tembea", "static_configs": [{"targets": [target]}]}],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    address = f"127.0.0.1:{free_port()}"
    command = [
        require_tool("prometheus"),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={address}",
        "--log.level=error",
    ]
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(30)


def hasty(settings: Settings) -> Settings:
    """Only customers' links are limited, and those soon."""
    return settings.model_copy(update={"log_level": "ERROR", "address_limit": 100_000, "public_link_limit": 1})


def firing(prometheus: str) -> set[str]:
    try:
        alerts = httpx.get(f"{prometheus}/api/v1/alerts").raise_for_status().json()["data"]["alerts"]
    except httpx.HTTPError:  # it is still starting
        return set()
    return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}


async def trouble(target: str, until: float, stop: threading.Event) -> None:
    """Requests that crash, that take their time and that are refused, until somebody has seen enough."""
    async with httpx.AsyncClient(base_url=f"http://{target}", timeout=60) as client:

        async def again(path: str) -> None:
            while not stop.is_set() and time.monotonic() < until:
                await client.get(path)

        slow = [again("/api/v1/odd/slow?seconds=6") for _ in range(20)]
        await asyncio.gather(*slow, again("/api/v1/odd/crash/thandi"), *(again("/q/unknown") for _ in range(4)))


def test_slow_answers_errors_and_refusals_fire_their_alerts(settings: Settings, tmp_path: Path) -> None:
    deadline = time.monotonic() + 120
    with served(hasty(settings)) as target, watched(target, tmp_path) as prometheus:
        stop = threading.Event()
        causing = threading.Thread(target=lambda: asyncio.run(trouble(target, deadline, stop)), daemon=True)
        causing.start()
        seen: set[str] = set()
        while not seen >= EXPECTED and time.monotonic() < deadline:
            seen |= firing(prometheus)
            time.sleep(0.5)
        stop.set()
        causing.join(30)
    assert seen >= EXPECTED
