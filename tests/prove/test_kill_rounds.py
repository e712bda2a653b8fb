"""kill -9 of API, worker and database with mails flowing; ROUNDS makes them fewer."""

import os

import pytest

from tests.prove.kill_rounds import ROUNDS, prove, report

pytestmark = pytest.mark.prove


def test_nothing_is_lost_or_doubled_into_the_embedded_outbox() -> None:
    proof = prove(int(os.environ.get("ROUNDS", ROUNDS)), seed=7)

    assert proof.failures == [], report(proof)


def test_over_smtp_nothing_is_lost_and_every_repetition_is_counted() -> None:
    proof = prove(max(1, int(os.environ.get("ROUNDS", ROUNDS)) // 5), seed=8, by_smtp=True)

    assert proof.failures == [], report(proof)
