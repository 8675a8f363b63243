"""CartPole until solved: our actor-critic against PyTorch, stable-baselines3 and JAX, in one run; and the corridor.

    make bench-setup bench-cartpole

What is not installed is named in the report, benchmarks/cartpole.md. The times differ from machine to machine.
"""

from functools import partial
from pathlib import Path

from benchmarks.cartpole.evaluation import EVERY
from benchmarks.cartpole.report import report
from benchmarks.cartpole.schedule import in_the_corridor, on_cartpole, workers
from benchmarks.cartpole.solvers import BUDGET, SOLVERS, installed

REPORT = Path(__file__).resolve().parents[1] / "cartpole.md"
CORRIDOR_STEPS = 60_000


def run(
    path=REPORT, solvers=SOLVERS, most=None, limit=BUDGET, every=EVERY, corridor_seeds=5, timings=20, progress=print
):
    """Measure, write the report to `path` and return its text.

    most: seeds of each solver at most; limit: environment steps of each training at most; every: environment steps
    from one evaluation to the next; corridor_seeds: of each training in the corridor; timings: of our gradients there.
    """
    here = installed(solvers)
    with workers(here) as asked:
        runs = on_cartpole(asked, here, most, limit, every, progress)
        times, learnt = in_the_corridor(asked, corridor_seeds, min(CORRIDOR_STEPS, limit), timings)
    missing = [name for name in solvers if name not in here]
    text = report(runs, times, learnt, missing, every, timings)
    path.write_text(text, encoding="utf-8")
    return text


if __name__ == "__main__":
    print(run(progress=partial(print, flush=True)))
