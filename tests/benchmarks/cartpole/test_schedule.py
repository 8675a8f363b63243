"""Who trains when, and what a training of ours hands over."""

from benchmarks.cartpole.schedule import schedule, train
from benchmarks.cartpole.solvers import OURS, Solver


def test_seeds_are_spread_evenly():
    parts = {"many": Solver("", "", "", True, 6), "few": Solver("", "", "", True, 2)}
    order = schedule(parts)
    assert [name for name, _ in order] == "many many few many many many few many".split()
    assert [seed for name, seed in order if name == "many"] == list(range(1000, 1006))
    assert schedule(parts, most=1) == [("many", 1000), ("few", 1000)]


def test_our_training_is_judged_and_stops_when_solved():
    run = train(OURS, 1000, 96_000, every=3200)
    assert run.first() is run.checkpoints[-1] and run.checkpoints[-1].steps < 96_000
    assert [point.steps // 3200 for point in run.checkpoints] == list(range(1, len(run.checkpoints) + 1))
    assert 0 < run.checkpoints[0].seconds < run.checkpoints[-1].seconds


def test_our_training_ends_at_the_limit():
    run = train(OURS, 1000, 800, every=400, episodes=2)
    assert run.first() is None and 800 <= run.checkpoints[-1].steps < 832  # resets are no environment steps
