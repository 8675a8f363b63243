"""All pages of the site as files: where their links lead, in which order, and what the reference knows."""

import importlib
import importlib.util
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))


class Reader(HTMLParser):
    """Collects a page's ids, its addresses, and the addresses of what it loads."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loads, self.following = [], [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        self.ids += [has["id"]] if "id" in has else []
        self.links += [has["href"]] if tag in ("a", "link") and "href" in has else []
        loaded = has.get("src") or (has.get("href") if tag == "link" and has.get("rel") != "canonical" else None)
        self.loads += [loaded] if loaded else []
        self.following = has["href"] if (tag, has.get("rel")) == ("link", "next") else self.following


@pytest.fixture(scope="module")
def read(site, pages):
    return {name: Reader((site / name).read_text("utf-8")) for name in pages}


def test_every_link_inside_the_site_leads_somewhere(site, read):
    lost = []
    for name, page in read.items():
        for link in page.links + page.loads:
            path, _, anchor = link.partition("#")
            if re.match("[a-z]+:", path) or "lite/" in path:  # JupyterLite is built apart
                continue
            target = site / name if not path else (site / name).parent / unquote(path.partition("?")[0])
            there = target.resolve().relative_to(site.resolve()).as_posix()
            if not target.is_file() or (anchor and there in read and unquote(anchor) not in read[there].ids):
                lost.append(f"{name}: {link}")
    assert lost == []


def test_no_page_loads_from_elsewhere_or_has_an_id_twice(read):
    for name, page in read.items():
        assert [address for address in page.loads if re.match("(https?:)?//", address)] == [], name
        assert sorted(page.ids) == sorted(set(page.ids)), name


def test_the_lessons_follow_each_other(read):
    assert read["lessons.html"].following == f"notebooks/{LESSONS[0]}.html"
    followed = [read[f"notebooks/{name}.html"].following for name in LESSONS]
    assert followed[:-1] == [f"{name}.html" for name in LESSONS[1:]]


def test_the_reference_has_every_public_name(read):
    rooms = [name.removeprefix("api/").removesuffix(".html") for name in read if name.startswith("api/")]
    public = {
        path.parent.name
        for path in (ROOT / "helpers").glob("*/__init__.py")
        if "__all__" in path.read_text(encoding="utf-8")
    }
    assert {f"helpers.{name}" for name in public} <= set(rooms)
    for room in rooms:
        names = getattr(importlib.import_module(room), "__all__", [])
        assert [name for name in names if f"{room}.{name}" not in read[f"api/{room}.html"].ids] == [], room


def test_every_page_names_its_picture_for_other_places(site, read):
    assert (site / "_static/card.png").stat().st_size < 300_000
    for name in read:
        assert '/_static/card.png"' in (site / name).read_text("utf-8"), name


def test_npm_lock_names_no_address():
    lock = json.loads((ROOT / "docs/package-lock.json").read_text("utf-8"))
    assert len(lock["packages"]) > 1 and not any("resolved" in package for package in lock["packages"].values())


@pytest.fixture(scope="module")
def texts():
    spec = importlib.util.spec_from_file_location("texts_of_the_site", ROOT / "docs/texts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_links_lead_to_pages_or_to_the_repository(texts):
    there = f"{texts.REPOSITORY}/blob/main"
    assert texts.linked("[a](notebooks/01_one_neuron.ipynb#The-map)") == "[a](notebooks/01_one_neuron.ipynb#The-map)"
    assert (
        texts.linked("[a](course/README.md) [b](#c) [d](https://e.org)")
        == "[a](homework.md) [b](#c) [d](https://e.org)"
    )
    assert (
        texts.linked("[a](../notebooks/homework/hw1.ipynb)", "course") == f"[a]({there}/notebooks/homework/hw1.ipynb)"
    )


def test_a_missing_section_is_named(texts):
    assert "make" in texts.section("Open it")
    with pytest.raises(ValueError, match="README.md has no heading '## Nowhere'"):
        texts.section("Nowhere")
