"""Three processes on one port: the figures are everybody's, and stay so when one of them is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from tembea.kernel.embedded import Dsns
from tests.commands.test_up import alive, family, free_port

ROOT = Path(__file__).parents[2]
COUNT = re.compile(r'^tembea_http_request_duration_seconds_count\{.*route="/health/live".*\} (\S+)$', re.MULTILINE)


def wait_until(condition: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def serving(database: Dsns, folder: Path, key: str, **more: str) -> Generator[tuple[subprocess.Popen[bytes], str]]:
    """`tembea serve` with three processes, on a port of its own."""
    port = str(free_port())
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DATABASE_URL": database.app,
        "TEMBEA_SIGNING_KEY": key,
        "TEMBEA_INSTALLATION_KEY": "the installation key of all tests, 0123456789",
        "TEMBEA_DATA_DIR": str(folder),
        "PORT": port,
        "LOG_LEVEL": "WARNING",
        **more,
    }
    with (folder / "errors").open("w") as errors:
        command = [sys.executable, "-m", "tembea", "serve", "--processes", "3"]
        process = subprocess.Popen(command, env=environ, cwd=folder, stderr=errors)
    base_url = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: len(running(process.pid)) == 3 and answers(base_url), 120)
        yield process, base_url
    finally:
        process.terminate()
        process.wait(30)


def running(parent: int) -> list[int]:
    return [child for child, command in family(parent).items() if "tembea serve" in command]


def answers(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/health/live").status_code == 200
    except httpx.HTTPError:
        return False


def ask(base_url: str, times: int) -> int:
    """Each on a connection of its own, so that they spread; how many were answered."""
    with ThreadPoolExecutor(16) as pool:
        return sum(pool.map(answers, [base_url] * times))


def counted(base_url: str) -> float:
    text = httpx.get(f"{base_url}/metrics", timeout=30).text
    return sum(float(value) for value in COUNT.findall(text))


def slots_used(folder: Path) -> int:
    return len(list((folder / "counts").glob("counter_*.db")))


def test_figures_are_the_sum_and_never_go_backwards(database: Dsns, tmp_path: Path, signing_key_pem: str) -> None:
    with serving(database, tmp_path, signing_key_pem) as (process, base_url):
        wait_until(lambda: slots_used(tmp_path) == 3, 60)
        before = counted(base_url)
        assert ask(base_url, 300) == 300
        assert counted(base_url) == before + 300

        victim = running(process.pid)[0]
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: not alive(victim), 10)
        seen = [counted(base_url)]
        assert seen[0] == before + 300
        deadline = time.monotonic() + 30
        while len(running(process.pid)) < 3 and time.monotonic() < deadline:
            seen.append(counted(base_url))
            time.sleep(0.1)
        time.sleep(1)
        seen.append(counted(base_url))
        assert len(running(process.pid)) == 3
        assert seen == sorted(seen)

        more = ask(base_url, 300)
        assert more >= 299  # one that the dying process had taken may be lost, none that waited
        assert seen[-1] + more <= counted(base_url) <= seen[-1] + 300
        assert slots_used(tmp_path) == 3  # the new process goes on in the old one's files
        members = running(process.pid)
    assert not any(alive(one) for one in members)
    assert (tmp_path / "errors").read_text().count("Traceback") == 0


def test_an_own_port_tells_the_sum_too_and_a_second_start_begins_at_nothing(
    database: Dsns, tmp_path: Path, signing_key_pem: str
) -> None:
    metrics_port = str(free_port())
    for _ in range(2):
        with serving(database, tmp_path, signing_key_pem, TEMBEA_METRICS_PORT=metrics_port) as (_, base_url):
            asked = ask(base_url, 50)
            text = scraped(metrics_port)
            assert asked <= sum(float(value) for value in COUNT.findall(text)) < 2 * 50 + 50
            assert "\ntembea_event_streams 0.0\n" in text  # one sum, in which a dead process's streams are none
            assert httpx.get(f"{base_url}/metrics").status_code == 404


def scraped(port: str) -> str:
    wait_until(lambda: answers_metrics(port), 30)
    return httpx.get(f"http://127.0.0.1:{port}/metrics").text


def answers_metrics(port: str) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/metrics").status_code == 200
    except httpx.HTTPError:
        return False
