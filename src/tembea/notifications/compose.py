"""One mail as the bytes that go out: RFC 5322, multipart, threaded, safe against header injection.

The shape is multipart/mixed (attachments) around multipart/alternative (text, and HTML in a multipart/related with its
pictures); a level that would hold one part only is left out. The same arguments give the same bytes.
"""

import hashlib
import re
import unicodedata
from base64 import encodebytes
from collections.abc import Sequence
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Literal
from uuid import UUID

from tembea.kernel.errors import Invalid
from tembea.notifications.model import Attachment, ComposedMail, InlineImage, NewMail
from tembea.tenants import Asset, Tenant

AutoSubmitted = Literal["auto-generated", "auto-replied"]
"""RFC 3834, section 5: a mail that no person wrote says so, and other machines do not answer it."""

REFERENCES_KEPT = 20
"""Message-IDs kept in References: the thread's first and its latest."""

LOGO_ID = "logo"
"""The content id under which every branded mail shows the agency's logo: ``<img src="cid:logo">``."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@<>(),;:\\\"\[\]]{1,253}")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_CONTENT_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_ID_HEADERS = frozenset({"message-id", "in-reply-to", "references"})
_NOT_IN_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})


class UnsafeMail(Invalid):
    """An address, message id or content type that no header may carry."""

    code = "unsafe_mail"
    title = "This mail cannot be written"


def compose_mail(
    tenant: Tenant, mail: NewMail, *, mail_id: UUID, logo: Asset | None, now: datetime | None = None
) -> ComposedMail:
    """The agency's mail, finished: from its name and address, named after `mail_id`, with its logo where it is shown.

    Raises UnsafeMail for an address that mail cannot be sent to.
    """
    sender = tenant.config.mail
    name = f"<{mail_id}@{_ascii_domain(sender.sender_address.rpartition('@')[2])}>"
    raw = compose(
        sender=(sender.sender_name or tenant.config.company.name, sender.sender_address),
        to=[(mail.to_name, mail.to_address)],
        reply_to=None if sender.reply_to is None else (tenant.config.company.name, sender.reply_to),
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id=name,
        date=now or datetime.now(UTC),
        in_reply_to=mail.in_reply_to,
        references=mail.references,
        attachments=mail.attachments,
        inline_images=(*mail.inline_images, *_shown_logo(mail, logo)),
        auto_submitted=_auto_submitted(mail),
    )
    return ComposedMail(message_id=name, from_address=sender.sender_address, raw=raw)


def compose(
    *,
    sender: tuple[str, str],
    to: Sequence[tuple[str, str]],
    subject: str,
    text: str,
    message_id: str,
    date: datetime,
    html: str = "",
    reply_to: tuple[str, str] | None = None,
    in_reply_to: str | None = None,
    references: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    inline_images: Sequence[InlineImage] = (),
    auto_submitted: AutoSubmitted | None = None,
) -> bytes:
    """The whole message with CRLF line ends, ASCII only, ready for SMTP DATA or a mail API.

    People are pairs of name and address. Names, subjects and file names may hold anything: line breaks and control
    characters become blanks. Addresses, message ids and content types must be well formed, else UnsafeMail. A strange
    id among `references` or as `in_reply_to` is left out: it came from outside. `date` is an aware time.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(sender)
    mail["To"] = [_address(person) for person in to]
    if reply_to is not None:
        mail["Reply-To"] = _address(reply_to)
    mail["Subject"] = one_line(subject)
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = _checked_id(message_id)
    if in_reply_to is not None and _MESSAGE_ID.fullmatch(in_reply_to):
        mail["In-Reply-To"] = in_reply_to
    if chain := _chain(references, in_reply_to):
        mail["References"] = " ".join(chain)
    if auto_submitted is not None:
        mail["Auto-Submitted"] = auto_submitted
    files = _Files(message_id)
    _fill(mail, text, html, attachments, inline_images, files)
    _fix_boundaries(mail, message_id)
    return files.put_into(mail.as_bytes())


def one_line(text: str) -> str:
    """The text without line breaks and control characters, runs of blanks made one."""
    safe = "".join(" " if unicodedata.category(char) in _NOT_IN_A_LINE else char for char in text)
    return " ".join(safe.split())


class _MailPolicy(EmailPolicy):
    """SMTP's policy, but message ids are folded between each other and never encoded or broken.

    The standard folding makes encoded words of ids longer than a line, which other mail programs cannot thread by.
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() in _ID_HEADERS:
            return f"{name}: " + f"{self.linesep} ".join(value.split()) + self.linesep
        return super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _ID_HEADERS:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _MailPolicy(linesep="\r\n", cte_type="7bit")


def _shown_logo(mail: NewMail, logo: Asset | None) -> tuple[InlineImage, ...]:
    given = any(image.content_id == LOGO_ID for image in mail.inline_images)
    if logo is None or given or f"cid:{LOGO_ID}" not in mail.html:
        return ()
    return (InlineImage(content_id=LOGO_ID, content_type=logo.content_type, content=logo.content),)


def _auto_submitted(mail: NewMail) -> AutoSubmitted | None:
    if not mail.automatic:
        return None
    return "auto-replied" if mail.in_reply_to else "auto-generated"


def _address(person: tuple[str, str]) -> Address:
    name, address = person
    if _ADDRESS.fullmatch(address) is None:
        raise UnsafeMail(f"{address!r} is not an address that mail can be sent to.")
    local, _, domain = address.rpartition("@")
    return Address(display_name=one_line(name), username=local, domain=_ascii_domain(domain))


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise UnsafeMail(f"{domain!r} is not a domain that mail can be sent to.") from None


def _checked_id(text: str) -> str:
    if _MESSAGE_ID.fullmatch(text) is None:
        raise UnsafeMail(f"{text!r} is not a message id of the form <unique@domain>.")
    return text


def _chain(references: Sequence[str], in_reply_to: str | None) -> list[str]:
    """Oldest first, what is answered last, each id once (RFC 5322, section 3.6.4)."""
    answered = [] if in_reply_to is None else [in_reply_to]
    named = [name for name in references if name not in answered]
    chain = [name for name in dict.fromkeys([*named, *answered]) if _MESSAGE_ID.fullmatch(name)]
    return chain if len(chain) <= REFERENCES_KEPT else [chain[0], *chain[1 - REFERENCES_KEPT :]]


class _Files:
    """The contents of a mail's files, which stand in for a mark each until the rest is written.

    The library encodes and writes a file line by line, twenty milliseconds of processor for a quote and its pictures.
    A mark is made of the message's own id, which nobody knows before it is drawn, so no text holds one.
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._contents: list[tuple[bytes, bytes]] = []

    def mark(self, content: bytes) -> bytes:
        """What to write in the content's stead."""
        mark = hashlib.sha256(f"{self._seed} file {len(self._contents)}".encode()).digest()
        self._contents.append((mark, content))
        return mark

    def put_into(self, written: bytes) -> bytes:
        """The written message with every content in its place."""
        pieces: list[bytes] = []
        for mark, content in self._contents:
            before, _, written = written.partition(_base64(mark))
            pieces += (before, _base64(content))
        return b"".join([*pieces, written])


def _base64(content: bytes) -> bytes:
    """The encoding in lines of 76 (RFC 2045, section 6.8)."""
    return encodebytes(content).replace(b"\n", b"\r\n")


def _fill(
    mail: EmailMessage,
    text: str,
    html: str,
    attachments: Sequence[Attachment],
    images: Sequence[InlineImage],
    files: _Files,
) -> None:
    mail.set_content(text, cte="quoted-printable")
    if html:
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    shown = mail.get_body(("html",))
    if shown is not None:
        for image in images:
            maintype, subtype = _content_type(image.content_type)
            cid = _checked_id(f"<{image.content_id}>")
            shown.add_related(files.mark(image.content), maintype, subtype, cid=cid, disposition="inline")
    for attachment in attachments:
        maintype, subtype = _content_type(attachment.content_type)
        content = files.mark(attachment.content)
        mail.add_attachment(content, maintype, subtype, filename=_file_name(attachment.filename))


def _content_type(text: str) -> tuple[str, str]:
    if _CONTENT_TYPE.fullmatch(text) is None:
        raise UnsafeMail(f"{text!r} is not a content type.")
    maintype, _, subtype = text.partition("/")
    return maintype, subtype


def _file_name(name: str) -> str:
    return one_line(name).replace("/", "-").replace("\\", "-") or "attachment"


def _fix_boundaries(mail: EmailMessage, seed: str) -> None:
    # Python draws boundaries at random; the same mail sent again should be the same bytes.
    digest = hashlib.sha256(seed.encode()).hexdigest()[:24]
    for index, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest}_{index}")
