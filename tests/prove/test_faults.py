"""What the platform stands on goes away and comes back, under load."""

import pytest

from tests.prove.faults import report, run

pytestmark = pytest.mark.prove


def test_whatever_stops_or_hangs_nothing_is_wrong_lost_or_unexplained() -> None:
    proof = run()

    assert proof.failures == [], report(proof)
