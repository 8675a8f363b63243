"""Settings of all tests: hypothesis draws the same examples in every run, and the machine's own settings do not count.

Jupyter and IPython have folders of their own, for those at home may be read-only, or hold another kernel python3; no
proxy is asked for a server on this machine; no program is told to colour what a test reads; no engine is inherited.
"""

import pytest
from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("project")

FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


@pytest.fixture(scope="session", autouse=True)
def nothing_of_the_machine(tmp_path_factory):
    """Variables of the environment, for this process and those that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDERS:
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        patch.setenv("FTG_MINE", "off")
        for name in ("NO_PROXY", "no_proxy"):
            patch.setenv(name, "127.0.0.1,localhost")
        for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "VIRTUAL_ENV"):
            patch.delenv(name, raising=False)
        yield
