"""The script's table of operations against `Value`: values and gradients of random graphs, computed in Chromium."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.calculus import graph
from helpers.calculus.graph import Value, topological_order
from helpers.drawing.library import SCRIPTS

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
UNARY = {"tanh": Value.tanh, "sigmoid": Value.sigmoid, "exp": Value.exp, "log": Value.log, "ReLU": Value.relu}
BINARY = {"+": Value.__add__, "*": Value.__mul__}
POWERS = (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 1 / 3)
MEASURED = """(rows) => {
  const graph = new Graph(rows);
  return [graph.values, graph.gradients];
}"""


@pytest.fixture(scope="module")
def engine(browser):
    """A page in which the script's `Graph` is known."""
    page = browser.new_page()
    text = "".join((SCRIPTS / f"{name}.js").read_text("utf-8") for name in ("engine", "words"))
    page.add_script_tag(content=f"{text}\nglobalThis.Graph = Graph; globalThis.OPERATIONS = OPERATIONS;")
    yield page
    page.close()


@st.composite
def graphs(draw):
    """(rows as the script reads them, nodes of `Value` in the same order); numbers stay moderate."""
    leaves = draw(st.lists(st.floats(-3, 3) | st.sampled_from([0.0, 1.0, -40.0, 37.0, 800.0]), min_size=1, max_size=5))
    nodes = [Value(number) for number in leaves]
    rows = [{"value": number, "kind": "parameter"} for number in leaves]
    for _ in range(draw(st.integers(1, 25))):
        op = draw(st.sampled_from([*UNARY, *BINARY, *BINARY, "**"]))
        parents = [draw(st.integers(0, len(nodes) - 1)) for _ in range(2 if op in BINARY else 1)]
        k = draw(st.sampled_from(POWERS)) if op == "**" else None
        operands = [nodes[i] for i in parents]
        try:
            node = operands[0] ** k if op == "**" else (UNARY | BINARY)[op](*operands)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if all(abs(number) < 1e8 for number in (node.data, *node._locals)):
            nodes.append(node)
            rows.append({"op": op, "parents": parents} | ({"k": k} if op == "**" else {}))
    return rows, nodes


def close(ours, theirs):
    return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-12)


@settings(max_examples=1000)
@given(graphs())
def test_values_and_gradients_are_those_of_value(engine, case):
    rows, nodes = case
    values, gradients = engine.evaluate(MEASURED, rows)
    nodes[-1].backward()
    below = set(topological_order(nodes[-1]))
    assert all(close(node.data, value) for node, value in zip(nodes, values, strict=True))
    expected = [node.grad if node in below else 0.0 for node in nodes]
    scale = max(1.0, *map(abs, expected))
    assert all(close(a / scale, b / scale) for a, b in zip(expected, gradients, strict=True))


def test_no_operation_stands_in_one_table_only(engine):
    source = Path(graph.__file__).read_text("utf-8")
    ours = {op.rstrip("{") for op in re.findall(r'\(self(?:, other)?,?\), f?"([^"{]+)', source)}
    assert set(engine.evaluate("() => Object.keys(OPERATIONS)")) == ours
