"""Slices of notebooks: on small ones by hand, and on drawn ones, where each round must find what the whole finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebook_slices import sliced


def slices(*sources, answer="mine"):
    """(sources of the dependent cells, sources of those that they need); the answer is the cell that says so."""
    [place] = [k for k, source in enumerate(sources) if source.startswith(f"def {answer}")]
    return tuple([sources[k] for k in places] for places in sliced([[source] for source in sources], [place]))


ANSWER = "def mine(x): return x"
CHECK = "check(mine)"


def test_a_cell_that_has_nothing_to_do_with_the_answer_is_in_neither():
    others = ["import numpy as np", "x = np.ones(3)", "x.sum()", "def f(y): return y", "f(2)"]
    assert slices(*others, ANSWER, CHECK) == ([ANSWER, CHECK], [])


@pytest.mark.parametrize(
    "reader",
    [
        "mine(2)",
        "y = mine(2)",
        "def f(): return mine(2)",
        "f = lambda: mine(2)",
        "class A:\n    slope = mine(2)",
        "class A:\n    def slope(self): return mine(2)",
        "[mine(k) for k in range(3)]",
        "[k for k in mine(2)]",
        "{name: g() for name, g in [('mine', mine)]}",
        "for f in (mine, max): f(2)",
        "rows.append(mine)",
        "mine.cache = 1",
        "mine += 1",
        "del mine",
        "if y := mine: pass",
        "def f(x, slope=mine): return x",
        "@mine\ndef f(): pass",
        "f'{mine(2):.3f}'",
        "match mine:\n    case None: pass",
    ],
)
def test_what_reads_the_answer_belongs_to_the_round(reader):
    assert slices(ANSWER, reader) == ([ANSWER, reader], [])


@pytest.mark.parametrize("maker", ["mine = 2", "import mine", "from maths import slope as mine"])
def test_what_makes_the_answer_something_else_belongs_to_it_if_that_is_read(maker):
    assert slices(ANSWER, maker, CHECK) == ([ANSWER, maker, CHECK], [])
    assert slices(ANSWER, CHECK, maker) == ([ANSWER, CHECK], [])


@pytest.mark.parametrize(
    "other",
    [
        "def f(mine): return mine(2)",
        "lambda mine: mine",
        "def f():\n    mine = 2\n    return mine",
        "[mine for mine in range(3)]",
        "class A:\n    mine = 2",
        "x.mine",
        "f(mine=2)",
        "'mine'",
    ],
)
def test_another_thing_of_the_same_name_does_not(other):
    assert slices(ANSWER, other) == ([ANSWER], [])


@pytest.mark.parametrize(
    ("first", "between", "last"),
    [
        ("table = Table()", "table.add(mine(2))", "table"),
        ("table = Table()", "table.rows.add(mine(2))", "table"),
        ("rows = [0]", "rows[0] = mine(2)", "sum(rows)"),
        ("point = Point()", "point.x = mine(2)", "point"),
        ("total = 0", "total += mine(2)", "total"),
        ("rows = []", "note(mine(2), into=rows)", "rows"),
        ("rows = []", "[rows.append(mine(k)) for k in range(3)]", "rows"),
        ("number = 2", "mine(2)\ndel number", "mine(3)"),
        ("rows = {}", "rows.update(a=mine(2))\ndel rows['a']", "rows"),
    ],
)
def test_what_a_dependent_cell_changes_is_made_anew_in_every_round(first, between, last):
    assert slices(first, ANSWER, between, last) == ([first, ANSWER, between, last], [])


@pytest.mark.parametrize(
    "cells",
    [
        ["import numpy as np", "def mine(x): return np.tanh(x)"],
        ["from maths import tanh as f", "def mine(x): return f(x)"],
        ["import maths.slopes", "def mine(x): return maths.slopes.tanh(x)"],
        ["a = 2", "def f(x): return a * x", "def mine(x): return f(x)"],
        ["def f(x): return a * x", "a = 2", "def mine(x): return f(x)"],
        ["class A: pass", "A.slope = 1", "def mine(x): return A.slope"],
        ["a = [1]", "a.append(2)", "def mine(x): return a"],
        ["a = [1]", "reverse(a)", "def mine(x): return a"],
        ["a = [1]", "def note(x): a.append(x)", "note(2)", "def mine(x): return a"],
        ["a = [1]", "def note(x): a.append(x)", "def twice(x): note(note(x))", "twice(2)", "def mine(x): return a"],
        ["a = 1", "def note():\n    global a\n    a += 1", "note()", "def mine(x): return a"],
        ["a = []", "class A:\n    def add(self): a.append(1)", "b = A()", "b.add()", "def mine(x): return a"],
        ["a = 1", "a += 1", "def mine(x): return a"],
        ["a = 1", "b = [a]", "c = b[0]", "def mine(x): return c"],
        ["a, *b = 1, 2", "def mine(x): return b"],
        ["for a in range(3): pass", "def mine(x): return a"],
        ["with f() as a: pass", "def mine(x): return a"],
    ],
)
def test_what_the_answer_needs(cells):
    assert slices("unused = 1", *cells, CHECK) == ([cells[-1], CHECK], cells[:-1])


def test_all_that_an_answer_may_say_counts():
    cells = [["a = 1"], ["b = 2"], ["c = 3"], ["def mine(): ...", "def mine(): return a", "def mine(): return b"]]
    assert sliced(cells, [3]) == ([3], [0, 1])


LINES = [  # the line, and whether the name in the first place then holds what the line says
    ("{0} = {1} + [{k}]", True),
    ("{0}, {1} = {1} + [{k}], {0} + [{k}]", True),
    ("{0} += [{k}]", True),
    ("{0}.append(len({1}))", True),
    ("{0}[:] = [len({1}), {k}]", True),
    ("{0}.append({k})\ndel {0}[0]", True),
    ("del {0}\n{0} = [{k}]", True),
    ("{0} = f() + [{k}]", True),
    ("{0} = g() + [{k}]", True),
    ("{0} = mine({1}) + [{k}]", True),
    ("{0} = [{0} * {k} for {0} in range(3)]", True),
    ("h = A()\n{0} = list(h.rows)", True),
    ("h.more()\n{0} = h.rows + [{k}]", True),
    ("def f(): return {0} + [{k}]", False),
    ("def f():\n    {0}.append({k})\n    return {1} + [{k}]", False),
    ("def f():\n    global {0}\n    {0} = {1} + [{k}]\n    return [{k}]", False),
    ("def g(): return f() + {0}", False),
    ("class A:\n    rows = {0} + [{k}]\n    def more(self): {1}.append({k})", False),
]
FIRST = ["a = []", "b = []", "c = []", "def f(): return []", "def g(): return []", "def mine(x): return [0]"]
FIRST += ["class A:\n    rows = []\n    def more(self): pass", "h = A()"]


@st.composite
def notebooks(draw):
    """(cells, place of the answer); a cell is (source, name of the list that it makes or None)."""
    names, lines = st.sampled_from("abc"), st.sampled_from(LINES)
    drawn = draw(st.lists(st.tuples(lines, names, names), min_size=2, max_size=8))
    cells = [(line.format(a, b, k=k), a if made else None) for k, ((line, made), a, b) in enumerate(drawn, start=1)]
    place = draw(st.integers(len(FIRST), len(FIRST) + len(cells)))
    cells = [*((source, None) for source in FIRST), *cells]
    return cells[:place] + [None] + cells[place:], place


def executed(cells, names):
    """What the list that it makes holds after a cell, for each."""
    found = []
    for source, made in cells:
        exec(source, names)
        found.append(made and list(names[made]))
    return found


@settings(max_examples=400)
@given(notebooks())
def test_each_round_finds_and_leaves_what_the_whole_notebook_does(drawn):
    cells, place = drawn
    answers = [(f"def mine(x): return x + {more}", None) for more in ("[]", "[1, 2]", "a")]
    rounds = [[*cells[:place], answer, *cells[place + 1 :]] for answer in answers]
    texts = [[source for source, _ in each] for each in zip(*rounds, strict=True)]
    of_round, needed = sliced(texts, [place])
    names = {}
    executed([cells[k] for k in needed], names)
    for whole in rounds:
        in_whole, in_round = executed(whole, {}), executed([whole[k] for k in of_round], names)
        assert [in_whole[k] for k in of_round] == in_round
