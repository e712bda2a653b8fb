"""Outgoing mail: what carries one finished message away, and what can be known about it afterwards.

A message is composed, named (Message-ID) and stored before it comes here; sending it again with the same name is how a
crash in between is repaired. Sources: RFC 5321 (SMTP), RFC 6531 (internationalised addresses).
"""

import asyncio
import socket
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from tembea.providers.dkim_signing import DkimSigner

Transport = Literal["smtp", "embedded"]

SEND_TIMEOUT_S = 30.0
"""Bound of every step of one SMTP dialogue."""

_TLS_PORT, _SUBMISSION_PORT, _LOOPBACK = 465, 587, ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a message went: by which transport, and the last word of the other side."""

    transport: Transport
    response: str


class DeliveryError(Exception):
    """A message was not delivered; the subclasses say what may be done next."""


class DeliveryDeferred(DeliveryError):
    """Certainly not delivered, and trying again later may help (RFC 5321: 4yz, or no connection)."""


class DeliveryRefused(DeliveryError):
    """Certainly not delivered, and trying again will not help (RFC 5321: 5yz)."""


class DeliveryUncertain(DeliveryError):
    """The connection broke after the message was handed over and before the answer: it may have arrived."""


class MailProvider(Protocol):
    """What carries mail. `transport` is stored beside each message that went this way."""

    @property
    def transport(self) -> Transport:
        """By which way it carries."""
        ...

    async def send(self, *, envelope_from: str, to: str, raw: bytes, message_id: str) -> Delivery:
        """Hand over one message; raises a `DeliveryError`. `message_id` is its idempotency key."""
        ...


class EmbeddedMail:
    """No mail server at all: the stored message itself is the outbox, which the operator can read."""

    @property
    def transport(self) -> Transport:
        """Always "embedded"."""
        return "embedded"

    async def send(self, *, envelope_from: str, to: str, raw: bytes, message_id: str) -> Delivery:
        """Nothing leaves the installation; marking the stored row as sent is the whole delivery."""
        del envelope_from, to, raw
        return Delivery("embedded", f"kept {message_id}")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server from its address `smtp[s]://[user:password@]host[:port][?starttls=never|always]`."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    implicit_tls: bool = False
    starttls: bool | None = None

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Raises ValueError that says what is wrong. A password never travels in the clear beyond this machine."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("MAIL_SMTP_URL looks like smtp://user:password@mail.example.com:587 or smtps://…:465")
        implicit = parts.scheme == "smtps"
        wish = parse_qs(parts.query).get("starttls", ["auto"])[0]
        starttls = {"never": False, "always": True}.get(wish)
        if parts.username and not implicit and parts.hostname not in _LOOPBACK:
            starttls = True
        return cls(
            host=parts.hostname,
            port=parts.port or (_TLS_PORT if implicit else _SUBMISSION_PORT),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            implicit_tls=implicit,
            starttls=False if implicit else starttls,
        )


class SmtpMail:
    """A mail server of the installation's choice, one connection a message; signed where there is a signer."""

    def __init__(
        self, server: SmtpServer, *, signer: DkimSigner | None = None, timeout_s: float = SEND_TIMEOUT_S
    ) -> None:
        self._server = server
        self._signer = signer
        self._timeout_s = timeout_s

    @property
    def transport(self) -> Transport:
        """Always "smtp"."""
        return "smtp"

    async def send(self, *, envelope_from: str, to: str, raw: bytes, message_id: str) -> Delivery:
        """One dialogue. Whatever fails before DATA certainly did not deliver; a break during DATA is uncertain."""
        del message_id  # it stands in `raw`; the receiving side folds repetitions by it
        if self._signer is not None:
            raw = await asyncio.to_thread(self._signer.sign, raw)
        client = self._client()
        try:
            await self._address(client, envelope_from, to)
            return await _hand_over(client, raw)
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.implicit_tls,
            start_tls=server.starttls,
            timeout=self._timeout_s,
            # The library would ask the resolver for a full name, which can take longer than the whole dialogue.
            local_hostname=socket.gethostname(),
        )

    async def _address(self, client: aiosmtplib.SMTP, envelope_from: str, to: str) -> None:
        try:
            await client.connect()
            await client.ehlo()
            plain = envelope_from.isascii() and to.isascii()
            if not plain and not client.supports_extension("smtputf8"):
                raise DeliveryRefused("the mail server does not take addresses beyond ASCII (SMTPUTF8)")
            encoding = "ascii" if plain else "utf-8"
            options = ["BODY=8BITMIME"] if client.supports_extension("8bitmime") else []
            await client.mail(envelope_from, options=options if plain else [*options, "SMTPUTF8"], encoding=encoding)
            await client.rcpt(to, encoding=encoding)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise _before_data(error) from error


async def _hand_over(client: aiosmtplib.SMTP, raw: bytes) -> Delivery:
    try:
        response = await client.data(raw)
    except aiosmtplib.SMTPDataError as error:
        raise _answered(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise DeliveryUncertain(_words(error)) from error
    return Delivery("smtp", f"{response.code} {response.message}"[:500])


def build_mail_provider(smtp_url: str | None, signer: DkimSigner | None = None) -> MailProvider:
    """The mail server at `smtp_url`, or the embedded outbox without one; raises ValueError for a bad address."""
    return SmtpMail(SmtpServer.parse(smtp_url), signer=signer) if smtp_url else EmbeddedMail()


def _before_data(error: Exception) -> DeliveryError:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _answered(error)
    if isinstance(error, aiosmtplib.SMTPNotSupported):
        return DeliveryRefused(_words(error))
    return DeliveryDeferred(_words(error))


def _answered(error: aiosmtplib.SMTPResponseException) -> DeliveryError:
    # A server that refuses our log-in is misconfigured, not the message's fault: it stays to be sent.
    temporary = 400 <= error.code < 500 or isinstance(error, aiosmtplib.SMTPAuthenticationError)
    return DeliveryDeferred(_words(error)) if temporary else DeliveryRefused(_words(error))


def _words(error: Exception) -> str:
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {error.message}"[:500]
    return f"{type(error).__name__}: {error}"[:500]
