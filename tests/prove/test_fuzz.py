"""Every operation as every caller, with what schemathesis thinks up; CALLS makes them more."""

import os

import pytest

from tests.prove.fuzz import fuzz, report

pytestmark = pytest.mark.prove


@pytest.mark.timeout(7_200)
def test_every_answer_is_one_that_the_document_promises_and_none_a_server_error() -> None:
    run = fuzz(int(os.environ.get("CALLS", "5000")), seed=2)

    assert run.findings == {}, report(run, seed=2)
