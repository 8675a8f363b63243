"""Seconds and environment steps until CartPole is solved, over the runs of a solver (a list of `TrainingRun`s)."""

import statistics

import numpy as np

from benchmarks.cartpole.evaluation import THE_RULE


def passing(runs, rule):
    """The `Checkpoint` at which each of the trainings has passed, or, where it never did, its last one."""
    return [run.first(rule) or run.checkpoints[-1] for run in runs]


def seconds(runs, rule=THE_RULE):
    """Median seconds until then: too small where half of them never passed."""
    return statistics.median(point.seconds for point in passing(runs, rule))


def steps(runs, rule=THE_RULE):
    """Median environment steps until then."""
    return statistics.median(point.steps for point in passing(runs, rule))


def each_step(runs):
    """Seconds for one environment step, over all trainings."""
    last = [run.checkpoints[-1] for run in runs]
    return sum(point.seconds for point in last) / sum(point.steps for point in last)


def compiling(runs):
    """Median seconds of compiling."""
    return statistics.median(run.compiling for run in runs)


def with_compiling(runs):
    """Median seconds, compiling included."""
    points = passing(runs, THE_RULE)
    return statistics.median(point.seconds + run.compiling for point, run in zip(points, runs, strict=True))


def resampled_ratio(ours, theirs):
    """The middle 95% of the ratios of median environment steps of resampled trainings, as (low, high)."""
    rng, medians = np.random.default_rng(0), []
    for runs in (ours, theirs):
        taken = np.array([point.steps for point in passing(runs, THE_RULE)])
        medians.append(np.median(rng.choice(taken, (2000, len(taken))), axis=1))
    return np.percentile(medians[0] / medians[1], [2.5, 97.5])
