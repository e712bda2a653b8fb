"""One whole platform, started the way a person starts it, for the tests that only look from outside."""

import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest

READY_WITHIN_S = 150.0  # fifty seconds where others work too, threefold


@dataclass
class Installation:
    """A running `tembea up`: what its demo file says, and how to talk to it."""

    demo: dict[str, Any]
    process: subprocess.Popen[bytes]
    data_dir: Path

    @property
    def base_url(self) -> str:
        return self.demo["base_url"]

    def tenant(self, slug: str) -> dict[str, Any]:
        return next(tenant for tenant in self.demo["tenants"] if tenant["tenant_id"] == slug)

    def sign_in(self, person: dict[str, str]) -> httpx.Client:
        credentials = {"email": person["email"], "password": person["password"]}
        answer = httpx.post(f"{self.base_url}/api/v1/auth/login", json=credentials, timeout=60)
        assert answer.status_code == 200, answer.text
        headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        return httpx.Client(base_url=self.base_url, headers=headers, timeout=60)

    def staff(self, slug: str, role: str = "consultant") -> httpx.Client:
        return self.sign_in(next(user for user in self.tenant(slug)["users"] if user["role"] == role))

    def operator(self) -> httpx.Client:
        return self.sign_in(self.demo["operator"])

    def send(self, message: EmailMessage, *, to: str) -> None:
        with smtplib.SMTP(self.demo["smtp"]["host"], self.demo["smtp"]["port"], timeout=60) as smtp:
            smtp.send_message(message, from_addr="sender@customers.example", to_addrs=[to])

    def answer_to(self, address: str, *, within_s: float = 90.0) -> dict[str, Any]:
        """The first mail that the outbox holds for an address."""
        with self.operator() as operator:
            return wait_for(lambda: _first_to(operator, self.demo["outbox_url"], address), within_s=within_s)


def _first_to(operator: httpx.Client, outbox_url: str, address: str) -> dict[str, Any] | None:
    items = operator.get(outbox_url, params={"limit": 200}).raise_for_status().json()["items"]
    return next((mail for mail in items if mail["to"] == address), None)


def wait_for(look: Callable[[], Any], *, within_s: float) -> Any:
    """What `look` answers once it is not empty."""
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"nothing came within {within_s} s")


def enquiry(sender: str, text: str, *, subject: str = "Holiday", message_id: str | None = None) -> EmailMessage:
    """An ordinary mail from a customer."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "someone@else.example"  # the envelope decides, not this
    message["Subject"] = subject
    message["Message-ID"] = message_id or f"<{time.time_ns()}@customers.example>"
    message.set_content(text)
    return message


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(data_dir: Path, **environment: str) -> Installation:
    """Run `tembea up` on a data folder, and wait until it says that it is ready."""
    demo_file = data_dir / "demo.json"
    demo_file.unlink(missing_ok=True)
    settings = {
        "PORT": str(free_port()),
        "TEMBEA_SMTP_PORT": str(free_port()),
        "TEMBEA_DATA_DIR": str(data_dir),
        "TEMBEA_DEMO_FILE": str(demo_file),
        "LOG_LEVEL": "WARNING",
        **environment,
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TEMBEA_", "DATABASE_"))}
    log = (data_dir / "up.log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "tembea", "up"], env=clean | settings, stdout=log, stderr=log)
    ends = time.monotonic() + READY_WITHIN_S
    while not demo_file.exists():
        if process.poll() is not None or time.monotonic() > ends:
            process.terminate()
            raise AssertionError((data_dir / "up.log").read_text(encoding="utf-8")[-5_000:])
        time.sleep(0.1)
    return Installation(json.loads(demo_file.read_text(encoding="utf-8")), process, data_dir)


def stop(installation: Installation, *, within_s: float = 90.0) -> int:
    """SIGTERM, and how it ended."""
    installation.process.send_signal(signal.SIGTERM)
    return installation.process.wait(within_s)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A first start with demo data."""
    running = start(tmp_path_factory.mktemp("installation"))
    try:
        yield running
    finally:
        stop(running)
