"""Shapes that do not fit together in a reader's part, and other wrong values, in words."""

import re

from helpers.engine.failing_line import where


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
    if "setting an array element with a sequence" in said:
        return "A whole array is written into one place, where one number belongs"
    if "truth value of an array" in said and (match := re.search(r"\b(or|and)\b", where(error, part, text))):
        sign = {"or": "|", "and": "&"}[match[1]]
        return f"`{match[1]}` takes one True or False: entry by entry it is `{sign}`, with brackets round both sides"
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
    if "matmul" in said and "@" in line and "linear_backward(" not in line:
        return "Between dh and 1 − h² nothing is summed: entry by entry it is `*`, and not `@`"
    if "matmul" in said or "broadcast" in said:
        return (
            "The dz and the layer at hand do not fit together. Is dz carried on to the layer below as dh · (1 − h²), "
            "*after* the layer's own `linear_backward`, with its dh and its h? And does the walk go through `net` and "
            "`inputs` in the same order, from the last to the first?"
        )
    return ""
