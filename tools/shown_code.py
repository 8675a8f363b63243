"""Keep the code that lessons show equal to the code in helpers/.

A code cell with the metadata `"shown": ["helpers.module:name", ...]` shows these functions or classes, in this order;
`helpers.module:Class.method` shows a method, as a function, and `helpers.module:Class(one, other)` a class with these
methods alone. The cell's text is their source; of a docstring of several lines only the first line is shown.

  python tools/shown_code.py           rewrite the cells from the helpers
  python tools/shown_code.py --check   exit 1 and name the cells that differ
"""

import ast
import importlib
import inspect
import sys
import textwrap
from operator import attrgetter
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]


def main(arguments):
    check = "--check" in arguments
    drifted = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        cells = [cell for cell in notebook.cells if "shown" in cell.metadata]
        for cell in cells:
            wanted = shown_text(cell.metadata["shown"])
            if cell.source != wanted:
                drifted.append(f"{path.name}: cell {cell.id}")
                cell.source = wanted
        if drifted and not check:
            nbformat.write(notebook, path)
    print("\n".join(f"{'drifted' if check else 'rewritten'}: {cell}" for cell in drifted) or "shown code ok")
    return 1 if check and drifted else 0


def shown_text(names):
    """Text of a cell that shows these helpers, each named as 'module:name'."""
    return "\n\n\n".join(_short(source_of(name)) for name in names)


def source_of(name):
    module, _, attribute = name.partition(":")
    attribute, _, members = attribute.rstrip(")").partition("(")
    source = textwrap.dedent(inspect.getsource(attrgetter(attribute)(importlib.import_module(module)))).rstrip()
    return _only(members.split(", "), source) if members else source


def _only(members, source):
    """The source of a class with its docstring and these of its methods, in the class's order."""
    lines, [definition] = source.split("\n"), ast.parse(source).body
    first, methods = definition.body[0], [node for node in definition.body if isinstance(node, ast.FunctionDef)]
    head = lines[: first.end_lineno] if ast.get_docstring(definition) is not None else lines[: definition.lineno]
    chosen = [lines[node.lineno - 1 : node.end_lineno] for node in methods if node.name in members]
    return "\n\n".join("\n".join(each) for each in (head, *chosen))


def _short(source):
    """The source with every docstring of several lines cut to its first line."""
    lines = source.split("\n")
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    for node in sorted(nodes, key=lambda node: -node.lineno):
        first = node.body[0]
        if ast.get_docstring(node) is not None and first.end_lineno > first.lineno:
            lines[first.lineno - 1 : first.end_lineno] = [lines[first.lineno - 1] + '"""']
    return "\n".join(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
