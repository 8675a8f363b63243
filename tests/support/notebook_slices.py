"""Slices of a notebook: the cells that depend on the answers, and the cells that these need.

They are found by the names that cells read, bind and change, and may hold more cells than they must. One thing is not
seen: a change by way of a second name (`b = a`, and `b.append(1)` in another cell).
"""

import ast
import builtins
import symtable
from typing import NamedTuple


class Names(NamedTuple):
    """Names of a notebook that some code reads, and those that it makes: binds, deletes, or changes their object."""

    reads: set
    makes: set


def sliced(cells, answers):
    """Places of the cells that a round of answers runs, and places of the cells before them that they need.

    cells: for each cell the sources that it may have; answers: places of the answers. What the round makes, it makes
    anew from the beginning, so that each round finds what the first one found.
    """
    fixed = _defined(source for sources in cells for source in sources)
    names = _with_calls([_names_of(sources, fixed) for sources in cells])

    def belongs(place, members):
        """Whether a cell reads what members above it make, or makes what those below read and must find anew."""
        above, below = (_union(names[k] for k in members if side(k)) for side in (place.__gt__, place.__lt__))
        needed = names[place].makes & below.reads
        return names[place].reads & above.makes or needed & below.makes or (needed and place > min(members))

    of_round, grown = None, set(answers)
    while grown != of_round:
        of_round = grown
        grown = of_round | {place for place in range(len(names)) if belongs(place, of_round)}
    needed = set()
    for place in reversed(range(min(of_round))):
        if names[place].makes & _union(names[k] for k in of_round | needed).reads:
            needed.add(place)
    return sorted(of_round), sorted(needed)


def _union(names):
    return Names(*(set().union(*sets) for sets in zip((set(), set()), *names, strict=True)))


def _with_calls(cells):
    """All names of each cell, given its own and those of its functions: also what functions do that it may call."""
    later = [inside for _, inside in cells]
    while True:
        grown = [
            _union([inside, *(more for (other, _), more in zip(cells, later, strict=True) if other.makes & reads)])
            for inside, reads in zip(later, [_union(cell).reads for cell in cells], strict=True)
        ]
        if grown == later:
            return [_union([own, more]) for (own, _), more in zip(cells, later, strict=True)]
        later = grown


def _names_of(sources, fixed):
    """The `Names` of a cell that may have these sources, first its own, then those of its functions and classes.

    fixed: names whose object does not change when it is called or handed over.
    """
    each = [_names_of_source(source, fixed) for source in sources]
    return [_union(parts) for parts in zip(*each, strict=True)]


def _names_of_source(source, fixed):
    tree, (top, *inner) = ast.parse(source), _tables(symtable.symtable(source, "cell", "exec"))
    used_up, changed = _used_up(tree), _changed(tree, fixed)
    inside = [symbol for table in inner for symbol in table.get_symbols() if symbol.is_global()]
    for symbols in (top.get_symbols(), inside):
        reads = {s.get_name() for s in symbols if s.is_referenced()}
        binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
        used = reads | binds
        yield Names(reads | (used_up & used), binds | (changed & used))


def _tables(table):
    """A symbol table, and those of the functions, classes and comprehensions in it."""
    return [table, *(inner for child in table.get_children() for inner in _tables(child))]


def _nodes(tree, *kinds):
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _names_in(nodes):
    return {name.id for node in nodes for name in _nodes(node, ast.Name)}


def _used_up(tree):
    """Names that must be bound before, though no value is asked for: `a += 1`, `del a`."""
    added_to = [node.target for node in _nodes(tree, ast.AugAssign)]
    return _names_in([*added_to, *_nodes(tree, ast.Delete)])


def _changed(tree, fixed):
    """Names whose object an assignment or a call may change: `a.b = 1`, `del a[i]`, `a()`, `a.b()`, `f(a)`, `@f(A)`."""
    marks = [
        mark for node in _nodes(tree, ast.FunctionDef) for mark in node.decorator_list if isinstance(mark, ast.Call)
    ]
    given = _names_in(argument for mark in marks for argument in mark.args)  # a class gets the method below its mark
    parts = [part for part in _nodes(tree, ast.Attribute, ast.Subscript) if isinstance(part.ctx, ast.Store | ast.Del)]
    return given | {_root(part) for part in parts} | (_names_in(_nodes(tree, ast.Call)) - fixed)


def _root(node):
    """The name `a` of `a.b[i]`, None where there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return getattr(node, "id", None)


def _defined(sources):
    """Names that stand for functions, classes, modules and what these hold, and for nothing else."""
    trees = [ast.parse(source) for source in sources]
    defined = {node.name for tree in trees for node in _nodes(tree, ast.FunctionDef, ast.ClassDef)} | set(dir(builtins))
    for tree in trees:
        for node in _nodes(tree, ast.Import, ast.ImportFrom):
            defined |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return defined - {name.id for tree in trees for name in _nodes(tree, ast.Name) if isinstance(name.ctx, ast.Store)}
