"""A bounded number of steps: a function's text is changed so that each loop and each call counts.

No signal, no thread and no trace function is needed, so that it also works on Windows and in Pyodide.
"""

import ast

MOST = 100_000  # steps in one judging; what the judges ask for takes a few thousand
TICK, EACH = "__tick__", "__each__"


class Endless(BaseException):  # no Exception, so that the reader's own `except Exception` lets it pass
    """A part has taken more steps than any right one needs."""


class Counter:
    """Counts the steps of the texts that it has `prepared`, all together."""

    def __init__(self, most=MOST):
        self.left = most

    def tick(self):
        """One step; `Endless` when there have been too many."""
        self.left -= 1
        if self.left < 0:
            raise Endless

    def each(self, iterable):
        """The same iterable, counted: for comprehensions, whose body holds no statement."""
        for item in iterable:
            self.tick()
            yield item

    def names(self):
        """What a prepared text needs among its globals."""
        return {TICK: self.tick, EACH: self.each}


def prepared(tree):
    """The syntax tree with a tick at the start of each function and each loop; lines keep their numbers."""
    return ast.fix_missing_locations(_Ticking().visit(tree))


class _Ticking(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        after = 1 if ast.get_docstring(node, clean=False) is not None else 0
        node.body.insert(after, _tick(node.body[0]))
        return node

    def visit_loop(self, node):
        self.generic_visit(node)
        node.body.insert(0, _tick(node.body[0]))
        return node

    visit_For = visit_While = visit_loop

    def visit_comprehension(self, node):
        self.generic_visit(node)
        call = ast.Call(ast.Name(EACH, ast.Load()), [node.iter], [])
        node.iter = ast.copy_location(call, node.iter)
        return node


def _tick(where):
    return ast.copy_location(ast.Expr(ast.Call(ast.Name(TICK, ast.Load()), [], [])), where)
