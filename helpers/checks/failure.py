"""What a check says of a function that stops with an error, or returns a formula: what most likely lies behind it."""

import difflib
import dis
import inspect
import linecache
import re
import traceback

import numpy as np


def at_call(function, error, calls):
    """Words for the call at which the reader's function stopped, or ''; calls: name of what is called -> its words."""
    code = getattr(function, "__code__", None)
    if code is None or isinstance(error, NameError):
        return ""
    inside = [
        f for f in traceback.extract_tb(error.__traceback__) if (f.filename, f.name) == (code.co_filename, code.co_name)
    ]
    for frame in inside[-1:]:
        called = linecache.getline(frame.filename, frame.lineno)[frame.colno : frame.end_colno]
        return next((words for name, words in calls.items() if called.startswith(f"{name}(")), "")
    return ""


def behind(function, error, is_stub):
    """Words for what lies behind an error of the reader's function, or ''; is_stub tells unsolved exercises."""
    text = str(error)
    if formulas := sympy_names(function):
        return f"{formulas} is sympy's, a formula and no number: compute it from the arguments."
    if isinstance(error, UnboundLocalError):
        return "A variable is used before your function gives it a value."
    if isinstance(error, NameError):
        return unknown_name(function, getattr(error, "name", None))
    if "bitwise_xor" in text or "for ^:" in text:
        return "In Python `^` is no power: write `**`."
    if "bad operand type for unary -: 'list'" in text:
        return "A list of arrays can't be turned round by a minus: put it before the number that multiplies it."
    if isinstance(error, TypeError) and "NoneType" in text:
        return unsolved(function, is_stub)
    if "object is not callable" in text and {"imag", "real"} & {*names_in(function)}:
        return "`.imag` and `.real` are numbers already: write them without brackets."
    if "negative integer powers" in text:
        return "Whole numbers have no negative powers in NumPy: write `10.0` for `10`."
    if isinstance(error, ValueError):
        return about_shapes(text)
    if "has no attribute 'label'" in text:
        return (
            "An earlier cell's function is handed plain numbers, and names what it makes of them: write its lines anew."
        )
    if isinstance(error, AttributeError) and error.name == "data" and "Value" not in names_in(function):
        return "The arguments are plain numbers: make a Value of each first, `z = Value(z)`."
    if isinstance(error, AttributeError) and error.name in ("detach", "stop_gradient"):
        return f"`{error.name}` is a framework's word; in your `Value` it is `.data`."
    if isinstance(error, AttributeError) and isinstance(error.obj, float | int):
        return NO_VALUE.get(
            error.name, f"A plain number has no `.{error.name}`: make a Value of it first, `Value(...)`."
        )
    return ""


def unused(function, solution):
    """Words for an argument that a right function reads and this one doesn't, and for what it reads instead, or ''."""
    left = [mine for mine, theirs in zip(*map(arguments, (function, solution)), strict=False) if theirs[1] > mine[1]]
    if not left:
        return ""
    arrays = [n for n in names_in(function) if isinstance(function.__globals__.get(n), np.ndarray)]
    instead = f": `{arrays[0]}`, from a cell above, stands in its place" if len(left) == len(arrays) == 1 else ""
    return f"Your function never uses its argument `{left[0][0]}`{instead}."


def arguments(function):
    """(name, whether it is read) of each argument of a function."""
    code = getattr(function, "__code__", None)
    if code is None:
        return []
    told = [i.argval for i in dis.get_instructions(code) if i.opname not in ("STORE_FAST", "MAKE_CELL")]
    read = {
        name for names in told for name in (names if isinstance(names, tuple) else (names,)) if isinstance(name, str)
    }
    return [(name, name in read) for name in code.co_varnames[: code.co_argcount]]


def names_in(function):
    """The names from outside and of attributes that the function uses."""
    return getattr(getattr(function, "__code__", None), "co_names", ())


NO_VALUE = {
    "data": "This is a plain number already and needs no `.data`: was the wire cut earlier than here?",
    "grad": "This is a plain number. If the name once held a Value, it is lost: give what is cut a name of its own.",
}


def sympy_names(function):
    """The names from outside that the function uses and that hold a formula of sympy, as text; or ''."""
    used = {n: function.__globals__.get(n) for n in names_in(function)}
    return ", ".join(f"`{n}`" for n, value in used.items() if hasattr(value, "free_symbols"))


def made_by_sympy(function):
    """Name of a function of sympy's making that the reader's function calls, or None."""
    for name in names_in(function):
        called = getattr(function.__globals__.get(name), "__code__", None)
        if called is not None and called.co_filename.startswith("<lambdifygenerated"):
            return name
    return None


def unknown_name(function, name):
    """A name that is not defined: the one that was meant, or where it should come from."""
    known = [*getattr(getattr(function, "__code__", None), "co_varnames", ()), *inspect.signature(function).parameters]
    near = difflib.get_close_matches(name or "", known, 1)
    if hasattr(function.__globals__.get("my"), name or " "):
        return f"`{name}` is your engine's: write `my.{name}`."
    if name in ("i", "j") and "imag" in names_in(function):
        return "Python writes i as `1j`."
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"`{name}` is no argument, and no cell that was run defines it."


def unsolved(function, is_stub):
    """Something is None: an exercise that is called and not solved, or a function without `return`."""
    used = {n: function.__globals__.get(n) for n in names_in(function)}
    open_ones = [n for n, value in used.items() if is_stub(value)]
    if open_ones:
        return f"`{open_ones[0]}` is not solved yet and returns None: solve it first."
    return "Something that you compute with is None: a function without `return`?"


def about_shapes(text):
    """Words for NumPy's errors about shapes and truth values."""
    if "truth value of an array" in text:
        return "`if` wants one yes or no, and here each entry has its own: `np.where(condition, this, that)` chooses."
    shapes = [tuple(int(n) for n in re.findall(r"\d+", each)) for each in re.findall(r"\(([\d, ]+)\)", text)]
    if "broadcast" in text and len(shapes) >= 2:
        return unbroadcast(*shapes[:2])
    if "matmul" in text:
        return (
            "For `A @ B` the columns of A must be as many as the rows of B: is a `.T` missing, or the order reversed?"
        )
    return ""


def unbroadcast(a, b):
    """Words for two shapes that do not go together entry by entry."""
    for longer, shorter in ((a, b), (b, a)):
        if len(longer) == 2 and shorter == longer[:1]:
            return (
                f"A sum, a mean or a maximum over axis 1 has lost its axis: with keepdims=True it has the shape "
                f"{(shorter[0], 1)} and goes with {longer}; so does `[:, None]`."
            )
    if len(a) == len(b) == 2 and a[1] == b[0]:
        return f"`*` multiplies entry by entry; the matrix product of {a} and {b} is written `@`."
    if len(a) == len(b) == 2 and (np.array_equal(a, b[::-1]) or a[0] == b[0] or a[1] == b[1]):
        return "`*`, `+` and `−` go entry by entry, in equal shapes. Is a matrix product `@` meant, or a `.T` missing?"
    return "Entry by entry two arrays go together only if their shapes do, from the last axis on."
