"""Evidence of tampering: what a submission's code reaches for that no task needs.

Tests run in the student's own kernel, so nothing here is proof against a determined attacker; it is what a person
should be told before the points count.
"""

import ast
import builtins
import re
import sys
import warnings

from IPython.core.inputtransformer2 import TransformerManager

from course.authoring.sources import code_cells, grade_id, marks

NEEDED = "gymnasium helpers ipywidgets matplotlib mpl_toolkits numpy sympy tqdm IPython.display"
HARMLESS = (
    "__future__ abc cmath collections copy dataclasses datetime decimal enum fractions functools itertools logging "
    "math numbers operator pprint random statistics string sys textwrap time timeit typing warnings "
    "jax pandas scipy torch"
)
ALLOWED = set(f"{NEEDED} {HARMLESS}".split())
NEVER = set(
    "__builtins__ __import__ __loader__ __spec__ _ih _oh _dh get_ipython globals eval exec breakpoint setattr delattr "
    "parse_expr sympify".split()
)
UNLESS_OWN = set("In Out _i _ii _iii compile exit input locals memoryview open quit vars".split())
INSIDE = set(
    "builtins ctypes ctypeslib f_back f_globals f_locals gi_frame importlib inspect modules os parse_expr settrace "
    "sympify sys tb_frame _getframe".split()
)
OF_SYS = {"float_info", "maxsize", "version", "version_info"}
PLAIN = set("__call__ __class__ __dict__ __doc__ __getitem__ __init__ __iter__ __len__ __name__ __repr__".split())
IN_TEXT = re.compile(r"f_globals|f_back|f_locals|tb_frame|__(globals|builtins|closure|code|import|subclasses)__")
MAGICS = set("config matplotlib pinfo pinfo2 time timeit".split())


def in_notebook(notebook):
    """What the student's code cells reach for, each sentence once, with the cell where it is one that was released."""
    found = {}
    for cell in code_cells(notebook):
        if marks(cell).get("solution") or not marks(cell):
            for text in reached_for(cell.source):
                found.setdefault(text, f"{text} ({grade_id(cell) or 'own cell'})")
    return list(found.values())


def reached_for(source):
    """What a cell reaches for that no task needs, as sentences; nothing for a cell that IPython can't read either."""
    tree, magics = parsed(source)
    if tree is None:
        return []
    try:
        nodes = list(ast.walk(tree))
        modules, own = names_of_modules(nodes), bound_names(nodes)
        found = {text for node in nodes for text in suspicious(node, modules, own)}
        found |= {
            f"defines its own {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and hasattr(builtins, node.name)
        }
    except RecursionError:
        return ["is nested so deeply that it can't be read"]
    by_transformer = set() if "get_ipython" in source else {"uses get_ipython"}
    return sorted(found - by_transformer | magics)


def parsed(source):
    """(syntax tree, sentences on IPython's magics in it); (None, ...) for what is no code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source), set()
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass
        try:
            plain = TransformerManager().transform_cell(source)
            return ast.parse(plain), set(magic_words(plain))
        except Exception:  # IPython's transformers raise what they like; the kernel will say it again
            return None, set()


def magic_words(plain):
    """Sentences on the calls that IPython's transformer has put in the place of magics."""
    for method, name in re.findall(r"get_ipython\(\)\.(\w+)\('([\w!]*)", plain):
        if not (method in ("run_line_magic", "run_cell_magic") and name in MAGICS):
            what = name if method in ("run_line_magic", "run_cell_magic") else method
            yield f"runs {what} by IPython or the shell"


def names_of_modules(nodes):
    """Names that stand for modules: imported ones, and those they were assigned to."""
    names = {"np", "plt", "sp"} | {a.asname or a.name.partition(".")[0] for node in nodes for a in imports(node)}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute):
            if root_name(node.value) in names:
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def bound_names(nodes):
    """Names that the cell itself gives a value."""
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.arg for node in nodes if isinstance(node, ast.arg)}


def imports(node):
    """The aliases that an import statement binds."""
    return node.names if isinstance(node, ast.Import | ast.ImportFrom) else []


def suspicious(node, modules, own):
    """Sentences on one node of the syntax tree; modules: names that stand for modules, own: names the cell binds."""
    yield from (f"imports {name}" for name in odd_imports(node))
    for name in names_in(node):
        if name in NEVER or name in UNLESS_OWN - own:
            yield f"uses {name}"
        elif name == "SEED" and not isinstance(getattr(node, "ctx", None), ast.Load):
            yield "sets SEED"
    for name in attributes_in(node):
        dunder = name.startswith("__") and name.endswith("__") and name not in PLAIN
        of_sys = isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "sys" and name not in OF_SYS
        of_module = name == "__dict__" and isinstance(node, ast.Attribute) and root_name(node) in modules
        if dunder or of_sys or of_module or name in INSIDE:
            yield f"uses .{name}"
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del) and root_name(node) in modules:
        yield f"replaces {ast.unparse(node)}"
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_TEXT.search(node.value):
        yield f"names {IN_TEXT.search(node.value)[0]} in a text"
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr":
        if not (len(node.args) > 1 and isinstance(node.args[1], ast.Constant)):
            yield "uses getattr with a computed name"


def odd_imports(node):
    """What an import statement brings that no task needs."""
    if isinstance(node, ast.Import):
        yield from (a.name for a in node.names if not allowed(a.name))
    if isinstance(node, ast.ImportFrom):
        module = node.module or "."
        for alias in node.names:
            hidden = alias.name.startswith("_") or (alias.name in sys.stdlib_module_names and alias.name not in ALLOWED)
            if not allowed(module) or hidden or (module == "sys" and alias.name not in OF_SYS):
                yield f"{alias.name} from {module}"


def allowed(module):
    """True for a module that a task may need, or that does no harm."""
    return module in ALLOWED or module.partition(".")[0] in ALLOWED


def names_in(node):
    """All names that a node reads or binds, in patterns, handlers and arguments too."""
    for field in ("id", "name", "asname", "rest", "arg"):
        value = getattr(node, field, None)
        if isinstance(value, str) and not (field == "arg" and isinstance(node, ast.keyword)):
            yield value


def attributes_in(node):
    """Names of attributes that a node reaches for, by a dot or by a pattern."""
    if isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.MatchClass):
        yield from node.kwd_attrs


def root_name(node):
    """The name at the bottom of a chain of attributes and indices."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return getattr(node, "id", None)
