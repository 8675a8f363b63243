"""An engine put together: the series' own text with some parts replaced by other texts."""

import ast
import linecache
import types
import zlib
from functools import cache

from helpers.engine.part import PARTS, SERIES, definitions, needed
from helpers.engine.ticks import prepared


class Engine(types.ModuleType):
    """The functions of the engine, each as an attribute; yours, lent: names of the parts, in the lessons' order."""

    def __init__(self):
        super().__init__("my_gradient", "The engine of the series.")
        self.yours, self.lent = (), tuple(PARTS)

    def whose(self, *names):
        """Whose the parts are that these functions call, directly or by way of others, these included."""
        called = needed(*names)
        return {
            "yours": [name for name in self.yours if name in called],
            "lent": [name for name in self.lent if name in called],
        }

    def __repr__(self):
        return f"Your engine: {len(self.yours)} of {len(PARTS)} parts. Lent: {', '.join(self.lent) or 'none'}."


@cache
def _whole():
    return compile(SERIES, "<the series' engine>", "exec")


def assemble(chosen=None, counter=None):
    """Return an `Engine` of the series' own parts, but for those in chosen, a dict name -> text.

    counter: counts the steps of the chosen texts. SyntaxError unless each text is one function without a decorator.
    """
    E, chosen = Engine(), chosen or {}
    exec(_whole(), vars(E))
    vars(E).update(counter.names() if counter else {})
    for name, part in PARTS.items():
        if name in chosen or name not in definitions():
            install(E, name, define(name, chosen.get(name, part.own), vars(E), counter))
    return E


def install(E, name, function):
    """Put a function, or a method, in its place."""
    owner, _, short = name.rpartition(".")
    if owner:
        function.__qualname__ = name
    setattr(getattr(E, owner) if owner else E, short, function)


def define(name, text, scope, counter=None):
    """Return the function of this text, with scope as its globals; tracebacks and `inspect` find its lines."""
    tree = one_function(text, name)
    file = file_name(name, text)
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    found = {}
    exec(compile(prepared(tree) if counter else tree, file, "exec"), scope, found)
    return found[name.rpartition(".")[2]]


def file_name(name, text):
    """The name under which a text stands in tracebacks."""
    return f"<{name} {zlib.crc32(text.encode()):08x}>"


def one_function(text, name):
    """The syntax tree of a text; SyntaxError unless it is one function of this name, without a decorator."""
    tree = ast.parse(text)
    short, first = name.rpartition(".")[2], tree.body[0] if len(tree.body) == 1 else None
    if not isinstance(first, ast.FunctionDef) or first.name != short or first.decorator_list:
        raise SyntaxError(f"{name} must be one function `def {short}(...)`, with nothing beside it")
    return tree


def defined_alike(function, other):
    """The function, as if it had been defined where the other one was."""
    function.__module__ = other.__module__
    return function
