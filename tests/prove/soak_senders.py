"""Senders that keep to their timetable: a mail leaves when its time has come, however the last ones fared."""

import json
import smtplib
import threading
import time
from collections import Counter

import httpx

from tests.acceptance.conftest import Installation
from tests.prove.soak_mails import SoakMail, soak_mail

AGENCIES = ("africastay", "indigo-travel")
_THREADS = 8
_PATIENCE_S = 20.0
_TRIES = 20
_WEBHOOK_EVERY = 4


class SteadySenders:
    """Threads that share one timetable of `rate` mails a second; a mail that is deferred is sent again."""

    def __init__(self, installation: Installation, *, rate: float) -> None:
        self.accepted: dict[str, str] = {}
        """Message-ID of each accepted enquiry, and the way that it took."""
        self.answers: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.others_accepted = 0
        self.late_s = 0.0
        self._installation = installation
        self._addresses = {slug: str(installation.tenant(slug)["inbound_address"]) for slug in AGENCIES}
        self._rate = rate
        self._made = 0
        self._began = 0.0
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(_THREADS)]

    def start(self) -> None:
        """Begin the timetable."""
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Begin no further mail; those under way come to their end."""
        self._ending.set()
        for thread in self._threads:
            thread.join(_PATIENCE_S * _TRIES)

    def _run(self) -> None:
        with httpx.Client(base_url=self._installation.base_url, timeout=_PATIENCE_S) as client:
            while True:
                with self._lock:
                    number, self._made = self._made, self._made + 1
                due = self._began + number / self._rate
                if self._ending.wait(max(0.0, due - time.monotonic())):
                    return
                late_s = time.monotonic() - due
                mail = soak_mail(number, self._addresses)
                accepted, way = self._deliver(mail, client if number % _WEBHOOK_EVERY == 0 else None)
                self._note(mail, way, late_s, accepted=accepted)

    def _note(self, mail: SoakMail, way: str, late_s: float, *, accepted: bool) -> None:
        with self._lock:
            self.kinds[mail.kind] += 1
            self.late_s = max(self.late_s, late_s)
            if accepted and mail.message_id is not None:
                self.accepted[mail.message_id] = way
            elif accepted and mail.kind != "repetition":
                self.others_accepted += 1

    def _deliver(self, mail: SoakMail, client: httpx.Client | None) -> tuple[bool, str]:
        answer = ""
        for _ in range(_TRIES):
            try:
                accepted, answer = self._by_smtp(mail) if client is None else _by_webhook(mail, client)
            except (OSError, smtplib.SMTPException, httpx.TransportError) as error:
                accepted, answer = False, f"failed: {type(error).__name__}"
            with self._lock:
                self.answers[answer] += 1
            if accepted:
                return True, answer
            time.sleep(1.0)
        return False, answer

    def _by_smtp(self, mail: SoakMail) -> tuple[bool, str]:
        door = self._installation.demo["smtp"]
        with smtplib.SMTP(door["host"], door["port"], timeout=_PATIENCE_S) as smtp:
            try:
                smtp.sendmail(mail.envelope_from, [mail.to], mail.raw)
            except smtplib.SMTPResponseException as error:
                return False, f"smtp {error.smtp_code}"
        return True, "smtp 250"


def _by_webhook(mail: SoakMail, client: httpx.Client) -> tuple[bool, str]:
    """As SendGrid's inbound parse hands over a raw message."""
    fields = {
        "email": mail.raw,
        "to": mail.to.encode(),
        "envelope": json.dumps({"to": [mail.to], "from": mail.envelope_from}).encode(),
    }
    parts = [(name, (None, value)) for name, value in fields.items()]
    answer = client.post("/webhooks/email/inbound", files=parts)
    return answer.is_success, f"webhook {answer.status_code}"
