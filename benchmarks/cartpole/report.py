"""The report of `make bench-cartpole`: what its template is filled with."""

from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks.cartpole import corridor, evaluation, measures, solvers
from benchmarks.cartpole.evaluation import THE_RULE
from benchmarks.cartpole.measures import each_step, passing, resampled_ratio, seconds, steps, with_compiling
from benchmarks.cartpole.solvers import JAX, OURS, SAME, SB3, SOLVERS
from benchmarks.markdown import duration, render

TEMPLATE = Path(__file__).with_name("report.md.jinja")


def report(runs, times, corridor_runs, missing, every, timings):
    """Everything in one text.

    runs, times, corridor_runs: as by `schedule.on_cartpole` and `schedule.in_the_corridor`; missing: names of solvers;
    every: environment steps from one evaluation to the next; timings: of the corridor's gradients.
    """
    packages = dict.fromkeys(["numpy", "gymnasium", *(SOLVERS[name].needs for name in runs)])
    return render(
        TEMPLATE,
        solvers=solvers,
        evaluation=evaluation,
        corridor=corridor,
        measures=measures,
        runs=runs,
        missing=missing,
        every=every,
        ratios=partial(ratios, runs),
        step_ratios=partial(step_ratios, runs),
        solved=solved(runs),
        slowest=slowest(runs),
        same=same(runs),
        compiled=[(with_compiling(runs[JAX]) / seconds(runs[OURS]), "median")] if JAX in runs else [],
        milliseconds={what: [(1000 * spent, "ms, slowest")] for what, spent in times.items()},
        returns=returns(corridor_runs),
        solver_rows=partial(solver_rows, runs),
        timings=timings,
        times={what: duration(spent) for what, spent in times.items()},
        corridor_rows=corridor_rows(corridor_runs),
        packages=[f"{package} {version(package)}" for package in packages],
        sb3=any(SOLVERS[name].module == SB3 for name in runs),
    )


def ratios(runs, *names, rule=THE_RULE):
    """Figures: median seconds of these solvers over ours, of those that were there."""
    return [(seconds(runs[name], rule) / seconds(runs[OURS], rule), name) for name in names if name in runs]


def step_ratios(runs, *names):
    """Figures: our median environment steps over those of these solvers, with what resampling makes of the ratio."""
    ours, figures = runs[OURS], []
    for name in names:
        if name in runs:
            low, high = resampled_ratio(ours, runs[name])
            medians = f"{steps(ours):,.0f} against {steps(runs[name]):,.0f} of {name}"
            where = f"{medians}; 95% of resamplings {low:.2f} to {high:.2f}"
            figures.append((steps(ours) / steps(runs[name]), where))
    return figures


def solved(runs):
    """Figure: the share of our trainings that have solved the task."""
    count = sum(run.first() is not None for run in runs[OURS])
    return [(count / len(runs[OURS]), f"{count} of {len(runs[OURS])} seeds solved")]


def slowest(runs):
    """Figure: seconds of the slowest of them."""
    passed = [point.seconds for point in (run.first() for run in runs[OURS]) if point]
    return [(max(passed), "seconds of the slowest")] if passed else []


def same(runs):
    """Figures: the same in PyTorch over ours, by median and for each environment step."""
    return [
        (measure(runs[SAME]) / measure(runs[OURS]), where)
        for measure, where in ((seconds, "until solved"), (each_step, "for each environment step"))
        if SAME in runs
    ]


def returns(corridor_runs):
    """Figures: what PPO's policies reach in the corridor, exactly and as drawn."""
    judged = [run for run in corridor_runs if run.method == corridor.PPO]
    exact = [(run.exact, f"seed {run.seed}, exactly") for run in judged]
    return exact + [(run.mean, f"seed {run.seed}, mean") for run in judged]


def solver_rows(runs, rule):
    """A row for each solver, by one rule; what does not depend on the rule stands in the first table only."""
    rows = []
    for name, mine in runs.items():
        points = passing(mine, rule)
        spent, taken = [point.seconds for point in points], [point.steps for point in points]
        count, again = sum(run.first(rule) is not None for run in mine), sum(run.again.solved for run in mine)
        rows.append([name, f"{count} of {len(mine)}", f"{seconds(mine, rule):.3g} s"])
        rows[-1] += [f"{min(spent):.3g} to {max(spent):.3g} s", f"{ratios(runs, name, rule=rule)[0][0]:.3g}"]
        rows[-1] += [f"{steps(mine, rule):,.0f}", f"{min(taken):,} to {max(taken):,}"]
        if rule == THE_RULE:
            rows[-1] += [f"{1e6 * each_step(mine):.3g} µs", f"{again} of {len(mine)}"]
    return rows


def corridor_rows(corridor_runs):
    """What stable-baselines3 has learnt there."""
    return [
        [run.method, str(run.seed), f"{run.steps:,}", f"{run.seconds:.2g} s", ", ".join(f"{p:.3f}" for p in run.p)]
        + [f"{run.mean:.3f}", f"{run.exact:.3f}"]
        for run in corridor_runs
    ]
