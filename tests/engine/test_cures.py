"""Cures of two patients: what is trained, and what is said of whoever mends the right line, another one, or none."""

import numpy as np
import pytest

from helpers.engine import cures, patients
from helpers.engine.part import PARTS


@pytest.fixture
def treated(capsys):
    """treated(letter, (old, new), ...): the course of the lesson's text with these changes, and what is said."""

    def treat(letter, *changes):
        text = cures.sheet(letter).split("\n", 1)[1]
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        seen = cures._treated(letter, text)
        return seen, capsys.readouterr().out

    return treat


MENDED = {
    "C": [("rng.random(len(s)) > sigmoid", "rng.random(len(s)) < sigmoid"), ("> sigmoid(z[:, 0])", ">= sigmoid(-z[:, 0])")],
    "D": [
        ("r[:, None] + gamma * v_next - v", patients.DELTA),
        ("gamma * v_next - v", "gamma * ~terminated[:, None] * v_next - v"),
        ("gamma * v_next - v", "gamma * np.where(terminated[:, None], 0, v_next) - v"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("letter", "change"), [(letter, each) for letter in MENDED for each in MENDED[letter]])
def test_a_mended_line_cures(letter, change, treated):
    seen, said = treated(letter, change)
    assert f"✔ Patient {letter} is cured." in said.replace("*", "") and seen.returns[-50:].mean() > 150


@pytest.mark.parametrize("letter", cures.CURED)
def test_an_untouched_part_is_the_patient(letter, treated):
    for changes in ((), [("    s", "    s ")][:0], [("\n    return", "\n\n    # here?\n    return")]):
        seen, said = treated(letter, *changes)
        assert "as it was" in said and seen is patients.sick(letter)


def test_a_line_that_was_right_is_told_from_the_ill_one(treated):
    seen, said = treated("D", ("delta * score", "-delta * score"))
    assert "not cured" in said and "another one is ill" in said and seen.returns[-50:].mean() < 15
    _, said = treated("D", ("gamma * v_next - v", "gamma * v_next * terminated[:, None] - v"))
    assert "not cured" in said and "another one" not in said
    seen, said = treated("C", ("update(actor, critic, batch, alpha", "update(actor, critic, batch, -alpha"))
    assert "another one is ill" in said and "makes up for another" in said and seen.returns[-50:].mean() > 150


@pytest.mark.parametrize(
    ("change", "words"),
    [(("np.zeros", "np.zeross"), "zeross"), (("for _ in range(steps)", "while True"), "come to an end")],
)
def test_what_does_not_run_leaves_the_patient_as_it_was(change, words, treated):
    seen, said = treated("C", change)
    assert words in said and seen is patients.sick("C")


@pytest.mark.parametrize("letter", ["A", "c", "", None, 3])
def test_only_two_are_cured_here(letter):
    with pytest.raises(ValueError, match="letter must be one of C, D, it is"):
        cures.cure(letter)


def test_a_sheet_is_the_ill_part_under_a_name_of_its_own():
    for letter, name in (("C", "train"), ("D", "update")):
        first, head, *_ = cures.sheet(letter).splitlines()
        assert first == f'@cure("{letter}")' and head.startswith(f"def {name}_of_{letter}(")
        own, ill = PARTS[name].own.splitlines(), cures.sheet(letter).splitlines()
        assert len([line for line in ill[3:] if line not in own]) == 1
    assert np.all(np.isfinite(patients.sick("D").values))


@pytest.mark.parametrize(
    ("mend", "words"),
    [
        ("r[:, None] + gamma * v_next * terminated[:, None] - v", "the wrong way round"),
        ("(r[:, None] + gamma * v_next) * (1 - terminated[:, None]) - v", "the last step was paid as well"),
        ("(r[:, None] + gamma * v_next - v) * (1 - terminated[:, None])", "a fall teaches nothing"),
        ("r[:, None] + (gamma * v_next - v) * (1 - terminated[:, None])", "still to be taken off"),
        ("np.where(terminated[:, None], -1, r[:, None] + gamma * v_next) - v", "as in the corridor"),
        ("r[:, None] - v", "While the pole stands"),
        ("r[:, None] + 0.9 * v_next - v", "like any other"),
        ("r[:, None] + gamma * v_next * ~terminated[:, None] + v", "δ is 0.5, and yours 6.5; after a fall it is −2"),
        ("-r[:, None] + gamma * v_next * ~terminated[:, None] - v", "yours −1.5; after a fall it is −2, and yours −4"),
    ],
)
def test_a_half_right_line_of_D_is_told_by_its_delta(mend, words, treated):
    _, said = treated("D", (patients.DELTA_ILL, mend))
    assert words in said and "not cured" in said and "another one" not in said and "makes up" not in said


def test_what_the_deltas_are_told_by_is_right():
    """By the series' own update, and each line of words by other deltas than the right ones."""
    own = cures.assemble()
    assert [cures._delta(own, fell) for fell in (False, True)] == [cures.STANDS, cures.FELL]
    assert (cures.STANDS, cures.FELL) not in cures.DELTAS


def test_shapes_are_told_by_the_judge(treated):
    _, said = treated("D", ("gamma * v_next - v", "gamma * v_next * ~terminated - v"))
    assert "not cured" in said and "Take r" not in said
