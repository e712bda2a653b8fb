"""Mailboxes that mail is read from by IMAP: where one is, and one look into it.

Everything but `Mailbox.parse` and `abort` blocks; callers run it in a thread. Sources: RFC 3501 (IMAP4rev1), RFC 8314
(TLS at once, or STARTTLS before anything is said).
"""

import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, Self, cast
from urllib.parse import parse_qs, unquote, urlsplit

from imapclient import IMAPClient  # pyright: ignore[reportMissingTypeStubs] - `_Client` says what is used
from imapclient.exceptions import IMAPClientError  # pyright: ignore[reportMissingTypeStubs] - an exception class

TIMEOUT_S = 10.0
"""Bound of every step of one look."""

_PORT, _TLS_PORT, _LOOPBACK = 143, 993, ("localhost", "127.0.0.1", "::1")
_SEEN, _FLAGGED = rb"\Seen", rb"\Flagged"


class MailboxError(Exception):
    """The mailbox could not be read just now; what was not read stays there."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox from its address `imap[s]://user:password@host[:port][/folder][?tenant=slug]`.

    With a `tenant` all its mail is that agency's; else each message's own recipient decides.
    """

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tenant: str | None = None
    implicit_tls: bool = True

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises ValueError that says what is wrong, without the password."""
        parts = urlsplit(url)
        if parts.scheme not in ("imap", "imaps") or not (parts.hostname and parts.username and parts.password):
            raise ValueError("TEMBEA_IMAP_URL looks like imaps://user:password@mail.example.com/INBOX?tenant=slug")
        implicit = parts.scheme == "imaps"
        return cls(
            host=parts.hostname,
            port=parts.port or (_TLS_PORT if implicit else _PORT),
            username=unquote(parts.username),
            password=unquote(parts.password),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            tenant=parse_qs(parts.query).get("tenant", [None])[0],
            implicit_tls=implicit,
        )

    @property
    def name(self) -> str:
        """What tells it from others: account, server and folder."""
        return f"{self.username}@{self.host}:{self.port}/{self.folder}"


class _Client(Protocol):
    """What is used of the library, with the types that it does not say."""

    def starttls(self, ssl_context: ssl.SSLContext) -> object: ...
    def login(self, username: str, password: str) -> object: ...
    def select_folder(self, folder: str) -> Mapping[bytes, object]: ...
    def search(self, criteria: list[object]) -> Iterable[int]: ...
    def fetch(self, messages: list[int], data: list[str]) -> Mapping[int, Mapping[bytes, object]]: ...
    def add_flags(self, messages: list[int], flags: list[bytes]) -> object: ...
    def logout(self) -> object: ...
    def shutdown(self) -> None: ...


class MailboxSession:
    """One look into a mailbox. UIDs grow and mean the same message as long as `uid_validity` stays (2.3.1.1)."""

    def __init__(self, client: _Client, selected: Mapping[bytes, object]) -> None:
        self._client = client
        self.uid_validity = cast("int", selected[b"UIDVALIDITY"])
        self.uid_next = cast("int | None", selected.get(b"UIDNEXT"))

    @classmethod
    def open(cls, mailbox: Mailbox, *, timeout_s: float = TIMEOUT_S) -> Self:
        """Connect, sign in and choose the folder; raises `MailboxError`. Without TLS only on this machine."""
        trust = ssl.create_default_context()
        try:
            made = IMAPClient(
                mailbox.host,
                mailbox.port,
                ssl=mailbox.implicit_tls,
                ssl_context=trust if mailbox.implicit_tls else None,
                timeout=timeout_s,
            )
        except (IMAPClientError, OSError, ValueError) as error:
            raise _failed(error) from error
        client = cast("_Client", made)
        try:
            if not mailbox.implicit_tls and mailbox.host not in _LOOPBACK:
                client.starttls(trust)
            client.login(mailbox.username, mailbox.password)
            return cls(client, client.select_folder(mailbox.folder))
        except (IMAPClientError, OSError, ValueError, KeyError) as error:
            with suppress(OSError):
                client.shutdown()
            raise _failed(error) from error

    def list_from(self, uid: int) -> list[int]:
        """The messages with this UID and later ones, oldest first."""
        # “n:*” always names the last message too, even where its UID is smaller.
        return [found for found in self._search(["UID", f"{uid}:*"]) if found >= uid]

    def list_since(self, day: date, *, unread: bool) -> list[int]:
        """The messages that came on this day or later, oldest first; all of them, or those that nobody has read."""
        return self._search([*(["UNSEEN"] if unread else []), "SINCE", day])

    def _search(self, criteria: list[object]) -> list[int]:
        try:
            return sorted(self._client.search(criteria))
        except (IMAPClientError, OSError, ValueError) as error:
            raise _failed(error) from error

    def size_of(self, uid: int) -> int | None:
        """The message's size in bytes; None where it is not there any more."""
        size = self._fetch(uid, "RFC822.SIZE")
        return size if isinstance(size, int) else None

    def read(self, uid: int) -> bytes | None:
        """The message as it came, without marking it; None where it is not there any more."""
        raw = self._fetch(uid, "BODY.PEEK[]", "BODY[]")
        return raw if isinstance(raw, bytes) else None

    def _fetch(self, uid: int, item: str, answered: str | None = None) -> object:
        try:
            found = self._client.fetch([uid], [item]).get(uid, {})
        except (IMAPClientError, OSError, ValueError) as error:
            raise _failed(error) from error
        return found.get((answered or item).encode())

    def mark_read(self, uid: int) -> None:
        """For people who look into the mailbox: this one was taken."""
        self._mark(uid, _SEEN)

    def mark_for_a_person(self, uid: int) -> None:
        """For people who look into the mailbox: this one was not taken, and somebody should see to it."""
        self._mark(uid, _FLAGGED)

    def _mark(self, uid: int, flag: bytes) -> None:
        try:
            self._client.add_flags([uid], [flag])
        except (IMAPClientError, OSError, ValueError) as error:
            raise _failed(error) from error

    def close(self) -> None:
        """Take leave."""
        with suppress(IMAPClientError, OSError, ValueError):
            self._client.logout()

    def abort(self) -> None:
        """Cut the line, whatever another thread is waiting for on it."""
        with suppress(IMAPClientError, OSError):
            self._client.shutdown()


def _failed(error: Exception) -> MailboxError:
    return MailboxError(f"{type(error).__name__}: {error}"[:300])
