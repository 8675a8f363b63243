"""Where the series is, all made from pyproject.toml: its repository, its site, addresses that open a lesson."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_LESSON = "00_start_here.ipynb"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REPOSITORY, TAG = PROJECT["urls"]["Repository"], f"v{PROJECT['version']}"  # TAG: from which Colab fetches `helpers`
OWNER, NAME = REPOSITORY.removeprefix("https://github.com/").split("/")
SITE = f"https://{OWNER}.github.io/{NAME}/"


def addresses(lesson=FIRST_LESSON):
    """Place -> address there of a notebook of the folder notebooks/."""
    return {
        "browser": f"{SITE}lite/lab/index.html?path={lesson}",
        "Binder": f"https://mybinder.org/v2/gh/{OWNER}/{NAME}/HEAD?urlpath=lab/tree/notebooks/{lesson}",
        "Colab": f"https://colab.research.google.com/github/{OWNER}/{NAME}/blob/{TAG}/notebooks/{lesson}",
    }


def links(lesson=FIRST_LESSON):
    """The addresses as Markdown, in one line."""
    return " · ".join(f"[{place}]({address})" for place, address in addresses(lesson).items())
