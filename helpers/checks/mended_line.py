"""A line of code from the reader: read, refused unless it is plain arithmetic on arrays, and put into a pass.

The line is executed, so what it may contain is a list of what is allowed, not of what is forbidden.
"""

import ast
import warnings

import numpy as np

NODES = (
    ast.Assign, ast.AugAssign, ast.Name, ast.Load, ast.Store, ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator,
    ast.unaryop, ast.Call, ast.keyword, ast.Attribute, ast.Subscript, ast.Slice, ast.Tuple, ast.List,
)  # fmt: skip
OPERATIONS = set(
    "T add amax argmax array copy cosh divide dot einsum exp expand_dims inner log matmul max mean multiply ndim "
    "negative newaxis ones_like outer power reshape shape size sqrt square squeeze subtract sum swapaxes tanh "
    "tensordot transpose zeros_like".split()
)
WAYS = "Give one line, such as `dW2 = ...` or `dX += ...`, made of the pass's own variables and NumPy's operations."


def statement_of(line, names):
    """Return (variable, statement) of a line that assigns one variable; names: those it may use.

    ValueError, in words for the reader, for anything else.
    """
    if not isinstance(line, str):
        raise ValueError(f"The line must be a text in quotes, it is `{line!r}`.")
    if len(line) > 200:
        raise ValueError(f"The line is too long. {WAYS}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(line.strip()).body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        reason = getattr(error, "msg", None) or "it can't be read"
        raise ValueError(f"This is not a line of Python: {reason}. {WAYS}") from None
    if len(body) != 1:
        raise ValueError(f"These are {len(body)} statements. {WAYS}")
    statement = body[0]
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    if not isinstance(statement, ast.Assign | ast.AugAssign) or len(targets) != 1 or not hasattr(targets[0], "id"):
        raise ValueError(f"The line must assign one variable. {WAYS}")
    for node in ast.walk(statement):
        refuse(node, {*names, targets[0].id})
    if sum(isinstance(node, ast.Pow) for node in ast.walk(statement)) > 2:
        raise ValueError(f"So many powers are not needed. {WAYS}")
    return targets[0].id, statement


def refuse(node, names):
    """Raise ValueError, in words for the reader, for a part of a line that is not plain arithmetic on arrays."""
    if not isinstance(node, NODES):
        raise ValueError(f"A line of the pass needs no `{type(node).__name__}`. {WAYS}")
    if isinstance(node, ast.Name) and node.id not in names:
        raise ValueError(f"`{node.id}` is not a variable of the pass. {WAYS}")
    if isinstance(node, ast.Attribute) and node.attr not in OPERATIONS:
        raise ValueError(f"`.{node.attr}` is not among the operations that are allowed here. {WAYS}")
    if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Attribute) or is_name(node.func, "len")):
        raise ValueError(f"`{ast.unparse(node.func)}` can't be called here. {WAYS}")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and not isinstance(node.right, ast.Constant):
        raise ValueError(f"Write the power as a number. {WAYS}")
    if isinstance(node, ast.Constant):
        letters = isinstance(node.value, str) and set(node.value) <= set("abcdefghijklmnopqrstuvwxyz,-> ")  # of einsum
        numbers = isinstance(node.value, int | float | None) and abs(node.value or 0) <= 10
        if not letters and not numbers:
            raise ValueError(f"`{node.value!r}` has no place in this pass. {WAYS}")


def is_name(node, name):
    """True if the node is that variable."""
    return isinstance(node, ast.Name) and node.id == name


def assignments(source):
    """The lines of a function that assign one variable: a list of (line number from 0, variable, statement)."""
    found = []
    for statement in ast.parse(source).body[0].body:
        target = getattr(statement, "target", None) or next(iter(getattr(statement, "targets", [])), None)
        if isinstance(target, ast.Name):
            found.append((statement.lineno - 1, target.id, statement))
    return found


def with_line(source, number, statement):
    """The source with one line replaced by a statement."""
    lines = source.splitlines()
    lines[number] = "    " + ast.unparse(statement)
    return "\n".join(lines) + "\n"


def function_of(source, name):
    """The function of this name that the source defines."""
    namespace = {"np": np}  # without the real builtins NumPy can't load its own parts
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, namespace)
    return namespace[name]
