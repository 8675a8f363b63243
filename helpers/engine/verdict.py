"""What became of a part, in words, and how it is shown."""

import sys
from dataclasses import dataclass

from helpers.checks.results import Result
from helpers.plain_text import printable

HEADS = {
    "half": "◐ `{}`.",
    "right": "✔ `{}`: right.",
    "open": "○ `{}`: the dots are yours to fill.",
    "wrong": "✘ `{}`: not yet.",
}
AHEAD = {
    "kept": "It is yours, in {file}, and the lesson goes on with it.",
    "memory": "It is yours, and the lesson goes on with it. Nothing is written to the disk here: it lasts as long as "
    "this kernel, and `mine.download()` saves it.",
    "draft": "As far as the question went; the lesson goes on with it.",
    "final": "More than was asked already. The lesson goes on with it; it is in {file} already.",
    "lent": "The lesson goes on with the series' own, lent to you; come back whenever you like.",
    "right before": "The lesson goes on with your version that was right, which {file} keeps.",
    "unjudged": "It runs as you have written it.",
}


@dataclass(frozen=True, repr=False)
class PartVerdict(Result):
    """status: 'right', 'half', 'open', 'wrong' or 'unknown'; words: what is wrong; ahead: what the lesson goes
    on with.
    """

    name: str
    status: str
    words: str
    ahead: str

    def plain(self):
        """The verdict as text."""
        return " ".join(filter(None, (self.head, self.words, self.ahead))).replace("`", "")

    def markdown(self):
        """The verdict as Markdown."""
        return " ".join(filter(None, (f"**{self.head}**", self.words, self.ahead)))

    @property
    def head(self):
        """Name and status."""
        return HEADS.get(self.status, "`{}`:").format(self.name)


@dataclass(frozen=True, repr=False)
class Note(Result):
    """Something to be said: Markdown, or HTML with a text that says the same."""

    text: str
    html: str = ""

    def plain(self):
        """The text."""
        return self.text

    markdown = plain

    def _repr_mimebundle_(self, include=None, exclude=None):
        content = {"text/html": self.html} if self.html else {"text/markdown": self.text}
        return {**content, "text/plain": printable(self.text)}


def show(result):
    """Show a result below the cell that runs; outside a notebook print it."""
    if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
        from IPython.display import display

        display(result)
    else:
        print(result)
