"""What a soak's customers send: enquiries of many kinds, and beside them answers, repetitions and hostile mail.

Everything follows from a mail's number. Enquiries carry Message-IDs and senders of `DOMAIN`, each is answered by one
quote, and the ledger counts them. What must not become a quote carries `OTHERS`.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

from tests.acceptance.conftest import enquiry
from tests.prove.kill_senders import DOMAIN

OTHERS = "others.example"
ANSWERED_BACK = 600
"""How many mails after an enquiry the customer answers it, or its mail server repeats it: a minute, at ten a second."""

Kind = Literal["enquiry", "with a file", "HTML", "answer", "repetition", "hostile"]
_SHARES: Mapping[Kind, int] = {"enquiry": 8, "with a file": 2, "HTML": 2, "answer": 4, "repetition": 2, "hostile": 2}
"""Of twenty mails. Twelve want a quote; in an agency's mailbox fewer do."""
_KINDS: tuple[Kind, ...] = tuple(kind for kind, share in _SHARES.items() for _ in range(share))


_PLACES = {"africastay": ("Zanzibar", "Mauritius", "Kenya"), "indigo-travel": ("Algarve", "Madeira", "Azores")}
_NAMES = (
    "Thandiwe Nkosi",
    "José Ángel Muñoz",
    "Zoë van der Merwe",
    "Łukasz Żak",
    "Ольга Петрова",
    "Ελένη Παπαδοπούλου",
    "田中 美咲",
    "김민준",
    "سارة حداد",
    "Nguyễn Thị Hoa",
)
_TEXTS = (
    "Hello, my wife and I would like to visit {place} from {day} June 2027 for 7 nights, breakfast included.",
    "Hi, we are 2 adults and our kids aged 6 and 9. We want to go to {place} from {day} July 2027 for 5 nights.",
    "Good day, please quote {place} for 3 adults, {day} May 2027, 10 nights. Our budget is 9000 in total.",
    "Dear team, honeymoon in {place}! Two adults, arriving {day} September 2027, 6 nights, half board please.",
)


@dataclass(frozen=True, slots=True)
class SoakMail:
    """A mail to hand over: as bytes, because hostile ones are no messages that a library would write."""

    kind: Kind
    to: str
    envelope_from: str
    raw: bytes
    message_id: str | None
    """Of an enquiry, which has to become a quote; None for everything else."""


def soak_mail(number: int, addresses: dict[str, str]) -> SoakMail:
    """The `number`-th mail of a soak, for one of the agencies, whose inbound addresses are given by their names."""
    kind = _KINDS[number % len(_KINDS)]
    if kind == "hostile":
        return _hostile(number, addresses)
    if kind in ("answer", "repetition"):
        earlier = _earlier_enquiry(number)
        if earlier is not None:
            return _repeated(earlier, addresses) if kind == "repetition" else _answer(number, earlier, addresses)
        kind = "enquiry"
    return _enquiry(number, kind, addresses)


def _earlier_enquiry(number: int) -> int | None:
    earlier = number - ANSWERED_BACK
    while earlier >= 0 and _KINDS[earlier % len(_KINDS)] in ("answer", "repetition", "hostile"):
        earlier -= 1
    return earlier if earlier >= 0 else None


def _tenant(number: int, addresses: dict[str, str]) -> str:
    return sorted(addresses)[random.Random(number).randrange(len(addresses))]


def _enquiry(number: int, kind: Kind, addresses: dict[str, str]) -> SoakMail:
    chance, tenant = random.Random(number), _tenant(number, addresses)
    name = chance.choice(_NAMES)
    text = chance.choice(_TEXTS).format(place=chance.choice(_PLACES[tenant]), day=chance.randint(1, 20))
    body = f"{text}\n\nKind regards\n{name}\n"
    sender = f"{name} <soak-{number}@{DOMAIN}>"
    mail = enquiry(sender, body, subject=f"Holiday {number}", message_id=f"<soak-{number}@{DOMAIN}>")
    if kind == "with a file":
        mail.add_attachment(
            b"%PDF-1.7" + chance.randbytes(chance.randint(5_000, 150_000)),
            "application",
            "pdf",
            filename="passport.pdf",
        )
    elif kind == "HTML":
        mail.add_alternative(f"<html><body><p>{text}</p><p>Kind regards<br>{name}</p></body></html>", subtype="html")
    return SoakMail(kind, addresses[tenant], f"bounces@{DOMAIN}", mail.as_bytes(), f"<soak-{number}@{DOMAIN}>")


def _repeated(earlier: int, addresses: dict[str, str]) -> SoakMail:
    """An enquiry once more, byte for byte, as a mail server does that did not hear the answer."""
    once = _enquiry(earlier, _KINDS[earlier % len(_KINDS)], addresses)
    return SoakMail("repetition", once.to, once.envelope_from, once.raw, None)


def _answer(number: int, earlier: int, addresses: dict[str, str]) -> SoakMail:
    mail: EmailMessage = enquiry(
        f"Soak {earlier} <soak-{earlier}@{DOMAIN}>",
        "Thank you, we will talk it over at home and let you know next week.\n",
        subject=f"Re: Holiday {earlier}",
        message_id=f"<answer-{number}@{OTHERS}>",
    )
    mail["In-Reply-To"] = mail["References"] = f"<soak-{earlier}@{DOMAIN}>"
    return SoakMail("answer", addresses[_tenant(earlier, addresses)], f"bounces@{OTHERS}", mail.as_bytes(), None)


def _hostile(number: int, addresses: dict[str, str]) -> SoakMail:
    tenant, chance = _tenant(number, addresses), random.Random(number)
    head = f"From: x <hostile-{number}@{OTHERS}>\r\nMessage-ID: <hostile-{number}@{OTHERS}>\r\n".encode()
    nested = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    noise = chance.randbytes(2_000).replace(b"\n", b" ").replace(b"\r", b" ")
    shapes = (
        head + b"Subject: newsletter\r\nPrecedence: bulk\r\nList-Id: <n.example>\r\n\r\nBuy our lists.\r\n",
        head + nested + b"--x\r\n" + (nested + b"--x\r\n") * 60,
        head + b"Subject: =?utf-8?b?////?=\r\nContent-Type: text/plain; charset=no-such\r\n\r\n" + noise + b"\r\n",
        head + b"Subject: " + b"A" * 900 + b"\r\n\r\n" + b"(((" * 5_000 + b"\r\n",
        head + b"Subject: {{ 7*7 }} <script>alert(1)</script>' or 1=1 --\r\n\r\n<img src=x onerror=alert(1)>\r\n",
    )
    nobody = number // len(_KINDS) % (len(shapes) + 1) == len(shapes)
    to = f"nobody-{number}@{OTHERS}" if nobody else addresses[tenant]
    return SoakMail("hostile", to, f"bounces@{OTHERS}", shapes[number // len(_KINDS) % len(shapes)], None)
