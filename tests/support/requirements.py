"""What a test needs besides Python: where it is missing the test is skipped, or fails if FTG_REQUIRE names it."""

import os

import pytest


def missing(what, why):
    """Skip the test, with the reason why; in CI, where FTG_REQUIRE names what is there, let it fail instead."""
    (pytest.fail if what in os.environ.get("FTG_REQUIRE", "").split() else pytest.skip)(f"{what}: {why}")
