"""Settings of all tests of the lessons."""

import pytest
from settings_of_tests import nothing_of_the_machine  # noqa: F401

pytest.register_assert_rewrite("pictures", "outputs")  # so that their assertions say what they compared
