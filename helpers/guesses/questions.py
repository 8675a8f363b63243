"""Kinds of questions: the words, the check of the truth, and what the script needs to judge a guess.

Each has a field `truth`: the answer where no lesson computes it, and then a test does; None where the lesson hands it
to `predict`.
"""

from dataclasses import dataclass, field, fields, replace

from helpers.calculus.validation import finite_copy
from helpers.drawing.svg import typeset, words
from helpers.language import said, said_in


class Question:
    """What all kinds have in common."""

    def words(self, truth):
        """What there is to say about this truth."""
        return self.says

    def said(self):
        """The question in the reader's language."""
        return replace(self, **{each.name: said_in(getattr(self, each.name)) for each in fields(self)})


@dataclass(frozen=True)
class Number(Question):
    """A number is asked. ask: the question; says: words after the answer; known: wrong guess -> words for it.

    tolerance: share of the truth by which a right guess may be off; with 0 it must be exact. expected: what the
    reader's own program says with all parts as asked, for which says is written; others: words for other truths.
    """

    ask: str
    says: str
    known: dict = field(default_factory=dict)
    tolerance: float = 0.02
    truth: float | None = None
    expected: float | None = None
    others: dict = field(default_factory=dict)
    kind = "number"

    def checked(self, truth):
        """The truth as a float; TypeError or ValueError, which name it, unless it is one finite real number."""
        array = finite_copy(truth, "truth")
        if array.ndim:
            raise ValueError(f"truth must be a single number, its shape is {array.shape}")
        return float(array)

    def answer(self, truth):
        """The truth in words."""
        return written(truth)

    def words(self, truth):
        """As in `Question`, unless the reader's own program says something else than expected."""
        if self.expected is None or abs(truth - self.expected) <= 1e-9 * abs(self.expected):
            return self.says
        asked = said("With the parts as they were asked it is {}: something in a part of yours is otherwise.")
        return self.others.get(truth, asked.format(written(self.expected)))

    def data(self, truth):
        """What the script needs."""
        return {"truth": truth, "tolerance": self.tolerance, "known": [*self.known.items()]}

    def still(self, truth=None):
        """HTML that stays below the question (without truth) or in the fold (with it) where scripts are stripped."""
        return ""


@dataclass(frozen=True)
class Choice(Question):
    """One of a few options is asked. options: each with words for whoever chooses it wrongly, "" for none."""

    ask: str
    options: dict
    says: str
    truth: str | None = None
    kind = "choice"

    def checked(self, truth):
        """The truth; ValueError unless it is one of the options."""
        if truth not in [*self.options]:
            raise ValueError(f"truth must be one of the choices {', '.join(self.options)}; it is {truth!r}")
        return str(truth)

    def answer(self, truth):
        """The truth in words."""
        return truth

    def data(self, truth):
        """What the script needs."""
        return {"truth": truth, "options": [*self.options.items()]}

    def still(self, truth=None):
        """As in `Number`: the options, as a list."""
        return "" if truth else f"<ul>{''.join(f'<li>{words(option)}</li>' for option in self.options)}</ul>"


def written(value, digits=4):
    """A whole number in full, any other with so many digits that count."""
    whole = value == round(value) and abs(value) < 1e9
    return typeset(format(value + 0.0, ".0f" if whole else f".{digits}g"))
