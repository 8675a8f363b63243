"""The trainings with one thing wrong: what is noted of them, and that each shows what its letter stands for."""

import ast

import gymnasium
import numpy as np
import pytest

from helpers.engine import patients
from helpers.engine.assembly import assemble
from helpers.engine.part import PARTS
from helpers.rl.cartpole import make_poles


def lines(text):
    return ast.unparse(ast.parse(text)).splitlines()


@pytest.mark.parametrize("letter", patients.ILL)
def test_one_thing_is_wrong(letter):
    settings = patients.ILL[letter]()
    parts = settings.pop("parts", {})
    settings.pop("seed", None)
    assert len(parts) + len(settings) == 1
    for name, text in parts.items():
        pairs = zip(lines(PARTS[name].own), lines(text), strict=True)
        assert sum(right != wrong for right, wrong in pairs) == 1


def test_a_line_that_is_not_there_cannot_be_changed():
    with pytest.raises(ValueError, match="right must stand in the text of update, it is 'nothing of this'"):
        patients.changed("update", "nothing of this", "")


@pytest.mark.parametrize("letter", ["G", "a", "", None, 0])
def test_there_are_six(letter):
    with pytest.raises(ValueError, match="letter must be one of A, B, C, D, E, F, it is"):
        patients.patient(letter)


def test_a_diary_is_what_gymnasium_records():
    rng = np.random.default_rng(3)
    recorded = gymnasium.wrappers.vector.RecordEpisodeStatistics(make_poles(4))
    diary, expected = patients.Diary(recorded), []
    diary.reset(seed=3)
    for now in range(120):
        *_, info = diary.step(rng.integers(2, size=4))
        if "episode" in info:
            expected += [(now, info["episode"]["r"][k]) for k in np.flatnonzero(info["_episode"])]
    assert len(expected) > 10 and diary.ended == expected


def test_nothing_is_changed_in_the_healthy_one(monkeypatch):
    monkeypatch.setattr(patients, "UPDATES", 60)
    seen, E = patients.healthy(), assemble()
    rng = np.random.default_rng(0)
    networks = E.init_params((4, 32, 1), rng), E.init_params((4, 32, 1), rng)
    _, critic, returns = E.train(make_poles(), *networks, 60, 0.1, 0.1, 0.99, 0, patients.SCALE)
    assert seen.returns.tolist() == returns and len(seen.values) == 60
    assert seen.values[-1] == E.forward(critic, np.zeros((1, 4)))[0]


@pytest.mark.parametrize("letter", patients.ILL)
def test_each_is_seen_to_be_what_it_is(letter):
    """What the words after the guesses say of its picture."""
    seen = patients.patient(letter)
    stood, V = seen.returns[-200:].mean(), seen.values[-200:]
    held = {
        "A": lambda: 17 < stood < 27 and np.all(abs(V - 1) < 0.05),
        "B": lambda: stood < 11 and np.all(abs(V - 9) < 1),
        "C": lambda: stood < 11 and V.min() > 90,
        "D": lambda: stood < 15 and seen.returns[:50].mean() > 15 and np.all(seen.values == 0),
        "E": lambda: seen.returns.max() == 200 and np.ptp(V) > 25 and stood > 50,
        "F": lambda: stood < 11 and seen.values.max() > 60 and np.all(abs(V - 9) < 2),
    }
    assert held[letter](), (stood, V.min(), V.max())


def test_the_healthy_one_recovers():
    seen = patients.healthy()
    assert seen.returns[:30].mean() < 30 and seen.returns[-30:].mean() > 150 and 90 < seen.values[-1] < 110


def test_whose_parts_a_run_uses():
    E = assemble()
    E.yours, E.lent = ("sigmoid", "update"), tuple(name for name in PARTS if name not in ("sigmoid", "update"))
    whose = E.whose("init_params", "train")
    assert whose["yours"] == ["sigmoid", "update"]
    assert {*whose["lent"], "sigmoid", "update"} == {part.name for part in PARTS.values() if part.pole}
    assert E.whose("score") == {"yours": ["sigmoid"], "lent": ["score"]}
