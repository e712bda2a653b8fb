"""Programs of the system that some tests need and not every machine has."""

import os
import shutil

import pytest


def require_tool(name: str) -> str:
    """The path of a program. Without it the test says that it was not run, and under CI=true it fails."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"not run: {name} is not installed", pytrace=False)
        pytest.skip(f"not run: {name} is not installed")
    return found
