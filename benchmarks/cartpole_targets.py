"""What the CartPole benchmark aims at, and what was measured."""

from dataclasses import dataclass

import corridor_client
from cartpole_measures import compared, each_step, seconds, steps, with_compiling
from looks import GREEDY_ONLY, THE_RULE
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
WHY_GREEDY = (
    "Judged by its likelier action alone, A2C passes after a fraction of its steps: that action is good long before "
    "its draws are. The rule asks for both."
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


def verdicts(courses, times, clients):
    """Judge all targets; courses: {name: list of `Course`}, times, clients: as by `turns.on_the_corridor`."""
    ours = courses[OURS]
    solved = [course.first() for course in ours if course.first()]

    def ratios(*names, rule=THE_RULE):
        return [(seconds(courses[name], rule) / seconds(ours, rule), name) for name in names if name in courses]

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
        Verdict(
            "(no target) 20 times as fast as SB3's A2C, judged greedily only",
            20,
            ratios(A2C, A2C_DUMMY, rule=GREEDY_ONLY),
            WHY_GREEDY,
        ),
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
