"""What an error that a reader's part raises means, in words."""

import ast
import difflib
import math
import re

import numpy as np

from helpers.engine.assembly import file_name
from helpers.engine.part import PARTS, engine_names


class Told(ValueError):
    """What is wrong, in words for the reader already."""


def in_words(error, part, text):
    """Words for an error raised by this text of a part, with the line in which it was raised."""
    said = next((words for kind, words in KINDS if isinstance(error, kind)), other)(error, part, text)
    return said + "." * (said[-1] not in ".?") + where(error, part, text)


def where(error, part, text):
    """The line of the reader's text that was running when the error was raised, or ''.

    It is counted as the cell shows it, in which the decorator's line stands above the text.
    """
    number, lines = line_of(error, part, text), text.splitlines()
    if isinstance(error, RecursionError):  # where it stopped by chance
        return ""
    return f" Line {number + 1}: `{lines[number - 1].strip()}`." if number and number <= len(lines) else ""


def line_of(error, part, text):
    """The number of the line of the text, from 1, that was running when the error was raised; None for none."""
    file, trace, number = file_name(part.name, text), error.__traceback__, None
    while trace is not None:
        number = trace.tb_lineno if trace.tb_frame.f_code.co_filename == file else number
        trace = trace.tb_next
    return number


def unknown(error, part, text):
    """A name that the file does not know."""
    name = error.name or ""
    if isinstance(error, UnboundLocalError):  # which has no name
        name = of_itself(error, part, text)
        if name:
            return (
                f"`{name}` stands on both sides, and has no value yet on the right: solve for `{name}` first, on paper"
            )
        name = (str(error).split("'") + [""])[1] or "A name"
        return f"`{name}` is used before it has got a value"
    if name in ("my", "engine", "mine"):
        return (
            f"`{name}` is the lesson's, and your file does not know it: there the other parts have their plain names, "
            "`sigmoid(...)`"
        )
    if name == "e":
        return "`e` is not known to Python: e to the power of x is written `np.exp(x)`"
    if name in getattr(part.judge, "results", ()):
        return f"`{name}` is what is asked, and has no value yet: solve for it, so that it stands on one side alone"
    modules = ((np, "np"), (math, "math"))  # arrays are NumPy's, the number in a Value is math's
    for module, prefix in modules[::-1] if part.name.startswith("Value.") else modules:
        if callable(getattr(module, name, None)) and not isinstance(getattr(module, name), type):
            return f"`{name}` stands in a module: write `{prefix}.{name}`"
    like = nearest(name, text)
    if like:
        return f"`{name}` is not known; is `{like}` meant?"
    return (
        f"It uses `{name}`, which your file does not know. A part must stand on its own there: "
        "put what it needs inside it, or hand it over as an argument"
    )


def of_itself(error, part, text):
    """The name that the failing line computes from itself, as in `p = e * (1 - p)`, or ''."""
    number = line_of(error, part, text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and node.lineno == number:
            used = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
            return next((each.id for each in node.targets if isinstance(each, ast.Name) and each.id in used), "")
    return ""


def nearest(name, text):
    """The known name that is most like this one, or ''."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name | ast.arg)]
    own = {node.id if isinstance(node, ast.Name) else node.arg for node in nodes}
    return next(iter(difflib.get_close_matches(name, (engine_names() | own) - {name}, 1, 0.8)), "")


def attribute(error, part, text):
    """An attribute that is not there."""
    name, thing = error.name, error.obj
    if isinstance(thing, float | int) and name in ("data", "grad", "parents", "local"):
        return f"A plain number has no `.{name}`: `as_value(...)` makes a Value of it, as in `__add__`"
    if type(thing).__name__ == "Value" and name in PARTS:
        return f"`{name}` is a function, not a method: write `{name}(...)`"
    if type(thing).__name__ == "Value":
        return f"A Value has no `.{name}`; it has data, parents, local and grad"
    if isinstance(thing, list | tuple) and name in ("shape", "T", "copy", "sum"):
        return f"This is a {type(thing).__name__}, and `.{name}` belongs to arrays"
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
    if "operand" in said and "'tuple'" in said:
        return "Several results together, a tuple, stand where one array belongs: take them apart, `z, inputs = ...`"
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


def of_value(error, part, text):
    """Shapes that don't fit, and the like."""
    said = str(error)
    if part.name == "backward" and (words := between_layers(said, where(error, part, text))):
        return words
    shapes = [tuple(map(int, re.findall(r"\d+", shape))) for shape in re.findall(r"\(([\d, ]+)\)", said)]
    if "broadcast" in said and len(shapes) >= 2:
        a, b = shapes[:2]
        if len(a) != len(b) and max(a, b, key=len)[0] in min(a, b, key=len):
            return (
                f"The shapes {a} and {b} do not fit together: a sum or mean over axis 1 has lost its axis "
                "(`keepdims=True` keeps it), or a row of numbers should be a column, `[:, None]`"
            )
        return f"The shapes {a} and {b} do not fit together entry by entry"
    if match := re.search(r"matmul: .*size (\d+) is different from (\d+)", said):
        return (
            f"In `A @ B` the columns of A must be as many as the rows of B, and {match[2]} is not {match[1]}. "
            "Is one of the two to be transposed, or is `*` meant?"
        )
    if "matmul" in said:
        return "`@` is the product of matrices: between single numbers, or entry by entry, it is `*`"
    if "inhomogeneous shape" in said and "reset(" in where(error, part, text):
        return "`poles.reset` returns a pair: what is seen, and something more. Take the first of them, `[0]`"
    if "inhomogeneous shape" in said:
        return "Arrays of different shapes make no array together: go through the list, pair after pair"
    if part.name == "clip" and "truth value of an array" in said:
        return (
            "What is compared with the limit is an array, and not one number. If it is your norm: "
            "Python's `sum` adds the rows of a matrix, `np.sum` all its entries"
        )
    if "truth value of an array" in said:
        return "An array is asked as if it were one True or False: `np.where` and `np.maximum` go entry by entry"
    if match := re.search(r"(not enough|too many) values to unpack \(expected (\d+)", said):
        how = "fewer" if match[1] == "not enough" else "more"
        return f"Something is taken apart into {match[2]}, and has {how} entries"
    return f"It raised `{type(error).__name__}: {said}`"


def between_layers(said, line):
    """The same in a pass through all layers: dz, or the walk through them, has gone astray."""
    if "unpack" in said and "linear_backward(" in line:
        return "`linear_backward` returns three things, dW, db and dX"
    if "unpack" in said:
        return "A network may have any number of layers: walk through them in a loop"
    if "matmul" in said or "broadcast" in said:
        return (
            "The dz and the layer at hand do not fit together. Is dz carried on to the layer below, as dh · (1 − h²), "
            "and does the walk go through `net` and `inputs` in the same order, from the last to the first?"
        )
    return ""


def of_index(error, part, text):
    """An index beyond the end."""
    if "too many indices" in str(error):
        return "An array has fewer axes than are asked for: a sum or maximum loses its axis, `keepdims=True` keeps it"
    if part.name == "softmax_cross_entropy" and "out of bounds" in str(error):
        return "A label is the number of a column, and here it is taken for a row: `[np.arange(N), labels]` says both"
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
