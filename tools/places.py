"""Addresses at which a lesson opens with nothing installed, all made from the repository's in pyproject.toml."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_LESSON = "00_start_here.ipynb"


def project():
    """The table `project` of pyproject.toml, and the owner and the name of its repository."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table, *table["urls"]["Repository"].removeprefix("https://github.com/").split("/")


def site():
    """The address of the site."""
    _, owner, name = project()
    return f"https://{owner}.github.io/{name}/"


def addresses(lesson=FIRST_LESSON):
    """Place -> address there of a notebook of the folder notebooks/."""
    table, owner, name = project()
    tag = f"v{table['version']}"  # the same from which a notebook fetches `helpers` there
    return {
        "browser": f"{site()}lite/lab/index.html?path={lesson}",
        "Binder": f"https://mybinder.org/v2/gh/{owner}/{name}/HEAD?urlpath=lab/tree/notebooks/{lesson}",
        "Colab": f"https://colab.research.google.com/github/{owner}/{name}/blob/{tag}/notebooks/{lesson}",
    }


def links(lesson=FIRST_LESSON):
    """The addresses as Markdown, in one line."""
    return " · ".join(f"[{place}]({address})" for place, address in addresses(lesson).items())
