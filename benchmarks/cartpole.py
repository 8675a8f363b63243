"""CartPole until solved: our actor-critic against PyTorch, stable-baselines3 and JAX, in one run; and the corridor.

    make bench-setup bench-cartpole

What is not installed is named in the report, cartpole.md beside this file. The times differ from machine to machine.
"""

from pathlib import Path

from cartpole_report import report
from looks import EVERY
from solvers import BUDGET, SOLVERS
from turns import on_the_corridor, present, processes, race

REPORT = Path(__file__).resolve().with_suffix(".md")
CORRIDOR_STEPS = 60_000


def run(path=REPORT, solvers=SOLVERS, most=None, limit=BUDGET, every=EVERY, clients=5, progress=print):
    """Measure, write the report to `path` and return its text.

    most: seeds of each solver at most; limit: environment steps of each training at most; every: environment steps
    from look to look; clients: seeds of each training in the corridor.
    """
    here = present(solvers)
    with processes(here) as running:
        courses = race(running, here, most, limit, every, progress)
        times, learnt = on_the_corridor(running, clients, min(CORRIDOR_STEPS, limit))
    text = report(courses, times, learnt, [name for name in solvers if name not in here], every)
    path.write_text(text, encoding="utf-8")
    return text


if __name__ == "__main__":
    print(run(progress=lambda line: print(line, flush=True)))
