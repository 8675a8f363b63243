"""A lesson in German: its prose, its questions and what answers them; and the ways to and from the English pages."""

import re

import pytest
from babel.messages.pofile import read_po
from live_pages import ALIVE
from playwright.sync_api import expect
from served_site import SITE

from tools.translations import ROOT

pytestmark = pytest.mark.browser
LESSON = "notebooks/00_start_here.html"
ENGLISH = re.compile(r"\b(the|and|your|with|which|answer|guess)\b", re.I)


def pairs(path):
    """(English, German) of a catalog."""
    with path.open("rb") as file:
        shown = [message for message in read_po(file) if message.id and message.string and not message.fuzzy]
    return [(message.id, message.string) for message in shown]


def test_a_lesson_is_read_guessed_and_answered_in_german(visit):
    page = visit(f"de/{LESSON}")
    page.wait_for_function(ALIVE, arg=2)
    assert page.locator("html").get_attribute("lang") == "de"
    prose = pairs(ROOT / "docs/locale/de/LC_MESSAGES/notebooks/00_start_here.po")
    said = page.locator("article").inner_text()
    plain = [german for _, german in prose if not re.search(r"[*`\[$\\]", german)]
    assert len(plain) > 20 and [german for german in plain if german not in said] == []
    assert [english for english, _ in prose if len(english) > 40 and english in said] == []
    guess = page.locator(".ftg-live[data-kind=guess]").first
    guess.get_by_label("etwa 8").check()
    guess.get_by_role("button", name="Das ist mein Tipp").click()
    expect(guess.locator(".told")).to_contain_text("Du hast gesagt: etwa 8. Drei Würfe hintereinander gelingen einmal")
    expect(guess.locator(".told")).to_contain_text("Antwort: etwa 12.")
    guess.get_by_role("button", name="noch einmal raten").click()
    guess.get_by_role("button", name="Das ist mein Tipp").click()
    expect(guess.locator(".note")).to_have_text("Wähl zuerst eine davon.")
    assert ENGLISH.search(guess.inner_text()) is None
    captions = page.locator("figcaption").all_inner_texts()
    assert [text for text in captions if text.startswith(("Drei Felder", "Der Actor."))] == captions[:2]


def test_languages_lead_to_each_other_and_the_rest_is_english(visit):
    page = visit(LESSON)
    page.get_by_role("link", name="Deutsch").click()
    page.wait_for_url(f"**/de/{LESSON}")
    page.get_by_role("article").get_by_role("link", name="01 · Ein Neuron").first.click()
    page.wait_for_url("**/notebooks/01_one_neuron.html")
    assert "/de/" not in page.url and page.locator("html").get_attribute("lang") == "en"
    assert not (SITE / "de/notebooks/01_one_neuron.html").exists()
