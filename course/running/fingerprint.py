"""Which of the functions that tests rely on a submission has replaced while it ran."""

import ast
import json

CHANGED_BY_THE_KERNEL = {"builtins.input", "builtins.breakpoint", "builtins.display"}


def modules_of(tests):
    """Names of the modules that hidden tests import, and those whose functions Python itself offers."""
    names = {"builtins", "math", "numpy", "numpy.linalg", "numpy.random"}
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
