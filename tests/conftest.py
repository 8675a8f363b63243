"""Settings of all tests of the lessons."""

import hypothesis_profile  # noqa: F401
import pytest

pytest.register_assert_rewrite("pictures", "outputs")  # so that their assertions say what they compared
