"""Settings of hypothesis in all tests: it draws the same examples in every run, and knows no deadline."""

from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("project")
