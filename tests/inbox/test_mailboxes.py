"""Mail that is read from mailboxes, against a real IMAP server: stored before it is marked, once, whatever breaks."""

import imaplib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY

from tembea.inbox import QuarantineLimits, list_quarantined
from tembea.inbox.mailboxes import MailboxDoor, look_into
from tembea.inbox.model import QuarantineFilter
from tembea.kernel.context import platform_context
from tembea.providers.mailbox import Mailbox
from tests.app_fixtures import Agency, Platform
from tests.inbox.mails import mail
from tests.system_tools import require_tool

CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=8 gid=8 home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Server:
    """Dovecot on a folder and a port of its own; accounts come into being when somebody signs in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        (folder / "mail").mkdir(mode=0o777)
        (folder / "mail").chmod(0o777)
        self.configuration = folder / "dovecot.conf"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, port=self.port))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen([require_tool("dovecot"), "-F", "-c", str(self.configuration)])
        ends = time.monotonic() + 30
        while True:
            try:
                self.connected("probe").logout()
            except (OSError, imaplib.IMAP4.error):
                if time.monotonic() > ends or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def connected(self, user: str) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        client.login(user, "secret")
        return client

    def put(self, user: str, raw: bytes, *, flags: str = "", at: float | None = None) -> None:
        client = self.connected(user)
        when = imaplib.Time2Internaldate(at or time.time())
        answer, _ = client.append("INBOX", flags, when, raw)
        assert answer == "OK"
        client.logout()

    def count(self, user: str, criterion: str) -> int:
        client = self.connected(user)
        client.select("INBOX", readonly=True)
        _, found = client.search(None, criterion)
        client.logout()
        return len(found[0].split())

    def box(self, user: str, **more: Any) -> Mailbox:
        return replace(Mailbox.parse(f"imap://{user}:secret@127.0.0.1:{self.port}/INBOX"), **more)


def new_folder() -> Path:
    """One that the server's own user may enter, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="tembea-imap-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    require_tool("dovecot")
    running = Server(new_folder())
    running.start()
    try:
        yield running
    finally:
        running.stop()
        shutil.rmtree(running.folder, ignore_errors=True)


@pytest.fixture
async def door(platform: Platform) -> MailboxDoor:
    return MailboxDoor(platform.db, platform.settings.inbound_domain, QuarantineLimits())


async def subjects(agency: Agency) -> list[str]:
    answer = await agency.consultant.get("/api/v1/enquiries")
    return sorted(item["subject"] for item in answer.json()["items"])


def letter(number: int, *, to: str = "quotes@savanna-trails.example", noted: str = "") -> bytes:
    raw = mail(subject=f"Trip {number}", message_id=f"<{number}@mailbox.example>")
    raw = raw.replace(b"To: quotes@savanna-trails.example", f"To: {to}".encode())
    return (noted.encode() if noted else b"") + raw


async def test_mail_in_a_mailbox_becomes_an_enquiry_once_and_is_marked(
    door: MailboxDoor, server: Server, platform: Platform, agency: Agency
) -> None:
    server.put("once", letter(1))
    box = server.box("once")

    for _ in range(3):
        assert await look_into(door, box)
    assert await subjects(agency) == ["Trip 1"]
    assert server.count("once", "SEEN") == 1

    server.put("once", letter(2), flags="\\Seen")  # whoever reads it by hand hides nothing
    server.put("once", letter(1))
    assert await look_into(door, box)
    assert await subjects(agency) == ["Trip 1", "Trip 2"]


async def test_the_first_look_takes_what_came_lately_and_nobody_has_read(
    door: MailboxDoor, server: Server, agency: Agency
) -> None:
    server.put("history", letter(1), at=time.time() - 90 * 86_400)
    server.put("history", letter(2), flags="\\Seen")
    server.put("history", letter(3))

    assert await look_into(door, server.box("history"))
    assert await subjects(agency) == ["Trip 3"]


async def test_whose_a_message_is_the_delivering_server_says_before_its_writer(
    door: MailboxDoor, server: Server, platform: Platform, agency: Agency, other_agency: Agency
) -> None:
    server.put("catch-all", letter(1, noted="Delivered-To: quotes@harbour-travel.example\r\n"))
    server.put("catch-all", letter(2, noted="Delivered-To: shared@host.example\r\n"))
    server.put("catch-all", letter(3, to="quotes+harbour-travel@in.tembea.example"))
    server.put("catch-all", letter(4, to="nobody@elsewhere.example"))

    assert await look_into(door, server.box("catch-all"))

    assert (await subjects(other_agency), await subjects(agency)) == (["Trip 1", "Trip 3"], ["Trip 2"])
    async with platform.db.read(platform_context()) as read:
        (kept,) = await list_quarantined(read, QuarantineFilter(), None, 10)
    assert (kept.recipient, kept.source) == ("nobody@elsewhere.example", "imap")


async def test_all_mail_of_an_agencys_own_mailbox_is_its_own(door: MailboxDoor, server: Server, agency: Agency) -> None:
    server.put("own", letter(1, to="someone@elsewhere.example"))
    assert await look_into(door, server.box("own", tenant="savanna-trails"))
    assert await subjects(agency) == ["Trip 1"]


async def test_with_the_database_away_nothing_is_marked_and_nothing_lost(
    door: MailboxDoor, server: Server, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tembea.inbox import mailboxes
    from tembea.kernel.db import DatabaseUnavailable

    async def away(*_: object, **__: object) -> list[object]:
        raise DatabaseUnavailable("The database does not answer.")

    server.put("outage", letter(1))
    with monkeypatch.context() as patched:
        patched.setattr(mailboxes, "receive_for_all", away)
        assert not await look_into(door, server.box("outage"))
    assert server.count("outage", "SEEN") == 0

    assert await look_into(door, server.box("outage"))
    assert await subjects(agency) == ["Trip 1"]


async def test_a_server_that_is_away_is_a_failure_that_passes(
    door: MailboxDoor, platform: Platform, agency: Agency
) -> None:
    own = Server(new_folder())
    try:
        own.start()
        box = own.box("away")
        assert await look_into(door, box)
        own.put("away", letter(1))
        own.stop()
        assert not await look_into(door, box)
        async with platform.db.read(platform_context()) as read:
            (row,) = await read.rows("select failing_since is not null as failing, last_error from mailboxes")
        assert row["failing"]
        assert "secret" not in str(row["last_error"])
        own.start()
        assert await look_into(door, box)
        assert await subjects(agency) == ["Trip 1"]
    finally:
        own.stop()
        shutil.rmtree(own.folder, ignore_errors=True)


async def test_new_uids_are_read_again_and_nothing_is_doubled(
    door: MailboxDoor, server: Server, agency: Agency
) -> None:
    for number in (1, 2):
        server.put("renumbered", letter(number))
    box = server.box("renumbered")
    assert await look_into(door, box)
    for index in (server.folder / "mail" / "renumbered").glob("dovecot*"):
        with suppress(IsADirectoryError):
            index.unlink()  # the server then makes new UIDs under a new UIDVALIDITY
    server.put("renumbered", letter(3), flags="\\Seen")

    assert await look_into(door, box)
    assert await subjects(agency) == ["Trip 1", "Trip 2", "Trip 3"]
    async with door.db.read(platform_context()) as read:
        (row,) = await read.rows("select next_uid from mailboxes")
    assert row["next_uid"] == 4


async def test_a_message_that_is_too_big_stays_for_a_person_and_holds_up_nothing(
    door: MailboxDoor, server: Server, platform: Platform, agency: Agency
) -> None:
    server.put("big", letter(1) + b"x" * 20_000)
    server.put("big", letter(2))

    assert await look_into(replace(door, max_message_bytes=10_000), server.box("big"))

    assert await subjects(agency) == ["Trip 2"]
    assert server.count("big", "FLAGGED") == 1
    assert REGISTRY.get_sample_value("tembea_imap_messages_total", {"outcome": "too_large"}) == 1


async def test_one_worker_looks_at_a_time(door: MailboxDoor, server: Server, agency: Agency) -> None:
    server.put("shared", letter(1))
    box = server.box("shared")
    async with door.db.tx(platform_context()) as tx:
        await tx.execute(
            "insert into mailboxes (mailbox, leased_until) values (%s, now() + interval '1 minute')", [box.name]
        )
    assert await look_into(door, box)
    assert await subjects(agency) == []

    async with door.db.tx(platform_context()) as tx:
        await tx.execute("update mailboxes set leased_until = now() - interval '1 s'")
    assert await look_into(door, box)
    assert await subjects(agency) == ["Trip 1"]


async def test_a_wrong_password_is_a_failure_without_the_password(
    door: MailboxDoor, server: Server, platform: Platform
) -> None:
    assert not await look_into(door, server.box("once", password="hunter2"))
    async with platform.db.read(platform_context()) as read:
        (row,) = await read.rows("select last_error from mailboxes")
    assert "hunter2" not in str(row["last_error"])


@pytest.mark.parametrize("url", ["imap://host", "pop3://a:b@host", "imaps://user@host/INBOX", "nonsense"])
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="looks like imaps://user:password@"):
        Mailbox.parse(url)


def test_an_address_says_account_server_folder_and_tenant() -> None:
    box = Mailbox.parse("imaps://quotes%40agency.example:p%20w@mail.example.com/Travel/New?tenant=savanna-trails")
    assert (box.username, box.password, box.folder) == ("quotes@agency.example", "p w", "Travel/New")
    assert (box.port, box.implicit_tls, box.tenant) == (993, True, "savanna-trails")
    assert "p w" not in repr(box)
