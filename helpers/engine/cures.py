"""`@cure("C")` above the ill part of a patient: what the reader has changed is trained, and judged.

What stands below it has the name `train_of_C`, so that nothing else in a lesson calls it.
"""

import ast
import re

import numpy as np

from helpers.engine.cells import text_of
from helpers.engine.judging import judge, quiet
from helpers.engine.part import PARTS
from helpers.engine.patients import ILL, course, sick
from helpers.engine.verdict import Note, show

CURED = {  # the patients whose part the lesson shows: what is said of them when they are well
    "C": "It pushed to the right with the probability of the left: what was made likelier was done less.",
    "D": "δ asked for V(s′) after a fall as well, so a fall was a step like any other.",
}
WRONG_LINE = " The line that you have changed was right: another one is ill."
TWICE = " Its poles stand all the same: one wrong now makes up for another."


def cure(letter):
    """Decorator for the part of patient C or D; the name then stands for the `Course` of a training with it.

    That is the patient's own where the text raises, or does not end.
    """
    if letter not in CURED:
        raise ValueError(f"letter must be one of {', '.join(CURED)}, it is {letter!r}")
    return lambda function: _treated(letter, text_of(function))


def sheet(letter):
    """The ill part as the lesson's cell holds it, decorator and all, with one line of docstring."""
    name, text = _ill(letter)
    return f'@cure("{letter}")\n' + text.replace(f"def {name}(", f"def {name}_of_{letter}(", 1)


def _ill(letter):
    """(name, text) of the ill part."""
    [(name, text)] = ILL[letter]()["parts"].items()
    return name, re.sub(
        '""".*?"""', f'"""`{name}` of patient {letter}: one line is ill."""', text, count=1, flags=re.DOTALL
    )


def _treated(letter, text):
    (name, ill), settings = _ill(letter), ILL[letter]()
    settings.pop("parts")
    text = re.sub(r"def \w+", f"def {name}", text, count=1)
    if not text or ast.dump(ast.parse(text)) == ast.dump(ast.parse(ill)):
        show(Note(f"○ **Patient {letter}** is as it was. One line is to be mended."))
        return sick(letter)
    words = judge(PARTS[name], text)
    try:
        with quiet():
            seen = sick(letter) if "come to an end" in words else course({name: text}, **settings)
    except Exception:  # whatever the reader's text does; the judge says it
        seen = sick(letter)
    if not words:
        show(Note(f"✔ **Patient {letter} is cured.** {CURED[letter]}"))
    else:
        more = WRONG_LINE * _still_ill(text, name, ill) + TWICE * bool(np.mean(seen.returns[-50:]) > 100)
        show(Note(f"✘ **Patient {letter} is not cured.** {words}{more}"))
    return seen


def _still_ill(text, name, ill):
    """Whether the line that is ill still stands in a text, as it was."""
    own, now = (ast.unparse(ast.parse(each)).splitlines() for each in (PARTS[name].own, text))
    return any(
        line in now for line in ast.unparse(ast.parse(ill)).splitlines() if line not in own and "is ill." not in line
    )
