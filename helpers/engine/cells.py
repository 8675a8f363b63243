"""The reader's function as it stands in a cell: its text, whether it is open, and its class if that is run again."""

import ast
import inspect
import sys
import textwrap

from helpers.engine.assembly import assemble
from helpers.engine.part import engine_names

_classes = {}  # name -> the class that has got methods from outside


def text_of(function):
    """The function's text without decorators and indentation, or '' where Python can't find it."""
    try:
        lines = textwrap.dedent(inspect.getsource(function))
        [definition] = ast.parse(lines).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return ""
    first = definition.lineno - 1  # of `def`: decorators stand above it
    return "".join(lines.splitlines(keepends=True)[first:]).rstrip() + "\n"


def is_open(text):
    """Whether a function's body is nothing but a docstring, dots and `pass`."""
    [function] = ast.parse(text).body
    return all(
        isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        for line in function.body
    )


def provide(text, names):
    """Put among the names of a notebook the engine's functions that a part calls and the notebook has not."""
    used = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    missing = (used & engine_names()) - names.keys()
    whole = vars(assemble()) if missing else {}
    names.update({name: whole[name] for name in missing if name in whole})


def attach(owner, function):
    """Make a function a method of a class, also of a later class of the same name."""
    setattr(owner, function.__name__, function)
    _classes[owner.__name__] = owner
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None and put_back not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", put_back)


def put_back(result=None):
    """After a cell: a class that was made anew, by running its cell again, gets what the old one got from outside."""
    names = sys.modules["IPython"].get_ipython().user_ns
    for name, old in _classes.items():
        new = names.get(name)
        if inspect.isclass(new) and new is not old and new.__module__ == old.__module__:
            outside = {k: v for k, v in vars(old).items() if inspect.isfunction(v) and v.__qualname__ != f"{name}.{k}"}
            for method, function in outside.items():
                if method not in vars(new):
                    setattr(new, method, function)
            _classes[name] = new
