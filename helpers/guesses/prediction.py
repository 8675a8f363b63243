"""`predict`: the reader commits a guess, and only then sees the truth beside it.

The truth lies in the same output as the question, out of sight. So running all cells waits for nobody, no later cell
spoils it, and an exported page asks as well. Where scripts are stripped, question and answer remain, the answer folded.
"""

import difflib
import os
import zlib
from importlib import import_module

from helpers.drawing.library import PIXEL, bundle, live_output
from helpers.drawing.svg import words
from helpers.language import said, said_in
from helpers.plain_text import printable

LESSONS = "00 01 02 02b 03 03b 04 05 05b 06 06b 07 08".split()
MODULES = [import_module(f"helpers.guesses.lesson{lesson}") for lesson in LESSONS]
QUESTIONS = {key: question for module in MODULES for key, question in module.QUESTIONS.items()}
TITLE = said("Your guess first.")


class Prediction:
    """A live output. question: a `Number`, `Choice` or `Sketch`; truth: as its `checked` returns it; picture: HTML."""

    def __init__(self, key, question, truth, picture=""):
        self.key, self.question, self.truth, self.picture = key, question, truth, picture

    def answer(self):
        """The truth, and what there is to say about it, as any terminal prints it."""
        answer = said("Answer: {}.").format(self.question.answer(self.truth))
        return printable(f"{answer} {self.question.words(self.truth)}".strip())

    def still(self):
        """Question and fold. The image that wakes the output comes first: a picture in the fold wakes itself."""
        question, truth, image = self.question, self.truth, f"<img alt='' width='1' height='1' src=\"{PIXEL}\">"
        answer, summary = said("Answer: {}.").format(words(question.answer(truth))), said("The answer")
        fold = f"<p><b>{answer}</b> {words(question.words(truth))}</p>{question.still(truth)}{self.picture}"
        asked = f"<p><b>{TITLE}</b> {words(question.ask)}</p>{question.still()}"
        return f"{image}{asked}<details><summary>{summary}</summary>{fold}</details>"

    def data(self):
        """What the script needs."""
        question = self.question
        place = {"notebook": _notebook(), "key": self.key}
        return {"title": TITLE, "ask": question.ask, "kind": question.kind, **place, **question.data(self.truth)}

    def html(self):
        """The whole output."""
        return live_output("guess", TITLE.removesuffix("."), self.still(), self.data())

    def text(self):
        """The question, which a terminal shows; the answer is asked for."""
        options = "".join(f"\n- {option}" for option in getattr(self.question, "options", ()))
        return f"{TITLE} {self.question.ask}{options}\n" + said("For the answer: print(predict.answer())")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle(self.html(), self.text())


def predict(key, truth=None, picture=None):
    """Ask the question of this key, and show the truth after a guess; returns a `Prediction`.

    `predict.answer()` is then the answer in words, for a terminal, whatever a cell has bound to `_`.

    truth: what the lesson has computed: a number, one of the choices, or a pair (x, y) of arrays for a curve; left out
    where the question has its answer. picture: an output (a figure, a stepper) that is shown after the guess as well.
    Raises ValueError for an unknown key, and for a truth that is missing, not finite, or none of the choices;
    TypeError for a truth of another kind, and for a picture without HTML.
    """
    question = QUESTIONS.get(key)
    if question is None:
        close = difflib.get_close_matches(str(key), QUESTIONS, cutoff=0.3)
        raise ValueError(f"key must name a question, such as {', '.join(map(repr, close or QUESTIONS))}; it is {key!r}")
    if truth is None and question.truth is None:
        raise ValueError(f"truth must be given: the question {key!r} has no answer of its own")
    if truth is not None and question.truth is not None:
        raise ValueError(f"truth must be left out: the question {key!r} has its answer")
    truth = question.checked(question.truth if truth is None else truth)
    asked = Prediction(key, question.said(), said_in(truth), _html_of(picture))
    predict.answer = asked.answer
    return asked


def _html_of(picture):
    """The HTML of an output that stands by itself."""
    if picture is None:
        return ""
    alone = not hasattr(picture, "_ipython_display_")  # else it is more than one output
    html = picture._repr_mimebundle_().get("text/html") if alone and hasattr(picture, "_repr_mimebundle_") else None
    if not html:
        raise TypeError(f"picture must be a figure with its caption or a stepper, not {type(picture).__name__}")
    return html


def _notebook():
    """A mark of the notebook that runs, which does not tell where it lies; empty where Jupyter does not say."""
    path = os.environ.get("JPY_SESSION_NAME", "")
    return f"{zlib.crc32(path.encode()):08x}" if path else ""
