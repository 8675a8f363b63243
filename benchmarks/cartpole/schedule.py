"""Which training runs when: one at a time, the solvers in turns; each module in a process with one thread."""

from contextlib import ExitStack, contextmanager
from importlib import import_module

from benchmarks.cartpole import corridor
from benchmarks.cartpole.evaluation import Evaluator
from benchmarks.cartpole.solvers import FIRST_SEED, SB3, SOLVERS
from benchmarks.processes import worker
from helpers.rl.cartpole import SCALE

WARM_UP = {"seed": 1, "limit": 800, "every": 400, "episodes": 2}  # so that nobody pays for the first call of anything


def schedule(solvers, most=None):
    """List of (name, seed), in which everyone's seeds are spread evenly; most: of the seeds of each."""
    counts = {name: min(solver.seeds, most or solver.seeds) for name, solver in solvers.items()}
    places = [((k + 0.5) / n, name, FIRST_SEED + k) for name, n in counts.items() for k in range(n)]
    return [(name, seed) for _, name, seed in sorted(places, key=lambda place: place[0])]


def train(name, seed, limit, **settings):
    """One training by a solver, as a `TrainingRun`; settings: of its `Evaluator`."""
    solver = SOLVERS[name]
    evaluator = Evaluator(seed, SCALE if solver.scaled else 1.0, **settings)
    solve = getattr(import_module(f"benchmarks.cartpole.{solver.module}"), solver.function)
    return solve(evaluator, min(limit, solver.limit))


def train_every(name, seed, limit, every):
    """The same, with evaluations every so many environment steps."""
    return train(name, seed, limit, every=every)


def warm_up(name):
    """A short training, whose result nobody looks at."""
    train(name, **WARM_UP)


@contextmanager
def workers(solvers):
    """Yield {module: `ask` of its process} for all modules of the solvers, which have been warmed up."""
    with ExitStack() as stack:
        modules = dict.fromkeys(solver.module for solver in solvers.values())
        asked = {module: stack.enter_context(worker()) for module in modules}
        for name, solver in solvers.items():
            asked[solver.module](warm_up, name)
        yield asked


def on_cartpole(asked, solvers, most, limit, every, progress):
    """Return {name: list of `TrainingRun`s}."""
    runs = {name: [] for name in solvers}
    for name, seed in schedule(solvers, most):
        runs[name].append(asked[solvers[name].module](train_every, name, seed, limit, every))
        last = runs[name][-1].checkpoints[-1]
        progress(f"{name}, seed {seed}: {last.steps:,} steps, {last.seconds:.2f} s, {last.evaluation}")
    return runs


def in_the_corridor(asked, seeds, steps, timings):
    """Return ({what: seconds}, list of `CorridorRun`s); none without stable-baselines3."""
    times = asked["solve_numpy"](corridor.our_times, timings)
    methods = corridor.METHODS if SB3 in asked else ()
    seeds = range(FIRST_SEED, FIRST_SEED + seeds)
    return times, [asked[SB3](corridor.trained, method, seed, steps) for method in methods for seed in seeds]
