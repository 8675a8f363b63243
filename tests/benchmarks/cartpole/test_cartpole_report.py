"""The report on CartPole: of made-up trainings, and of a tiny run of ours alone."""

import pytest

from benchmarks.cartpole import report as cartpole_report
from benchmarks.cartpole import solvers
from benchmarks.cartpole.__main__ import run
from benchmarks.cartpole.corridor import A2C, EXACT, PPO, SAMPLED, CorridorRun
from benchmarks.cartpole.evaluation import Checkpoint, TrainingRun
from helpers.rl.cartpole import Evaluation

SOLVED, GREEDY, BAD = Evaluation(480.0, 500.0), Evaluation(474.9, 475.0), Evaluation(500.0, 474.0)
TIMES = {EXACT: 0.002, SAMPLED: 0.1}
CORRIDOR_RUNS = [
    CorridorRun(PPO, 0, 100, 1.0, [0.9, 0.1, 1.0], -3.6, -3.25),
    CorridorRun(A2C, 0, 100, 1.0, [1, 0, 1], -9.0, -9.0),
]
SEEDS_WHY = "a policy that has been good may become worse again"
RATIO_WHY = "Both sides pay for each step of the poles"


def trained(*passed, compiling=0.0):
    """A training with these (steps, seconds, evaluation)."""
    return TrainingRun(1000, [Checkpoint(*each) for each in passed], passed[-1][2], compiling)


RUNS = {  # in which every ratio is known
    solvers.OURS: [trained((1600, 0.1, GREEDY), (3200, 0.2, SOLVED)), trained((3200, 0.4, SOLVED))],
    solvers.SAME: [trained((3200, 1.5, SOLVED))],
    solvers.A2C: [trained((1600, 3.0, GREEDY), (6400, 9.0, SOLVED))],
    solvers.PPO: [trained((3000, 3.0, SOLVED)), trained((2000, 6.6, BAD))],
    solvers.JAX: [trained((3200, 0.03, SOLVED), compiling=0.9)],
}


def made_up(runs=RUNS, corridor_runs=CORRIDOR_RUNS, missing=()):
    """A report, with versions as if all were installed, and the rows of its targets."""
    text = cartpole_report.report(runs, TIMES, corridor_runs, missing, 1600, 20)
    targets = text.partition("## Targets")[2].partition("##")[0].splitlines()
    return text, dict(line.strip("| ").split(" | ") for line in targets if line.startswith("| "))


@pytest.fixture(autouse=True)
def versions(monkeypatch):
    """All packages are of version 1.0."""
    monkeypatch.setattr(cartpole_report, "version", lambda package: "1.0")


def test_verdicts_compare_medians_and_count_the_unsolved():
    _, found = made_up()
    assert found["99 of 100 of our seeds solved"] == "met: smallest 1 (2 of 2 seeds solved)"
    assert found["at most 2 s for the slowest of them"] == "met: largest 0.4 (seconds of the slowest)"
    assert found["20 times as fast as SB3's A2C"] == f"met: smallest 30 ({solvers.A2C})"
    assert found["(no target) 20 times as fast as SB3's A2C, judged greedily only"].endswith(f"12 ({solvers.A2C})")
    assert found["15 times as fast as SB3's PPO"] == f"met: smallest 16 ({solvers.PPO})"
    assert found["4 times as fast as the same in PyTorch"] == "met: smallest 5 (for each environment step)"
    assert found["environment steps over those of SB3's A2C: at most 1"].startswith(
        f"met: largest 0.5 (3,200 against 6,400 of {solvers.A2C}; 95% of resamplings 0.50 to 0.50"
    )
    assert found["environment steps over those of SB3's PPO: at most 1"].startswith(
        "**missed** in 1 of 1 cases by up to 28%: larg"
    )
    assert found["(no target) as fast as the same in JAX, compiling not counted"].startswith("**missed**")
    assert found["(no target) as fast as the same in JAX, compiling counted"] == "met: smallest 3.1 (median)"
    assert "by up to 100%: largest 2 (ms" in found["exact gradient on the corridor: at most 1 ms"]
    assert found["20,000 REINFORCE episodes: at most 1,000 ms"].startswith("met: largest 100")
    assert found["SB3's PPO in our corridor: a return of at least -3.5"] == (
        "**missed** in 1 of 2 cases: smallest -3.600 (seed 0, mean)"
    )


def test_both_rules_the_limit_and_the_corridor_are_shown():
    text, _ = made_up()
    judged, greedy = text.partition("## Sampled and greedy")[2].split("## Judged greedily only")
    assert f"| {solvers.A2C} | 1 of 1 | 9 s | 9 to 9 s | 30 | 6,400 | 6,400 to 6,400 |" in judged
    assert f"| {solvers.A2C} | 1 of 1 | 3 s | 3 to 3 s | 12 | 1,600 | 1,600 to 1,600 |" in greedy
    assert f"| {solvers.PPO} | 1 of 2 |" in judged
    assert "ours takes 10 times as long" in text and "the first training 0.93 s, 3.1 times as long" in text
    assert "exact gradient: 2 ms; 20,000 episodes of REINFORCE: 100 ms." in text
    assert "| PPO | 0 | 100 | 1 s | 0.900, 0.100, 1.000 | -3.600 | -3.250 |" in text
    assert "stable_baselines3 1.0, jax 1.0.\n- stable-baselines3 computes with PyTorch" in text
    assert "Nobody is missing." in text and RATIO_WHY not in text and SEEDS_WHY not in text


def test_what_is_missing_is_named_and_not_judged():
    alone = {solvers.OURS: [trained((1600, 0.1, BAD)), trained((1600, 0.3, BAD))]}
    missing = [name for name in solvers.SOLVERS if name != solvers.OURS]
    text, found = made_up(alone, [], missing)
    assert f"Missing, and so not measured: {', '.join(missing)}; `make bench-setup` installs what they need." in text
    peers = [target for target in found if "SB3" in target or "JAX" in target or "PyTorch" in target]
    assert len(peers) == 9 and {found[target] for target in peers} == {"not measured"}
    assert found["99 of 100 of our seeds solved"].endswith("by up to 100%: smallest 0 (0 of 2 seeds solved)")
    assert found["at most 2 s for the slowest of them"] == "not measured"
    assert SEEDS_WHY in text and RATIO_WHY not in text
    assert "JAX is missing" in text and "nothing was trained in the corridor" in text
    assert "computes with PyTorch" not in text


def test_a_tiny_run_is_reported(tmp_path):
    absent = {name: solver._replace(needs="no_such_module") for name, solver in solvers.SOLVERS.items()}
    chosen = absent | {solvers.OURS: solvers.SOLVERS[solvers.OURS]}
    path, lines = tmp_path / "cartpole.md", []
    text = run(path, chosen, most=2, limit=800, every=800, timings=1, progress=lines.append)
    assert path.read_text(encoding="utf-8") == text and len(lines) == 2 and "seed 1001" in lines[1]
    assert "| ours, NumPy | 0 of 2 |" in text and "after every 800 environment steps" in text
    assert "Missing, and so not measured: the same in PyTorch, " in text and "numpy 1.0, gymnasium 1.0." in text
