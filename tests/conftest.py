"""Settings of all tests: hypothesis draws the same examples in every run, and knows no deadline."""

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("pictures", "outputs")  # so that their assertions say what they compared
settings.register_profile("project", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("project")
