"""What the CartPole benchmark aims at, and what was measured."""

import statistics
from dataclasses import dataclass

import corridor_client
import numpy as np
from looks import THE_RULE
from solvers import A2C, A2C_DUMMY, CLEANRL, JAX, OURS, PPO, PPO_DUMMY, SAME
from targets import Verdict

WHY_RATIO = (
    "Both sides pay for each step of the poles, in NumPy here, in PyTorch and the framework there; the rest of a ratio "
    "is the number of environment steps, which is a matter of settings and seeds."
)
WHY_STEPS = (
    "The number of environment steps is a property of the algorithm and its settings. It is known no better than the "
    "distance of two looks, and from no more seeds than these: the interval of resamplings says by how much the ratio "
    "might differ with others."
)
WHY_SEEDS = "With a constant step size, a policy that has been good may become worse again."
WHY_WALL = "The slowest seed needed more environment steps, or the machine was busy."
WHY_JAX = (
    "JAX runs all updates between two looks as one compiled program; ours calls NumPy for each operation of each "
    "update. For a training as short as this, compiling costs more than it saves."
)
WHY_CORRIDOR = "NumPy's cost of a call, for each step of the longest episode."
WHY_CLIENT = "The number of environment steps was too small for these settings."


@dataclass(frozen=True)
class AtMost(Verdict):
    """A target whose figures are to be at most `bound`."""

    @property
    def missed(self):
        """The figures that are too large."""
        return [(number, where) for number, where in self.figures if number > self.bound]

    @property
    def text(self):
        """'met', 'missed by ...' or 'not measured', with the largest figure."""
        if not self.figures:
            return "not measured"
        number, where = max(self.figures)
        largest = f"largest {number:,.3g} ({where})"
        if not self.missed:
            return f"met: {largest}"
        cases = f"{len(self.missed)} of {len(self.figures)} cases"
        return f"**missed** in {cases} by {up_to(number / self.bound - 1)}: {largest}"


class AtLeast(Verdict):
    """A target whose figures may be negative, so that a miss is said without percents."""

    @property
    def text(self):
        """'met', 'missed' or 'not measured', with the smallest figure."""
        if not self.figures:
            return "not measured"
        number, where = min(self.figures)
        word = f"**missed** in {len(self.missed)} of {len(self.figures)} cases" if self.missed else "met"
        return f"{word}: smallest {number:.3f} ({where})"


def up_to(share):
    """A share in whole percents, and a small one in words."""
    return "less than 1%" if share < 0.01 else f"up to {share:.0%}"


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


def verdicts(courses, times, clients):
    """Judge all targets; courses: {name: list of `Course`}, times, clients: as by `turns.on_the_corridor`."""
    ours = courses[OURS]
    solved = [course.first() for course in ours if course.first()]

    def ratios(*names):
        return [(seconds(courses[name]) / seconds(ours), name) for name in names if name in courses]

    def more_steps(*names):
        return [
            (steps(ours) / steps(courses[name]), compared(ours, courses[name], name))
            for name in names
            if name in courses
        ]

    same = [(seconds(courses[SAME]) / seconds(ours), "until solved")] if SAME in courses else []
    same += [(each_step(courses[SAME]) / each_step(ours), "for each environment step")] if SAME in courses else []
    compiled = [(with_compiling(courses[JAX]) / seconds(ours), "median")] if JAX in courses else []
    worst = [(max(look.seconds for look in solved), "seconds of the slowest")] if solved else []
    exact = [(client.exact, f"seed {client.seed}, exactly") for client in clients if client.kind == corridor_client.PPO]
    mean = [(client.mean, f"seed {client.seed}, mean") for client in clients if client.kind == corridor_client.PPO]
    count = [(len(solved) / len(ours), f"{len(solved)} of {len(ours)} seeds solved")]
    return [
        Verdict("99 of 100 of our seeds solved", 0.99, count, WHY_SEEDS),
        AtMost("at most 2 s for the slowest of them", 2.0, worst, WHY_WALL),
        Verdict("20 times as fast as SB3's A2C", 20, ratios(A2C, A2C_DUMMY), WHY_RATIO),
        Verdict("15 times as fast as SB3's PPO", 15, ratios(PPO, PPO_DUMMY), WHY_RATIO),
        Verdict("4 times as fast as the same in PyTorch", 4, same, WHY_RATIO),
        Verdict("(no target) as fast as A2C in CleanRL's manner", 1, ratios(CLEANRL), WHY_RATIO),
        AtMost("environment steps over those of SB3's A2C: at most 1", 1, more_steps(A2C, A2C_DUMMY), WHY_STEPS),
        AtMost("environment steps over those of SB3's PPO: at most 1", 1, more_steps(PPO, PPO_DUMMY), WHY_STEPS),
        Verdict("(no target) as fast as the same in JAX, compiling not counted", 1, ratios(JAX), WHY_JAX),
        Verdict("(no target) as fast as the same in JAX, compiling counted", 1, compiled, WHY_JAX),
        AtMost(
            "exact gradient on the corridor: at most 1 ms",
            1.0,
            milliseconds(times, corridor_client.EXACT),
            WHY_CORRIDOR,
        ),
        AtMost(
            "20,000 REINFORCE episodes: at most 1,000 ms",
            1000.0,
            milliseconds(times, corridor_client.SAMPLED),
            WHY_CORRIDOR,
        ),
        AtLeast("SB3's PPO in our corridor: a return of at least -3.5", -3.5, exact + mean, WHY_CLIENT),
    ]


def milliseconds(times, what):
    """The slowest time as the figure of a target."""
    return [(1000 * times[what], "ms, slowest")] if what in times else []
