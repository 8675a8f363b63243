"""What an error that a reader's part raises means, in words."""

import ast
import re

from helpers.engine.failing_line import where
from helpers.engine.misfits import of_value
from helpers.engine.part import PARTS
from helpers.engine.unknown_names import unknown

FUNCTION = "A function stands where an array belongs: are two arguments exchanged?"


class Told(ValueError):
    """What is wrong, in words for the reader already."""


def in_words(error, part, text):
    """Words for an error raised by this text of a part, with the line in which it was raised."""
    said = next((words for kind, words in KINDS if isinstance(error, kind)), other)(error, part, text)
    return said + "." * (said[-1] not in ".?") + where(error, part, text)


def attribute(error, part, text):
    """An attribute that is not there."""
    name, thing = error.name, error.obj
    if re.search("'(float|int)' object has no attribute 'grad'", str(error)):  # read or written
        told = "A plain number has no `.grad`. This is a local derivative, and no parent"
        return f"{told}: are the names after `for` exchanged?"
    if isinstance(thing, float | int) and name in ("data", "parents", "local"):
        return f"A plain number has no `.{name}`: `as_value(...)` makes a Value of it, as in `__add__`"
    if type(thing).__name__ == "Value" and name in PARTS:
        return f"`{name}` is a function, not a method: write `{name}(...)`"
    if type(thing).__name__ == "Value":
        return f"A Value has no `.{name}`; it has data, parents, local and grad"
    if isinstance(thing, list | tuple) and name in ("shape", "T", "copy", "sum"):
        return f"This is a {type(thing).__name__}, and `.{name}` belongs to arrays"
    if callable(thing) and name in ("shape", "size", "copy"):
        return FUNCTION
    return f"It raised `AttributeError: {error}`"


def deep(error, part, text):
    """A recursion without end."""
    if part.name == "Value.__mul__":
        return "It multiplies Values inside ×, which calls ×, and so on without end: multiply their numbers, `.data`"
    return "It calls itself without end: what ends the recursion?"


def of_type(error, part, text):
    """An operation on things that don't go together."""
    said = str(error)
    if "must be real number, not Value" in said:
        return "The math module takes plain numbers: hand it `.data`, not the Value"
    line = where(error, part, text)
    if "real number, not 'function'" in said:
        return FUNCTION
    if "for ^:" in said or "bitwise_xor" in said:
        return "In Python `^` is no power: write `**`, and `np.exp(x)` for e to the power of x"
    if "bitwise_or" in said or "bitwise_and" in said:
        return "`|` and `&` bind before `<`: put brackets round both comparisons, `(a < b) | (c < d)`"
    if "only integer scalar arrays" in said and (match := re.search(r"np\.(max|min)\(", line)):
        return f"`np.{match[1]}` takes one array, and says one number: entry by entry it is `np.{match[1]}imum(a, b)`"
    if "'numpy.ufunc'" in said and (match := re.search(r"np\.(\w+)(?![\w(.])", line)):
        return f"`np.{match[1]}` is a function, and what it takes stands in brackets: `np.{match[1]}(...)`"
    if ("converted to Python scalars" in said or "only length-1 arrays" in said) and "float(" in line:
        return "`float(...)` takes one number, and an array may come: leave it out"
    if "converted to Python scalars" in said or "only length-1 arrays" in said:
        return "The math module takes single numbers; for arrays NumPy has the same, as in `np.exp`"
    if match := re.search(r"'(\w+)' object is not callable", said):
        return f"A {match[1]} is called as if it were a function: an operator may be missing, or a name is used twice"
    if "can't multiply sequence" in said:
        return of_tuple(part, text)
    if "reverseiterator" in said:
        return "What `reversed` returns can be walked only once: keep the list, and write `reversed` in the loop"
    in_place = re.search(r"\.(reverse|sort|append|add)\(", text)
    if "'NoneType' object is not" in said and in_place:
        return f"`.{in_place[1]}()` changes the list itself, and returns None: give it a line of its own"
    if match := re.search(r"(\w+)\(\) missing \d+ required positional arguments?: (.*)", said):
        return f"`{match[1]}` is called without {match[2].replace(chr(39), '`')}"
    if "bad operand type" in said and "'list'" in said:
        return (
            "A list stands where an array belongs: are two results exchanged? It is `output, inputs = forward(net, x)`"
        )
    if ("operand" in said and "'tuple'" in said) or "tuple indices must be" in said:
        return "Several results together, a tuple, stand where one array belongs: take them apart, `z, inputs = ...`"
    if "append() takes exactly one argument" in said:
        return "`append` takes one thing. If it is a pair, that has brackets of its own: `append((W, b))`"
    if "cannot unpack non-iterable" in said or "not iterable" in said:
        return f"Something is taken apart, or walked through, that is not several things (`{said}`)"
    return f"It raised `TypeError: {said}`"


def of_tuple(part, text):
    """A whole tuple, or list, is multiplied."""
    owner = re.search(r"(\w+)\.local\s*\*|\*\s*(\w+)\.local", text)
    if part.name != "pass_back" or not owner:
        return "A whole tuple or list is multiplied by a number: take its entries one by one"
    node = ast.parse(text).body[0].args.args[0].arg
    kept = "The local derivative is kept by the child, not by the parent"
    if (owner[1] or owner[2]) == node:
        kept = f"`{node}.local` is a tuple with one entry for each parent"
    return f"{kept}: walk through `{node}.parents` and `{node}.local` together, with `zip`"


def of_index(error, part, text):
    """An index beyond the end."""
    if "too many indices" in str(error):
        return "An array has fewer axes than are asked for: a sum or maximum loses its axis, `keepdims=True` keeps it"
    if part.name == "softmax_cross_entropy" and "out of bounds" in str(error):
        return "A label is the number of a column, and here it is taken for a row: `[np.arange(N), labels]` says both"
    if "only integers, slices" in str(error):
        return "An index is a place, and here a number of the array came: `for i in x` walks through the numbers"
    return f"It asks for an entry that is not there (`{error}`): does the last round look one step too far?"


def overflow(error, part, text):
    """A number too large for a float."""
    return "A number has become too large for a float: an exponential of something large"


def told(error, part, text):
    """What a judge has put into words."""
    return str(error)


def left(error, part, text):
    """The function ends Python."""
    return "It leaves Python by `exit`; `return` ends a function"


def other(error, part, text):
    """Any other error, as Python says it."""
    return f"It raised `{type(error).__name__}: {error}`"


KINDS = (
    (Told, told), (NameError, unknown), (AttributeError, attribute), (RecursionError, deep), (TypeError, of_type),
    (IndexError, of_index), (ValueError, of_value), (OverflowError, overflow), (SystemExit, left), (Exception, other),
)  # fmt: skip
