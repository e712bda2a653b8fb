"""An hour of mail at ten a second; SOAK_MINUTES and SOAK_RATE make it shorter and slower."""

import os

import pytest

from tests.prove.soak import MINUTES, RATE, report, run

pytestmark = pytest.mark.prove


def test_an_installation_under_steady_mail_loses_nothing_and_does_not_grow() -> None:
    soak = run(float(os.environ.get("SOAK_MINUTES", MINUTES)), float(os.environ.get("SOAK_RATE", RATE)))

    assert soak.failures == [], report(soak)
