"""`@cure("C")` above the ill part of a patient: what the reader has changed is trained, and judged.

What stands below it has the name `train_of_C`, so that nothing else in a lesson calls it.
"""

import ast
import re

import numpy as np

from helpers.engine.assembly import assemble
from helpers.engine.cells import text_of
from helpers.engine.judging import judge, quiet
from helpers.engine.part import PARTS
from helpers.engine.patients import ILL, course, sick
from helpers.engine.verdict import Note, show

CURED = {  # the patients whose part the lesson shows: what is said of them when they are well
    "C": "It pushed to the right with the probability of the left: what was made likelier was done less.",
    "D": "δ asked for V(s′) after a fall as well, so a fall was a step like any other.",
}
SEEN = {"r": 1.0, "V(s)": 3.0, "V(s′)": 5.0, "γ": 0.5}  # of one transition, by which a δ is told
STANDS, FELL = 0.5, -2.0  # its δ, where the pole stands and where it has fallen: r + γ V(s′) − V(s), and r − V(s)
DELTAS = {  # what a mend of D makes of the two, and the words for it
    (
        FELL,
        STANDS,
    ): "The flag is the wrong way round: your δ counts on V(s′) after a fall, and not while the pole stands.",
    (STANDS, -3.0): "After a fall δ must be r − V(s). Yours is −V(s): the last step was paid as well.",
    (
        STANDS,
        1.0,
    ): "After a fall δ must be r − V(s). Yours is r alone: what the critic had said is still to be taken off.",
    (STANDS, 0.0): "After a fall δ must be r − V(s). Yours is 0, and so a fall teaches nothing.",
    (STANDS, -4.0): "After a fall your δ is −1 − V(s), as in the corridor. Here the last step pays +1, too.",
    (FELL, FELL): "Your δ is r − V(s) always. While the pole stands, γ V(s′) counts.",
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
        ill_still = _still_ill(text, name, ill)
        words = words if ill_still or letter != "D" else _of_delta(text) or words
        more = WRONG_LINE * ill_still + TWICE * bool(ill_still and np.mean(seen.returns[-50:]) > 100)
        show(Note(f"✘ **Patient {letter} is not cured.** {words}{more}"))
    return seen


def _of_delta(text):
    """Words for a text of `update` whose δ is wrong, or ''."""
    try:
        with quiet():
            stands, fell = (_delta(assemble({"update": text}), terminated) for terminated in (False, True))
    except Exception:  # whatever the reader's text does; the judge says it
        return ""
    if np.allclose((stands, fell), (STANDS, FELL)):
        return ""
    for (of_one, of_other), words in DELTAS.items():
        if np.allclose((stands, fell), (of_one, of_other)):
            return words
    if np.isclose(stands, fell):
        return "A fall is still a step like any other: after it V(s′) must not count at all."
    given = ", ".join(f"{name} = {value:g}" for name, value in SEEN.items())
    return (
        f"Take {given}. Where the pole stands δ is {STANDS:g}, and yours {stands:.4g}; after a fall it is "
        f"{FELL:g}, and yours {fell:.4g}."
    ).replace("-", "−")


def _delta(E, terminated):
    """δ of the one transition: how far an update moves the bias of a critic that says what it sees."""
    r, v, v_next, gamma = SEEN.values()
    net = [(np.ones((1, 1)), np.zeros(1))]
    batch = np.array([[v]]), np.array([1]), np.array([r]), np.array([[v_next]]), np.array([terminated])
    return float(E.update(net, net, batch, 0.0, 1.0, gamma)[1][-1][1][0])


def _still_ill(text, name, ill):
    """Whether the line that is ill still stands in a text, as it was."""
    own, now = (ast.unparse(ast.parse(each)).splitlines() for each in (PARTS[name].own, text))
    return any(
        line in now for line in ast.unparse(ast.parse(ill)).splitlines() if line not in own and "is ill." not in line
    )
