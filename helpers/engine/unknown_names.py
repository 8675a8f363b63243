"""A name that a reader's part uses and nobody knows, in words."""

import ast
import difflib
import math

import numpy as np

from helpers.engine.failing_line import line_of
from helpers.engine.part import engine_names


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
