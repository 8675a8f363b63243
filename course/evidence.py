"""Evidence of tampering: what a submission's code reaches for, and which functions it has replaced.

Tests run in the student's own kernel, so nothing here is proof against a determined attacker; it is what a person
should be told before the points count.
"""

import ast
import builtins
import json

from course.sources import grade_id, marks

ALLOWED = set(
    "cmath collections dataclasses functools gymnasium helpers itertools math matplotlib mpl_toolkits numbers numpy "
    "random statistics sympy textwrap time tqdm typing warnings IPython.display ipywidgets".split()
)
REACHING = set(
    "In Out _ih _oh _dh _i _ii _iii __builtins__ __import__ __loader__ __spec__ get_ipython globals locals vars eval "
    "exec compile open input breakpoint setattr delattr quit exit memoryview parse_expr sympify".split()
)
INSIDE = set(
    "sys os builtins modules _getframe f_back f_globals f_locals gi_frame tb_frame settrace sympify parse_expr".split()
)
CHANGED_BY_THE_KERNEL = {"builtins.input", "builtins.breakpoint", "builtins.display"}
PLAIN_DUNDERS = set("__init__ __name__ __doc__ __call__ __repr__ __len__ __getitem__ __iter__ __version__".split())


def reached_for(source):
    """What a student's cell reaches for that no task needs, as sentences; nothing for code that can't be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # IPython's magics too; they are found in the source
    modules = {alias.asname or alias.name.partition(".")[0] for node in ast.walk(tree) for alias in imports(node)}
    return sorted({text for node in ast.walk(tree) for text in suspicious(node, modules | {"np", "plt", "sp"})})


def imports(node):
    """The aliases that an import statement binds."""
    return node.names if isinstance(node, ast.Import | ast.ImportFrom) else []


def suspicious(node, modules):
    """Sentences on one node of the syntax tree; modules: names that stand for modules."""
    names = [node.module or "."] if isinstance(node, ast.ImportFrom) else [alias.name for alias in imports(node)]
    for name in names:
        if name not in ALLOWED and name.partition(".")[0] not in ALLOWED:
            yield f"imports {name}"
    if isinstance(node, ast.Name) and node.id in REACHING:
        yield f"uses {node.id}"
    if isinstance(node, ast.Attribute):
        dunder = node.attr.startswith("__") and node.attr not in PLAIN_DUNDERS
        if dunder or node.attr in INSIDE:
            yield f"uses .{node.attr}"
        if isinstance(node.ctx, ast.Store | ast.Del) and root_name(node) in modules:
            yield f"replaces {ast.unparse(node)}"
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr":
        if not (len(node.args) > 1 and isinstance(node.args[1], ast.Constant)):
            yield "uses getattr with a computed name"
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and hasattr(builtins, node.name):
        yield f"defines its own {node.name}"


def root_name(node):
    """The name at the bottom of a chain of attributes and indices."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return getattr(node, "id", None)


def magics(source):
    """Lines for IPython or the shell in a cell."""
    return [f"runs {line.strip()[:40]!r}" for line in source.splitlines() if line.lstrip()[:1] in ("!", "%")]


def in_notebook(notebook):
    """What the student's code cells reach for, each sentence once, with the cell where it is one that was released."""
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and (marks(cell).get("solution") or not marks(cell)):
            for text in reached_for(cell.source) + magics(cell.source):
                found.setdefault(text, f"{text} ({grade_id(cell) or 'own cell'})")
    return list(found.values())


def modules_of(tests):
    """Names of the modules that hidden tests import, and those whose functions Python itself offers."""
    names = {"builtins", "numpy", "math"}
    for source in tests:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom):
                names.add(node.module)
            elif isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
    return sorted(names)


def fingerprint_code(modules):
    """Code that prints, as JSON, the identity of every function in these modules."""
    code = (
        "import importlib, json\n"
        "found = {}\n"
        f"for name in {modules!r}:\n"
        "    functions = vars(importlib.import_module(name)).items()\n"
        "    found[name] = {key: id(each) for key, each in functions if callable(each)}\n"
        "print(json.dumps(found))\n"
    )
    return f"__import__('builtins').exec({code!r}, {{}})"


def replaced(before, after):
    """Names of functions that are not what they were, from what `fingerprint_code` printed before and after."""
    try:
        before, after = json.loads(before), json.loads(after)
        return [
            f"{module}.{key}"
            for module, functions in before.items()
            for key, identity in functions.items()
            if after[module].get(key) != identity and f"{module}.{key}" not in CHANGED_BY_THE_KERNEL
        ]
    except (ValueError, KeyError, AttributeError, TypeError):
        return ["(the list of functions could not be read)"]
