"""Trainings of the solvers in turns, one at a time; each module in a process of its own, with one thread."""

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context

import corridor_client
from looks import Watch
from rounds import COUNTS, SLOWING, environment, processors
from solvers import FIRST_SEED, SOLVERS

from helpers.rl.cartpole import SCALE

WARM_UP = {"seed": 1, "limit": 800, "every": 400, "episodes": 2}  # so that nobody pays for the first call of anything
WITH_TORCH = {"torch", "stable_baselines3"}
CLIENT = "solve_sb3"  # its process also trains on the corridor


def present(solvers=SOLVERS):
    """The solvers whose package is installed, by name."""
    return {name: solver for name, solver in solvers.items() if find_spec(solver.needs)}


def turns(solvers, most=None):
    """List of (name, seed), in which everyone's seeds are spread evenly; most: of the seeds of each."""
    counts = {name: min(solver.seeds, most or solver.seeds) for name, solver in solvers.items()}
    places = [((k + 0.5) / n, name, FIRST_SEED + k) for name, n in counts.items() for k in range(n)]
    return [(name, seed) for _, name, seed in sorted(places, key=lambda place: place[0])]


class Processes:
    """A process for each module; `ask` waits for the answer, so that only one works at a time."""

    def __init__(self, modules):
        context = get_context("spawn")
        self.pools = {each: ProcessPoolExecutor(1, context, initializer=settle, initargs=(each,)) for each in modules}

    def ask(self, module, function, *arguments):
        """Return function(*arguments), computed in the process of the module."""
        with environment(dict.fromkeys(COUNTS, "1"), SLOWING):  # the process starts at its first request
            return self.pools[module].submit(function, *arguments).result()

    def close(self):
        """End all processes."""
        for pool in self.pools.values():
            pool.shutdown()


def settle(module):
    """Begin a process: one processor, one thread; JAX knows no variable for it, but counts the processors."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, processors()[-1:])
    if WITH_TORCH & {solver.needs for solver in SOLVERS.values() if solver.module == module}:
        import torch

        torch.set_num_threads(1)


def train(name, seed, limit, **watching):
    """One training by a solver, as a `Course`; watching: what `Watch` takes."""
    solver = SOLVERS[name]
    watch = Watch(seed, SCALE if solver.scaled else 1.0, **watching)
    return getattr(import_module(solver.module), solver.function)(watch, min(limit, solver.limit))


def warmed_up(name):
    """A short training, whose result nobody looks at."""
    train(name, **WARM_UP)


def timed(name, seed, limit, every):
    """The training that counts."""
    return train(name, seed, limit, every=every)


@contextmanager
def processes(solvers):
    """Start what the solvers need, and warm it up."""
    running = Processes({solver.module for solver in solvers.values()})
    try:
        for name, solver in solvers.items():
            running.ask(solver.module, warmed_up, name)
        yield running
    finally:
        running.close()


def race(running, solvers, most, limit, every, progress):
    """Return {name: list of `Course`s}."""
    courses = {name: [] for name in solvers}
    for name, seed in turns(solvers, most):
        courses[name].append(running.ask(solvers[name].module, timed, name, seed, limit, every))
        look = courses[name][-1].looks[-1]
        progress(f"{name}, seed {seed}: {look.steps:,} steps, {look.seconds:.2f} s, {look.evaluation}")
    return courses


def on_the_corridor(running, seeds, steps):
    """Return ({what: seconds}, list of `Client`s); no client without stable-baselines3."""
    seeds = range(FIRST_SEED, FIRST_SEED + seeds)
    times = running.ask("solve_numpy", corridor_client.our_times)
    runs = [(kind, seed) for kind in corridor_client.KINDS for seed in seeds] if CLIENT in running.pools else []
    return times, [running.ask(CLIENT, corridor_client.trained, kind, seed, steps) for kind, seed in runs]
