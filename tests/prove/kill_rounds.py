"""Rounds of kill -9 with mails flowing: nothing is lost, nothing is doubled, and nobody is told what is not so.

Starts a whole installation on an empty folder, lets customers' mail servers send by SMTP and by the webhook, and kills
the API, the worker or the database at random moments. The supervisor has to bring each back. At the end everything
drains, and the database is counted against what the senders heard.

Usage: python -m tests.prove.kill_rounds [--rounds 50] [--seed 7] [--smtp] [--report docs/proofs/kill-rounds.md]
"""

import argparse
import os
import platform
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.acceptance.conftest import Installation, start, stop
from tests.prove.kill_ledger import Ledger, Verdict
from tests.prove.kill_senders import Mailbag, Senders
from tests.prove.kill_sink import Received, mail_sink
from tests.prove.kill_victims import VICTIMS, Victim, kill, wait_until_back

ROUNDS = 50
ROUND_S = 5.5
"""At least so long from kill to kill: the supervisor gives up on what ends more than five times a minute."""
MAILS_A_SECOND = 3.0
_CLIENTS = Path(__file__).parents[2] / "clients"
_QUOTAS = re.compile(r"(daily_quotes|daily_emails): \d+")
_DRAIN_S = 90.0


@dataclass(frozen=True, slots=True)
class Round:
    """One kill: who, how long after the round began, and how long everything took to serve again."""

    victim: Victim
    after_s: float
    restarted_s: float
    serving_s: float
    accepted: int
    """Mails accepted in this round."""


@dataclass
class Proof:
    """What a run showed."""

    seed: int
    transport: str
    rounds: list[Round] = field(default_factory=list[Round])
    bag: Mailbag = field(default_factory=Mailbag)
    verdict: Verdict = field(default_factory=Verdict)
    received: Received | None = None
    uncertain: int = 0
    drained_s: float = 0.0

    @property
    def failures(self) -> list[str]:
        """Everything that should not be so."""
        found = [f"{name}: {count}" for name, count in self.verdict.wrong.items()]
        found += [f"{len(self.bag.dishonest)} dishonest answers: {sorted(set(self.bag.dishonest))}"] * bool(
            self.bag.dishonest
        )
        if self.received is not None:
            found += self.received.failures(self.bag.accepted_count, self.uncertain)
        return found


def prove(rounds: int, *, seed: int, by_smtp: bool = False) -> Proof:
    """Run the rounds on an installation of their own; raises AssertionError where something does not come back."""
    proof = Proof(seed, "smtp" if by_smtp else "embedded")
    with tempfile.TemporaryDirectory() as folder, mail_sink() as sink:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        environment = {"TEMBEA_CLIENTS_DIR": str(generous_clients(Path(folder)))}
        if by_smtp:
            environment["MAIL_SMTP_URL"] = sink.url
            proof.received = sink.received
        installation = start(data_dir, **environment)
        try:
            _run(installation, proof, rounds)
        except BaseException:
            print((data_dir / "up.log").read_text(encoding="utf-8")[-6_000:], file=sys.stderr)
            raise
        finally:
            stop(installation)
            if keep := os.environ.get("KILL_LOG"):
                shutil.copy(data_dir / "up.log", keep)
    return proof


def generous_clients(folder: Path) -> Path:
    """The agencies' files with daily quotas that the rounds do not reach."""
    clients = folder / "clients"
    shutil.copytree(_CLIENTS, clients)
    for file in clients.glob("*/config.yaml"):
        file.write_text(_QUOTAS.sub(r"\1: 100000", file.read_text(encoding="utf-8")), encoding="utf-8")
    return clients


def _run(installation: Installation, proof: Proof, rounds: int) -> None:
    ledger = Ledger(installation)
    senders = Senders(installation, seed=proof.seed, mails_a_second=MAILS_A_SECOND)
    proof.bag = senders.bag
    chance = random.Random(proof.seed)
    senders.start()
    try:
        for number, victim in enumerate(_victims(chance, rounds), 1):
            proof.rounds.append(_round(installation, ledger.dsn, senders.bag, victim, chance.uniform(0.2, 2.5)))
            print(_line(number, proof.rounds[-1]), flush=True)
    finally:
        senders.finish()
    proof.drained_s = ledger.wait_until_drained(within_s=_DRAIN_S)
    proof.verdict = ledger.verdict(senders.bag.accepted)
    proof.uncertain = ledger.uncertain()


def _victims(chance: random.Random, rounds: int) -> list[Victim]:
    """Each in every three rounds, in random order."""
    order: list[Victim] = []
    while len(order) < rounds:
        order += chance.sample(VICTIMS, len(VICTIMS))
    return order[:rounds]


def _round(installation: Installation, dsn: str, bag: Mailbag, victim: Victim, after_s: float) -> Round:
    began, accepted = time.monotonic(), bag.accepted_count
    time.sleep(after_s)
    killed = kill(installation, victim)
    restarted_s, serving_s = wait_until_back(installation, victim, killed, dsn)
    time.sleep(max(0.0, ROUND_S - (time.monotonic() - began)))
    return Round(victim, after_s, restarted_s, serving_s, bag.accepted_count - accepted)


def _line(number: int, one: Round) -> str:
    times = f"{one.after_s * 1000:.0f} | {one.restarted_s * 1000:.0f} | {one.serving_s * 1000:.0f}"
    return f"| {number} | {one.victim} | {times} | {one.accepted} |"


def report(proof: Proof) -> str:
    """The run as a page."""
    lines = [
        "# kill -9, round after round",
        "",
        "What `python -m tests.prove.kill_rounds` showed; `make prove` repeats it. Times are those of a busy machine,",
        "and hold the supervisor's pause, which doubles with each end of the same process within a minute. Answers",
        "wait long because something is down most of the time.",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores shared with "
        f"other work, Python {platform.python_version()}. {len(proof.rounds)} rounds, seed {proof.seed}, outgoing mail "
        f"{'over SMTP to a server that keeps what it took' if proof.received else 'into the embedded outbox'}, "
        f"{MAILS_A_SECOND:g} new mails a second by SMTP and webhook while everything serves.",
        "",
        *_summary(proof),
        "",
        "| what must be 0 | counted |",
        "|---|---|",
        *(f"| {name} | {count} |" for name, count in proof.verdict.figures.items()),
        f"| answers that neither accept nor ask for the mail again | {len(proof.bag.dishonest)} |",
        "",
        "| round | killed | after ms | new process after ms | everything serves after ms | mails accepted |",
        "|---|---|---|---|---|---|",
        *(_line(number, one) for number, one in enumerate(proof.rounds, 1)),
    ]
    return "\n".join(lines) + "\n"


def _summary(proof: Proof) -> Sequence[str]:
    answers = ", ".join(f"{answer} {count}x" for answer, count in sorted(proof.bag.answers.items()))
    lines = [
        f"- {proof.bag.accepted_count} mails accepted, {proof.bag.repeats} times a sender had to come back: {answers}",
        f"- everything was done {proof.drained_s:.1f} s after the last mail was accepted",
    ]
    for victim in VICTIMS:
        took = sorted(one.serving_s * 1000 for one in proof.rounds if one.victim == victim)
        if took:
            middle, worst = took[len(took) // 2], took[-1]
            lines.append(
                f"- {victim} killed {len(took)}x: everything served again after {middle:.0f} ms (median), "
                f"{worst:.0f} ms (longest)"
            )
    if len(proof.verdict.seconds) == 3:
        median, p95, longest = proof.verdict.seconds
        lines.append(f"- from mail to answer: median {median:.2f} s, p95 {p95:.1f} s, longest {longest:.1f} s")
    if proof.received is not None:
        lines.append(
            f"- {proof.received.mails} mails at the receiving server, {proof.received.repeated} of them repeated under "
            f"the same Message-ID; {proof.uncertain} uncertain hand-overs in the audit trail"
        )
    lines.append(f"- {'everything as it must be' if not proof.failures else 'WRONG: ' + '; '.join(proof.failures)}")
    return lines


def main() -> None:
    """Run, print, and keep the report where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=int(os.environ.get("ROUNDS", ROUNDS)))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--smtp", action="store_true", help="send over SMTP instead of into the embedded outbox")
    parser.add_argument("--report", type=Path, help="a file to write the report to")
    options = parser.parse_args()
    proof = prove(options.rounds, seed=options.seed, by_smtp=options.smtp)
    text = report(proof)
    print(text)
    if options.report:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(text, encoding="utf-8")
    sys.exit(bool(proof.failures))


if __name__ == "__main__":
    main()
