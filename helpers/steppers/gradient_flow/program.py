"""The reader's own lines beside the picture, and which node is computed in which of them."""

import ast
import inspect
import textwrap


def program_of(code, nodes):
    """Return (lines, line of each node or None).

    code: a function, whose body is shown, or its text. A node belongs to the line that assigns its label, the root to
    the `return`; any other to the line of the node that is computed from it.
    Raises ValueError where the text is no Python.
    """
    text = _body(code) if callable(code) else textwrap.dedent(code).strip("\n")
    try:
        statements = ast.parse(text).body
    except SyntaxError as error:
        raise ValueError(f"code must be a function or lines of Python: {error}") from None
    line_of = {}
    for statement in statements:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        for name in (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)):
            line_of[name] = statement.lineno - 1
        if isinstance(statement, ast.Return):
            line_of[nodes[-1].label] = statement.lineno - 1
    lines = [line_of.get(node.label) for node in nodes]
    for i in reversed(range(len(nodes))):
        for parent in nodes[i].parents if nodes[i].kind == "operation" else ():
            if lines[parent] is None and nodes[parent].kind == "operation":
                lines[parent] = lines[i]
    return text.split("\n"), lines


def _body(function):
    """The lines of a function without its head and its docstring."""
    source = textwrap.dedent(inspect.getsource(function))
    body = ast.parse(source).body[0].body
    first = body[1] if ast.get_docstring(ast.parse(source).body[0]) is not None else body[0]
    return textwrap.dedent("\n".join(source.split("\n")[first.lineno - 1 :])).strip("\n")
