"""The supervisor: what ends comes back, what keeps ending stops everything, and nothing is ever left behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tembea.kernel.supervisor import ChildProcess, CrashLoop, Limits, StopRequested, stop_signals, watch

QUICK = Limits(crashes=3, first_pause_s=0.01)


def alive(process_id: int) -> bool:
    status = Path(f"/proc/{process_id}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text()


def wait_until(condition: Callable[[], bool], timeout_s: float = 45.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def child(name: str, code: str, *arguments: str) -> ChildProcess:
    return ChildProcess(name, [sys.executable, "-c", code, *arguments], dict(os.environ))


def supervise(folder: Path, *codes: str) -> subprocess.Popen[str]:
    """A supervisor in a process of its own, with children that write their numbers into `folder`."""
    program = """
        import os, signal, sys
        from tembea.kernel.supervisor import *
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore it, and that is inherited
        def child(name, code):
            return ChildProcess(name, [sys.executable, "-c", code], dict(os.environ))
        children = [child(f"child {number}", code) for number, code in enumerate(sys.argv[1:])]
        with stop_signals():
            try:
                for child in children:
                    child.start()
                watch(children, Limits(first_pause_s=0.01))
            except StopRequested:
                for child in children:
                    child.ask_to_stop()
            finally:
                for child in children:
                    child.end(0.5)
    """
    source = str(Path(__file__).parents[2] / "src")
    command = [sys.executable, "-c", textwrap.dedent(program), *codes]
    return subprocess.Popen(command, cwd=folder, text=True, env={**os.environ, "PYTHONPATH": source})


SLEEPER = "import os, pathlib, time; pathlib.Path(f'started.{os.getpid()}').touch(); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
PARENT = (
    "import os, pathlib, subprocess, sys, time; pathlib.Path(f'started.{os.getpid()}').touch();"
    f"subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); time.sleep(600)"
)


def started(folder: Path) -> list[int]:
    return [int(path.suffix[1:]) for path in folder.glob("started.*")]


def test_a_child_that_ends_is_started_again(tmp_path: Path) -> None:
    process = supervise(tmp_path, SLEEPER)
    try:
        wait_until(lambda: len(started(tmp_path)) == 1)
        first = started(tmp_path)[0]
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: len(started(tmp_path)) == 2)
        assert [alive(one) for one in started(tmp_path) if one != first] == [True]
    finally:
        process.kill()
        process.wait()


def test_a_child_that_keeps_ending_stops_everything_with_its_name(capfd: pytest.CaptureFixture[str]) -> None:
    flaky = child("worker", "raise SystemExit(7)")
    with pytest.raises(CrashLoop, match=r"The worker ended 4 times within 60 s, last with exit code 7\."):
        watch([flaky], QUICK)
    pauses = [line.split()[-2] for line in capfd.readouterr().err.splitlines() if "starting it again in" in line]
    assert pauses == ["0.01", "0.02", "0.04"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_of_asking_stops_all_children(tmp_path: Path, number: signal.Signals) -> None:
    process = supervise(tmp_path, SLEEPER, SLEEPER)
    wait_until(lambda: len(started(tmp_path)) == 2)
    process.send_signal(number)
    assert process.wait(30) == 0
    assert not any(alive(one) for one in started(tmp_path))


def test_a_child_that_does_not_listen_and_its_own_children_are_killed(tmp_path: Path) -> None:
    process = supervise(tmp_path, STUBBORN, PARENT)
    wait_until(lambda: len(started(tmp_path)) == 3)
    begun = time.monotonic()
    process.terminate()
    assert process.wait(30) == 0
    assert time.monotonic() - begun < 3  # thrice the second that two children are given
    wait_until(lambda: not any(alive(one) for one in started(tmp_path)), 15)


def test_children_of_a_killed_supervisor_die(tmp_path: Path) -> None:
    process = supervise(tmp_path, STUBBORN, SLEEPER)
    wait_until(lambda: len(started(tmp_path)) == 2)
    process.kill()
    process.wait()
    wait_until(lambda: not any(alive(one) for one in started(tmp_path)), 15)


def test_a_second_signal_does_not_disturb_the_end_and_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(StopRequested), stop_signals():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before
