"""Mail servers of customers: each keeps a mail until it hears that it was accepted, and sends the same one again."""

import json
import random
import smtplib
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage

import httpx

from tests.acceptance.conftest import Installation, enquiry

DOMAIN = "kill.example"
HONEST_SMTP, HONEST_HTTP = (421, 451), (503,)
_TEXT = """Hello, my wife and I would like to visit {place} from {day} June 2027 for 7 nights, breakfast included.

Kind regards
Person {number}
"""
_PLACES = {"africastay": ("Zanzibar", "Mauritius", "Kenya"), "indigo-travel": ("Algarve", "Madeira", "Azores")}
_PATIENCE_S = 8.0
_RETRY_S = (0.1, 0.6)


@dataclass
class Mailbag:
    """What the senders did: which Message-IDs were accepted, and every answer that they heard."""

    accepted: dict[str, str] = field(default_factory=dict[str, str])
    """Message-ID of each accepted mail, and its tenant."""
    answers: Counter[str] = field(default_factory=Counter[str])
    dishonest: list[str] = field(default_factory=list[str])
    """Answers that neither accept a mail nor ask for it again."""
    repeats: int = 0

    @property
    def accepted_count(self) -> int:
        """How many mails were accepted so far."""
        return len(self.accepted)


@dataclass(frozen=True, slots=True)
class _Mail:
    tenant: str
    address: str
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class Senders:
    """A few threads that send different mails at a steady pace, by SMTP and by the webhook in turn."""

    def __init__(self, installation: Installation, *, seed: int, mails_a_second: float, threads: int = 6) -> None:
        self.bag = Mailbag()
        self._installation = installation
        self._random = random.Random(seed)
        self._pause_s = threads / mails_a_second
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._given_up = threading.Event()
        self._made = 0
        self._threads = [threading.Thread(target=self._run, args=[number]) for number in range(threads)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def finish(self, *, within_s: float = 60.0) -> None:
        """Send nothing new; what is under way is brought to its end. Raises when it does not come to one."""
        self._ending.set()
        ends = time.monotonic() + within_s
        for thread in self._threads:
            thread.join(max(0.0, ends - time.monotonic()))
        stuck = sum(thread.is_alive() for thread in self._threads)
        self._given_up.set()
        if stuck:
            raise AssertionError(f"{stuck} mails were not accepted within {within_s:g} s after the last kill")

    def _run(self, number: int) -> None:
        by_smtp = number % 2 == 0
        while not self._ending.is_set():
            mail = self._next()
            while not self._given_up.is_set() and not self._try(mail, by_smtp=by_smtp):
                time.sleep(random.uniform(*_RETRY_S))
            self._ending.wait(self._pause_s * random.uniform(0.5, 1.5))

    def _next(self) -> _Mail:
        with self._lock:
            self._made += 1
            number = self._made
            tenant = self._random.choice(list(_PLACES))
            place, day = self._random.choice(_PLACES[tenant]), self._random.randint(1, 20)
        sender = f"Person {number} <kill-{number}@{DOMAIN}>"
        text = _TEXT.format(place=place, day=day, number=number)
        message = enquiry(sender, text, subject=f"Holiday {number}", message_id=f"<{number}@{DOMAIN}>")
        return _Mail(tenant, self._installation.tenant(tenant)["inbound_address"], message)

    def _try(self, mail: _Mail, *, by_smtp: bool) -> bool:
        try:
            accepted, answer = self._by_smtp(mail) if by_smtp else self._by_webhook(mail)
        except (OSError, smtplib.SMTPServerDisconnected, httpx.TransportError) as error:
            accepted, answer = False, f"connection: {type(error).__name__}"
        with self._lock:
            self.bag.answers[answer] += 1
            if accepted:
                self.bag.accepted[mail.message_id] = mail.tenant
            else:
                self.bag.repeats += 1
        return accepted

    def _by_smtp(self, mail: _Mail) -> tuple[bool, str]:
        smtp = self._installation.demo["smtp"]
        try:
            with smtplib.SMTP(smtp["host"], smtp["port"], timeout=_PATIENCE_S) as client:
                client.send_message(mail.message, from_addr=f"bounces@{DOMAIN}", to_addrs=[mail.address])
        except smtplib.SMTPResponseException as error:
            return False, self._judged("smtp", error.smtp_code, HONEST_SMTP)
        except smtplib.SMTPRecipientsRefused as error:
            code, _ = next(iter(error.recipients.values()))
            return False, self._judged("smtp", code, HONEST_SMTP)
        return True, "smtp 250"

    def _by_webhook(self, mail: _Mail) -> tuple[bool, str]:
        fields = {
            "email": mail.message.as_string(),
            "to": mail.address,
            "envelope": json.dumps({"to": [mail.address], "from": f"bounces@{DOMAIN}"}),
        }
        parts = [(name, (None, value)) for name, value in fields.items()]
        url = f"{self._installation.base_url}/webhooks/email/inbound"
        answer = httpx.post(url, files=parts, timeout=_PATIENCE_S)
        if answer.is_success:
            return True, f"webhook {answer.status_code}"
        return False, self._judged("webhook", answer.status_code, HONEST_HTTP)

    def _judged(self, door: str, code: int, honest: tuple[int, ...]) -> str:
        answer = f"{door} {code}"
        if code not in honest:
            with self._lock:
                self.bag.dishonest.append(answer)
        return answer
