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
        patients.sick(letter)


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
    seen = patients.sick(letter)
    stood, V = seen.returns[-200:].mean(), seen.values[-200:]
    held = {
        "A": lambda: 17 < stood < 27 and np.all(abs(V - 1) < 0.05),
        "B": lambda: stood < 15 and seen.returns[:50].mean() > 15 and np.all(seen.values == 0),
        "C": lambda: stood < 11 and np.all(abs(V - 9) < 1),
        "D": lambda: stood < 11 and V.min() > 90 and seen.values.max() > 110,
        "E": lambda: seen.returns.max() == 200 and np.ptp(V) > 25 and stood > 50,
        "F": lambda: stood < 11 and seen.values.max() > 60 and np.all(abs(V - 9) < 2),
    }
    assert held[letter](), (stood, V.min(), V.max())


SHOWN_BY_V = {
    "A": lambda V: np.all(abs(V[-200:] - 1) < 0.05),
    "B": lambda V: np.all(V == 0),
    "C": lambda V: np.all(abs(V[-200:] - 9) < 1),
    "D": lambda V: V.max() > 110 and V[-200:].min() > 80,
    "E": lambda V: 80 < V.max() < 110 and np.ptp(V[-300:]) > 25,
}


@pytest.mark.parametrize("letter", SHOWN_BY_V)
def test_with_other_seeds_v_looks_much_the_same(letter):
    for seed in (2, 3, 4):
        seen = patients.course(**patients.ILL[letter]() | {"seed": seed})
        assert SHOWN_BY_V[letter](seen.values), (seed, seen.values[-200:])


def test_e_is_well_until_the_clock_runs_out_and_then_v_falls_whenever_it_does():
    seen, well = patients.sick("E"), patients.healthy()
    clock = np.isin(np.arange(600), seen.at[seen.returns == 200])
    first = np.flatnonzero(clock)[0]
    assert np.array_equal(seen.values[:first], well.values[:first]) and seen.values[first] != well.values[first]
    change = np.diff(seen.values, prepend=0.0)
    assert round(change[clock].mean()) == -5 and change[first:][~clock[first:]].mean() > 0.3


def test_f_comes_back_from_its_first_fall_and_not_from_its_second():
    seen = patients.sick("F")
    fallen, between, last = (
        seen.returns[(seen.at >= low) & (seen.at < high)] for low, high in ((32, 50), (120, 270), (400, 600))
    )
    assert fallen.mean() < 12 and between.max() > 90 and seen.values[260] > 90 and last.max() < 15


def test_a_single_step_of_f_took_p_from_one_side_to_the_other():
    own, rng, p = assemble(), np.random.default_rng(2), []
    s = np.random.default_rng(0).normal(size=(300, 4)) * [0.1, 0.3, 0.3, 0.3]

    def update(*given, right=own.update):
        actor, critic = right(*given)
        p.append(own.sigmoid(own.forward(actor, s)[0]).mean())
        return actor, critic

    own.update, settings = update, patients.ILL["F"]()
    networks = own.init_params((4, 32, 1), rng), own.init_params((4, 32, 1), rng)
    own.train(make_poles(), *networks, 100, settings["alpha"], 0.1, 0.99, settings["seed"], patients.SCALE)
    k = np.argmin(np.diff(p))
    assert abs(p[k] - 0.9) < 0.05 and abs(p[k + 1] - 0.1) < 0.05


def test_d_ends_at_one_side_since_every_step_is_a_success_and_fallen_poles_are_never_corrected():
    settings = patients.ILL["D"]()
    own, deltas = assemble(settings["parts"]), []

    def update(actor, critic, batch, *given, right=own.update):
        s, _, r, s_next, _ = batch
        deltas.append(np.mean(r[:, None] + 0.99 * own.forward(critic, s_next)[0] - own.forward(critic, s)[0]))
        return right(actor, critic, batch, *given)

    own.update, rng = update, np.random.default_rng(0)
    networks = own.init_params((4, 32, 1), rng), own.init_params((4, 32, 1), rng)
    actor, *_ = own.train(make_poles(), *networks, 150, 0.1, 0.1, 0.99, 0, patients.SCALE)
    assert min(np.convolve(deltas[:75], np.ones(25) / 25, "valid")) > 0.3 > 0.1 > abs(np.mean(deltas[125:]))
    s = rng.normal(size=(500, 4)) * [0.1, 0.3, 0.3, 0.3]
    assert len({*np.sign(own.forward(actor, s)[0][:, 0])}) == 1
    kept = patients.changed("train", "each[going] for each", "each for each")  # a fallen pole is an s as well
    for seed in (0, 1, 2):
        assert patients.course(settings["parts"] | kept, seed=seed).values.max() < 105


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
