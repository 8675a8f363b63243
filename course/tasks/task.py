"""What a graded task knows beside its solution, which stands in the assignment's source alone."""

from dataclasses import dataclass

from helpers.checks.exercise import Mistake


@dataclass(frozen=True)
class Task:
    """The visible check of a task, and more answers with which the gate tries its hidden tests.

    probes: tuples of arguments; hints: in order; mistakes: (name, right, wrong, words), replacements in the solution;
    hidden_only: (name, right, wrong), mistakes that only hidden tests see; other_algebra: sources of right answers;
    per_seed: True if the answer follows from the student's seed.
    """

    probes: list
    hints: list
    mistakes: list
    rtol: float = 1e-6
    atol: float = 1e-9
    per_seed: bool = False
    other_algebra: list = ()
    hidden_only: list = ()

    @property
    def named(self):
        """The mistakes that the visible check names."""
        return tuple(Mistake(*mistake) for mistake in self.mistakes)

    @property
    def unseen(self):
        """The mistakes that only the hidden tests see."""
        return tuple(Mistake(*mistake, "") for mistake in self.hidden_only)
