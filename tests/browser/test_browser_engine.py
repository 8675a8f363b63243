"""The script's table of operations against `Value`: values and gradients of random graphs, computed in Chromium."""

import math
import random
import re
from pathlib import Path

import pytest

from helpers.calculus import graph
from helpers.calculus.graph import Value, topological_order
from helpers.drawing.library import SCRIPTS

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
UNARY = {"tanh": Value.tanh, "sigmoid": Value.sigmoid, "exp": Value.exp, "log": Value.log, "ReLU": Value.relu}
BINARY = {"+": Value.__add__, "*": Value.__mul__}
POWERS = (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 1 / 3)
NUMBERS = (0.0, 1.0, -40.0, 37.0, 800.0)
MEASURED = """(graphs) => graphs.map((rows) => {
  const graph = new Graph(rows);
  return [graph.values, graph.gradients];
})"""


@pytest.fixture(scope="module")
def engine(browser):
    """A page in which the script's `Graph` is known."""
    page = browser.new_page()
    text = "".join((SCRIPTS / f"{name}.js").read_text("utf-8") for name in ("engine", "words"))
    page.add_script_tag(content=f"{text}\nglobalThis.Graph = Graph; globalThis.OPERATIONS = OPERATIONS;")
    yield page
    page.close()


def drawn(random):
    """(rows as the script reads them, nodes of `Value` in the same order); numbers stay moderate."""
    leaves = [random.choice([random.uniform(-3, 3), random.choice(NUMBERS)]) for _ in range(random.randint(1, 5))]
    nodes = [Value(number) for number in leaves]
    rows = [{"value": number, "kind": "parameter"} for number in leaves]
    for _ in range(random.randint(1, 25)):
        op = random.choice([*UNARY, *BINARY, *BINARY, "**"])
        parents = [random.randrange(len(nodes)) for _ in range(2 if op in BINARY else 1)]
        k = random.choice(POWERS) if op == "**" else None
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


def test_values_and_gradients_are_those_of_value(engine):
    graphs = [drawn(random.Random(seed)) for seed in range(1000)]
    theirs = engine.evaluate(MEASURED, [rows for rows, _ in graphs])
    for (rows, nodes), (values, gradients) in zip(graphs, theirs, strict=True):
        nodes[-1].backward()
        below = set(topological_order(nodes[-1]))
        expected = [node.grad if node in below else 0.0 for node in nodes]
        scale = max(1.0, *map(abs, expected))
        assert all(close(node.data, value) for node, value in zip(nodes, values, strict=True)), rows
        assert all(close(a / scale, b / scale) for a, b in zip(expected, gradients, strict=True)), rows


def test_no_operation_stands_in_one_table_only(engine):
    source = Path(graph.__file__).read_text("utf-8")
    ours = {op.rstrip("{") for op in re.findall(r'\(self(?:, other)?,?\), f?"([^"{]+)', source)}
    assert set(engine.evaluate("() => Object.keys(OPERATIONS)")) == ours
