"""The properties of every price, each on thousands of cases; PROPERTY_CASES makes them fewer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.prove

ROOT = Path(__file__).parents[2]


def test_the_properties_hold_for_thousands_of_cases_each() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--timeout", "14400", "tests/pricing/test_pricing_properties.py"],
        cwd=ROOT,
        env={**os.environ, "PROPERTY_CASES": os.environ.get("PROPERTY_CASES", "3000")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:]
