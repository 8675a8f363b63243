"""Seconds and environment steps until CartPole is solved, over the trainings of a solver (a list of `Course`s)."""

import statistics

import numpy as np
from looks import THE_RULE


def passing(courses, rule):
    """The `Look` at which each of the trainings has passed, or, where it never did, its last one."""
    return [course.first(rule) or course.looks[-1] for course in courses]


def seconds(courses, rule=THE_RULE):
    """Median seconds until then: too small where half of them never passed."""
    return statistics.median(look.seconds for look in passing(courses, rule))


def steps(courses, rule=THE_RULE):
    """Median environment steps until then."""
    return statistics.median(look.steps for look in passing(courses, rule))


def each_step(courses):
    """Seconds for one environment step, over all trainings."""
    last = [course.looks[-1] for course in courses]
    return sum(look.seconds for look in last) / sum(look.steps for look in last)


def with_compiling(courses):
    """Median seconds, compiling included."""
    looks = passing(courses, THE_RULE)
    return statistics.median(look.seconds + course.compiling for look, course in zip(looks, courses, strict=True))


def compared(ours, theirs, name):
    """Two medians of environment steps in words, with the middle 95% of the ratios of resampled trainings."""
    rng, resampled = np.random.default_rng(0), []
    for courses in (ours, theirs):
        taken = np.array([look.steps for look in passing(courses, THE_RULE)])
        resampled.append(np.median(rng.choice(taken, (2000, len(taken))), axis=1))
    low, high = np.percentile(resampled[0] / resampled[1], [2.5, 97.5])
    return f"{steps(ours):,.0f} against {steps(theirs):,.0f} of {name}; 95% of resamplings {low:.2f} to {high:.2f}"
