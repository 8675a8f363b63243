"""Settings of all tests of the lessons."""

import gc

import pytest
from settings_of_tests import nothing_of_the_machine  # noqa: F401

pytest.register_assert_rewrite("pictures", "outputs")  # so that their assertions say what they compared

gc.disable()  # while modules are imported and tests collected: of these objects none goes


def pytest_collection_finish():
    """Objects that stay are not looked through in each collection."""
    gc.freeze()
    gc.enable()
