"""A hundred thousand random stays; ORACLE_STAYS makes it fewer."""

import os

import pytest

from tests.prove.oracle import report, run

pytestmark = pytest.mark.prove


def test_the_kernel_and_the_oracle_agree_on_every_stay() -> None:
    tally = run(int(os.environ.get("ORACLE_STAYS", "100000")))

    assert tally.differences == [], report(tally, 0, 0)
