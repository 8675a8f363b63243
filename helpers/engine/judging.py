"""Judging a part: its text alone, beside the series' own other parts, within a bounded number of steps."""

import ast
import contextlib
import io
import re
import sys
import warnings
from functools import lru_cache

import numpy as np

from helpers.engine.assembly import assemble, define, one_function
from helpers.engine.raised import in_words
from helpers.engine.ticks import MOST, Counter, Endless

ALLOWED = {"math", "numpy", *sys.stdlib_module_names}


@lru_cache(maxsize=512)
def judge(part, text, draft=False):
    """Return what is wrong with this text of a part, in words, or '' if it is right; nothing escapes as an exception.

    draft: judge it as the first version that the lesson asks for. The text sees nothing of the notebook.
    """
    counter = Counter()
    try:
        tree = one_function(text, part.name)
        if words := form(part, tree):
            return words
        with quiet():
            E = assemble({part.name: text}, counter)
            if part.name not in vars(E) and not part.owner:
                setattr(E, part.function, define(part.name, text, vars(E), counter))
            return sentence((part.draft.judge if draft and part.draft else part.judge)(E))
    except Endless:
        return endless(part)
    except SyntaxError as error:
        return sentence(f"Python can't read it: {error.msg}")
    except (Exception, SystemExit) as error:  # whatever the reader's text does
        return sentence(in_words(error, part, text))


def form(part, tree):
    """What can be said without running the function: its parameters, imports, and names that nobody knows."""
    [function] = tree.body
    asked, given = part.parameters, [each.arg for each in [*function.args.posonlyargs, *function.args.args]]
    if len(given) - len(function.args.defaults) > len(asked) or (len(given) < len(asked) and not function.args.vararg):
        more = ": what else it needs it makes itself" * (len(given) > len(asked))
        return f"Its arguments are ({', '.join(asked)}); yours has ({', '.join(given)}){more}."
    for node in ast.walk(function):
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return "With `yield` it returns a generator, which has computed nothing yet: use `return`."
        modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
        foreign = [module for module in modules if module.partition(".")[0] not in ALLOWED]
        if foreign:
            return f"It imports {foreign[0]}, and your file must work by itself: it has NumPy and Python's own modules."
    return ""


def endless(part):
    """Words for a part that does not come to an end."""
    return (
        f"It does not come to an end: after {MOST:,} steps it was stopped. "
        "Does something in the loop change, so that it can end, and is each thing looked at only once?"
    )


def sentence(words):
    """The words with a capital letter, unless they begin with a name such as dW or db, and a full stop."""
    words = words.strip()
    first = words.split(" ", 1)[0]
    named = not first.islower() or re.fullmatch(r"(d\w|[b-zα-ω])\W*", first)
    return words and (words if named else words[0].upper() + words[1:]) + ("" if words[-1] in ".?" else ".")


@contextlib.contextmanager
def quiet():
    """Nothing that the reader's function prints or warns of is seen while it is judged."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
