"""What a check answers: verdicts, hints and solutions, of which a cell shows more than the last one."""

import copy
import functools
import sys
from dataclasses import dataclass

from helpers.plain_text import printable

_told = {}  # run of a cell -> its results so far; holds the latest run only


class Result:
    """Something to be shown. A cell shows its last result only, so it says first what earlier ones had to say."""

    earlier, seen = (), False

    def __repr__(self):
        object.__setattr__(self, "seen", True)
        return printable("\n".join([*(result.plain() for result in self.earlier if not result.seen), self.plain()]))

    def _repr_markdown_(self):
        return "\n\n".join([*(result.markdown() for result in self.earlier if not result.seen), self.markdown()])


@dataclass(frozen=True, repr=False)
class Verdict(Result):
    """status: 'correct', 'not attempted', 'mistake' or 'wrong'; mistakes: names of those recognised."""

    status: str
    message: str
    mistakes: tuple = ()

    def plain(self):
        """The verdict as text."""
        heading = {"correct": "Correct.", "not attempted": "Not attempted yet."}.get(self.status, "Not yet.")
        return f"{heading} {self.message}".strip()

    def markdown(self):
        """The verdict as Markdown."""
        heading, _, rest = self.plain().partition(".")
        return f"**{heading}.**{rest}"


@dataclass(frozen=True, repr=False)
class Text(Result):
    """A hint or a solution, as Markdown."""

    text: str

    def plain(self):
        """The text."""
        return self.text

    markdown = plain


def one_of_many(answer):
    """Decorator for what the reader calls: each result knows what else was answered in this run of the cell."""

    @functools.wraps(answer)
    def asked(*arguments, **options):
        result, run = answer(*arguments, **options), _run()
        if run is None:
            return result
        if run not in _told:
            _told.clear()
        earlier = _told.setdefault(run, [])
        result = copy.copy(result)
        object.__setattr__(result, "earlier", tuple(earlier))
        earlier.append(result)
        return result

    return asked


def _run():
    """Number of the cell's run, None outside IPython."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(shell, "execution_count", None)
