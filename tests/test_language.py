"""The reader's language: what can be translated is taken out whole, translations fit, and a kernel speaks them."""

import os
import re
import subprocess
import sys
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from helpers.drawing.library import SCRIPTS
from helpers.guesses.prediction import LESSONS, QUESTIONS
from helpers.language import LOCALE, WORDS, catalogs, said_in, script_said
from tools.translations import A_WORD, is_current, lesson_words, merged, words

ROOT = Path(__file__).resolve().parents[1]
CATALOGS = sorted([*LOCALE.rglob("*.po"), *(ROOT / "docs/locale").rglob("*.po")])
PLACEHOLDER = re.compile(r"\$\{[^}]*\}|\{\}|`[^`]*`|\$[^$]+\$|\]\([^)]*\)")  # also code, formulas, and where links lead


def readable(question):
    """All words of a question that a reader may get to see: its own, and those of its dicts."""
    for part in vars(question).values():
        pieces = [*part, *part.values()] if isinstance(part, dict) else [part]
        yield from (piece for piece in pieces if isinstance(piece, str) and A_WORD.search(piece))


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_text_of_every_question_is_taken_out(lesson):
    catalog = lesson_words(lesson)
    own = [question for key, question in QUESTIONS.items() if key.split()[0] == lesson]
    assert own and all(catalog.get(text) for question in own for text in readable(question))


def test_the_words_that_wait_in_scripts_are_taken_out():
    catalog = words()
    for text in (
        "That is my guess",
        "just show me",
        "▶ play",
        "one step on",
        "Your guess first.",
        "Choose one of them first.",
    ):
        assert catalog.get(text), text


def test_no_mark_is_left_in_what_a_page_gets():
    for path in SCRIPTS.glob("*.js"):
        text = path.read_text("utf-8")
        assert len(re.findall(r"\b_\(", text)) == len(WORDS.findall(text)), path
        assert not re.search(r"\b_\(", script_said(text)), path


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_translation_has_the_places_of_its_original_and_no_quote_that_ends_it(path):
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id and message.string and not message.fuzzy]
    assert messages
    for message in messages:
        assert sorted(PLACEHOLDER.findall(message.string)) == sorted(PLACEHOLDER.findall(message.id)), message.id
        if path.name == "words.po":
            assert not set('"\\\n') & set(message.string), message.id
            assert message.string.startswith(" ") == message.id.startswith(" ") or message.string[0] in ",:;", (
                message.id
            )


def test_what_is_compiled_is_what_is_written():
    assert CATALOGS and all(is_current(path) for path in CATALOGS if LOCALE in path.parents)


def test_options_stay_apart_in_every_language():
    for language in {path.relative_to(LOCALE).parts[0] for path in CATALOGS if LOCALE in path.parents}:
        say = catalogs(language).gettext
        for question in QUESTIONS.values():
            options = getattr(question, "options", {})
            assert len({say(option) for option in options}) == len(options), question.ask


def test_merging_keeps_translations_and_marks_what_has_changed(tmp_path):
    path = tmp_path / "de/LC_MESSAGES/lesson00.po"
    waiting = merged(path, lesson_words("00"))
    assert waiting == len(lesson_words("00"))
    text = path.read_text("utf-8").replace('msgid "it falls"\nmsgstr ""', 'msgid "it falls"\nmsgstr "es fällt"')
    text = text.replace('msgid "it rises"\nmsgstr ""', 'msgid "it rises up"\nmsgstr "es steigt"')
    path.write_text(text, encoding="utf-8")
    assert merged(path, lesson_words("00")) == waiting - 1
    with path.open("rb") as file:
        catalog = read_po(file)
    assert catalog.get("it falls").string == "es fällt"
    assert catalog.get("it rises").fuzzy and catalog.get("it rises").string == "es steigt"


def test_an_unknown_language_is_named_with_those_there_are():
    with pytest.raises(ValueError, match="FTG_LANGUAGE must name one of en, de; it is 'klingon'"):
        catalogs("klingon")
    assert said_in({"a": 1, 2.0: "b"}) == {"a": 1, 2.0: "b"}


def test_a_kernel_asks_in_german_and_its_scripts_speak_it():
    code = (
        "from helpers.guesses import predict\nfrom helpers.steppers import show_gradient_flow\n"
        "from helpers.running_actor import actor_graph\n"
        "guess = predict('00 coin', 'about 12')\nprint(guess.text(), guess.answer(), sep='\\n')\n"
        "print(guess.html())\nprint(show_gradient_flow(actor_graph()).html())"
    )
    run = [sys.executable, "-c", code]
    german = os.environ | {"FTG_LANGUAGE": "de", "PYTHONUTF8": "1"}
    out = subprocess.run(run, cwd=ROOT, env=german, capture_output=True, encoding="utf-8", check=True).stdout
    assert out.startswith("Erst raten. Rechts, links, rechts sind drei Schritte.")
    assert "\n- etwa 12\n" in out and "Antwort: etwa 12. Nenn die Schritte" in out
    assert "Alle Zahlen als Tabelle" in out
    guess, gradient = [
        zlib.decompress(b64decode(found)).decode() for found in re.findall("data-library='([^']+)'", out)
    ]
    assert "Das ist mein Tipp" in guess and "That is my guess" not in guess
    assert "▶ abspielen" in gradient and "rückwärts" in gradient and "▶ play" not in gradient
