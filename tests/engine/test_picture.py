"""The picture of the engine: as text, as HTML, on a narrow page, in both themes."""

import re

import pytest

from helpers.engine import mine, storage
from helpers.engine.part import PARTS
from helpers.engine.picture import EnginePicture, users


@pytest.fixture
def seven(tmp_path, monkeypatch):
    """An engine of which seven parts are the reader's."""
    monkeypatch.setenv("FTG_MINE", str(tmp_path / "my_gradient.py"))
    monkeypatch.setattr(storage, "_memory", {})
    for name in [*PARTS][:7]:
        storage.keep(name, PARTS[name].own)
    return mine.picture()


def test_the_text_says_whose_each_part_is_and_what_comes_next(seven):
    lines = repr(seven).splitlines()
    assert lines[0].startswith("Your engine: 7 of 20 parts. Next comes order (lesson 03): lines up the nodes")
    parts = [line for line in lines if line.lstrip().startswith("[")]
    assert len(parts) == 20 and sum("yours" in line for line in parts) == 7
    assert sum("for the pole" in line for line in parts) == 8
    assert "needs the 8 parts with a flag ⚑; you have 1 of them" in lines[-1]


def test_what_comes_next_is_one_sentence_in_every_state():
    names = [*PARTS]
    for n, part in enumerate(PARTS.values()):
        said = [*EnginePicture({*names[:n]}).said()][1]
        assert said == f"Next comes {part.title} (lesson {part.lesson}): {part.purpose}."
    assert [*EnginePicture({*names}).said()][1] == "It is complete."


def test_arrows_lead_from_a_layer_to_the_pole():
    goes = {part.name: users(part) for part in PARTS.values()}
    assert goes["linear_backward"] == ["all layers"] and goes["backward"] == ["REINFORCE", "update"]
    assert goes["update"] == ["train"] and goes["train"] == goes["init_params"] == ["the pole"]
    assert goes["pass_back"] == goes["topological_order"] == ["backward"]


def test_the_html_needs_no_script_and_no_network(seven):
    html = seven._repr_mimebundle_()["text/html"]
    assert "<script" not in html and "http" not in html and " id=" not in html
    assert len(re.findall("<li ", html)) == 20 and html.count("✔") == 7


def test_a_place_that_forgets_its_disk_says_so(seven, monkeypatch):
    monkeypatch.setenv("BINDER_SERVICE_HOST", "x")
    assert "Binder forgets this disk" in repr(mine.picture())
