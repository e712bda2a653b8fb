"""`tembea up`: one process brings the installation up, keeps it up, and takes all of it down."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import cast

import pytest

from tembea.commands.log_ins import DemoAgency, LogIn, LogIns, greeting, read_log_ins, write_log_ins
from tembea.settings import load_settings

ROOT = Path(__file__).parents[2]
PEOPLE = LogIns(
    operator=LogIn("operator@tembea.example", "o-word", "operator"),
    tenants=(
        DemoAgency("africastay", "enquiries@africastay.example", (LogIn("ada@africastay.example", "a-word", "admin"),)),
    ),
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast(int, probe.getsockname()[1])


def wait_until(condition: Callable[[], bool], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def environment(folder: Path, **more: str) -> dict[str, str]:
    ports = {"PORT": str(free_port()), "TEMBEA_SMTP_PORT": str(free_port())}
    paths = {"TEMBEA_DATA_DIR": str(folder / "data"), "TEMBEA_DEMO_FILE": str(folder / "demo.json")}
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SUPABASE_URL"}}
    return {**inherited, "PYTHONPATH": str(ROOT / "src"), "LOG_LEVEL": "WARNING", **ports, **paths, **more}


def tembea(environ: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """The command with its output in files: a pipe that nobody reads would stop it."""
    folder = Path(environ["TEMBEA_DEMO_FILE"]).parent
    with (folder / "output").open("w") as output, (folder / "errors").open("w") as errors:
        command = [sys.executable, "-m", "tembea", *arguments]
        return subprocess.Popen(command, env=environ, cwd=folder, stdout=output, stderr=errors)


@contextmanager
def installation(environ: dict[str, str]) -> Generator[subprocess.Popen[bytes]]:
    demo_file = Path(environ["TEMBEA_DEMO_FILE"])
    demo_file.unlink(missing_ok=True)
    process = tembea(environ, "up")
    try:
        wait_until(lambda: demo_file.exists() or process.poll() is not None, 90)
        assert process.poll() is None, (demo_file.parent / "errors").read_text()
        yield process
    finally:
        process.kill()
        process.wait()


def is_ready(base_url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base_url}/health/ready", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def family(process_id: int) -> dict[int, str]:
    """All living descendants of a process, with their command lines."""
    found: dict[int, str] = {}
    with suppress(FileNotFoundError, ProcessLookupError):  # one that ends while it is looked at
        for child in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split():
            with suppress(FileNotFoundError, ProcessLookupError):
                found[int(child)] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
                found |= family(int(child))
    return found


def alive(process_id: int) -> bool:
    status = Path(f"/proc/{process_id}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text()


def resident_mib(process_ids: list[int]) -> float:
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in process_ids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def test_one_command_brings_everything_up_keeps_it_up_and_takes_it_down(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    write_log_ins(tmp_path / "data", PEOPLE)  # as after a first start; setting the demonstration up has its own tests
    with installation(environ) as process:
        demo = json.loads((tmp_path / "demo.json").read_text())
        assert (tmp_path / "demo.json").stat().st_mode & 0o777 == 0o600
        assert demo["smtp"] == {"host": "127.0.0.1", "port": int(environ["TEMBEA_SMTP_PORT"])}
        assert demo["tenants"][0]["users"] == [
            {"email": "ada@africastay.example", "password": "a-word", "role": "admin"}
        ]
        assert is_ready(demo["base_url"])

        members = family(process.pid)
        assert resident_mib([process.pid, *members]) < 700
        for ending in ("tembea worker", "postgres -D"):
            victim = next(one for one, command in members.items() if ending in command)
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda victim=victim: not alive(victim), 30)
            wait_until(lambda ending=ending: any(ending in command for command in family(process.pid).values()), 90)
        wait_until(lambda: is_ready(demo["base_url"]), 90)

        members = family(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        wait_until(lambda: not any(alive(one) for one in members), 10)


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_works(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    write_log_ins(tmp_path / "data", PEOPLE)
    with installation(environ) as process:
        members = family(process.pid)
        process.kill()
        process.wait()
        wait_until(lambda: not any(alive(one) for one in members), 10)
    with installation(environ) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_a_taken_port_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = tembea(environment(tmp_path, PORT=str(taken.getsockname()[1])), "up")
        assert process.wait(60) == 1
    assert "Set PORT." in (tmp_path / "errors").read_text()
    assert not (tmp_path / "data" / "postgres").exists()


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_a_command_without_a_database_says_what_to_do(tmp_path: Path, command: str) -> None:
    assert tembea(environment(tmp_path), command).wait(60) == 1
    errors = (tmp_path / "errors").read_text()
    assert "DATABASE_URL is not set" in errors
    assert errors.count("\n") == 1


def test_log_ins_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    assert read_log_ins(tmp_path) is None
    write_log_ins(tmp_path, PEOPLE)
    assert read_log_ins(tmp_path) == PEOPLE
    assert (tmp_path / "secrets" / "demo.json").stat().st_mode & 0o777 == 0o600


def test_the_greeting_shows_who_can_sign_in_and_how_to_write(tmp_path: Path) -> None:
    shown = greeting(load_settings({"PORT": "9000"}), PEOPLE)
    for expected in ("http://localhost:9000", "ada@africastay.example", "a-word", "operator@tembea.example", "o-word"):
        assert expected in shown
    assert "smtp://127.0.0.1:2525" in shown
    assert "/webhooks/email/inbound" in shown
