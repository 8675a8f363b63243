"""Lessons 03 and 03b: what their prose states, and a class that is made anew."""

import ast
import copy
import inspect
import math

import pytest
from notebook_runs import NOTEBOOKS, code_cells, hidden_errors, read, run, solved
from parts_in_lessons import with_file, with_parts

from helpers.calculus import Dual, Value
from helpers.calculus.graph import topological_order
from helpers.engine.assembly import assemble
from helpers.engine.part import definitions
from helpers.networks.gradient_cost import all_backward, all_forward
from helpers.running_actor import NAMES, THETA0, actor_output, probabilities
from helpers.steppers import show_gradient_flow

GRAPH, PATHS = (read(NOTEBOOKS / f"{name}.ipynb") for name in ("03_chain_rule_on_a_graph", "03b_paths_and_forward"))
E = assemble()


def prose(notebook):
    """All prose of a lesson on one line."""
    return " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown").replace("\n", " ")


def nudged(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


def short(x, digits=3):
    return f"{x:.{digits}f}".replace("-", "−")


# What the prose states


def test_the_first_picture_shows_what_is_read_from_it():
    slope, whole = nudged(math.tanh, -1.0), nudged(lambda b: math.tanh(2 * b + 5), -3.0)
    assert f"b has {short(whole, 2)}, which is 2 times the {short(slope, 2)} of the tanh" in prose(GRAPH)


def test_thirty_lines():
    names = "as_value Value.__init__ Value.__add__ Value.__mul__ Value.tanh pass_back topological_order Value.backward"
    lengths = [len(ast.unparse(definitions()[name]).splitlines()) - 1 for name in names.split()]  # without docstring
    assert 28 <= sum(lengths) <= 36 and "some thirty lines" in prose(GRAPH)


def test_python_gives_up_at_a_thousand_calls_and_the_helper_does_not():
    for kind, order in ((E.Value, E.topological_order), (Value, topological_order)):
        node = kind(1.0)
        for _ in range(1100):
            node = node.tanh()
        if kind is Value:
            assert len(order(node)) == 1101
        else:
            with pytest.raises(RecursionError):
                order(node)


def test_the_actor_says_what_is_read_from_it():
    assert f"What arrives at z is {short(1 - probabilities(THETA0)[0])} = 1 − π" in prose(GRAPH)
    theta = [E.Value(number) for number in THETA0]
    root = actor_output(theta, E.Value(-1.0), E.Value.tanh).sigmoid().log()
    root.backward()
    assert f"{short(theta[0].grad, 12)}: so said" in prose(GRAPH)
    assert len({*E.topological_order(root)}) == 20 and "20 of them here for seven weights" in prose(GRAPH)


def test_the_path_of_u1_is_read_right():
    u1, _, c1, _, w1, *_ = THETA0
    h1, p = math.tanh(-u1 + c1), probabilities(THETA0)[0]
    said = f"a sum, the slope {short(1 - h1**2)} of a tanh, the weight {w1:g}, two sums, the slope {short(p * (1 - p))}"
    assert f"{said} of the sigmoid, and {short(1 / p, 2)} from the logarithm" in prose(PATHS)
    assert "with eight edges" in prose(PATHS)
    of_neuron = f"({short(1 / p, 2)} · {short(p * (1 - p))} · {w1:g})"
    assert f"input, here {of_neuron} · {short(1 - h1**2)} · (−1)" in prose(PATHS)
    after = nudged(lambda h: math.log(1 / (1 + math.exp(-(math.log(p / (1 - p)) + w1 * (h - h1))))), h1)
    assert after == pytest.approx((1 - p) * w1, rel=1e-6)  # what the brackets hold


def test_the_walk_asks_for_as_many_answers_as_it_says():
    theta = [E.Value(number, label=name) for name, number in zip(NAMES, THETA0, strict=True)]
    root = actor_output(theta, E.Value(-1.0, label="x"), E.Value.tanh).sigmoid().log()
    asked = show_gradient_flow(root, predict="u1").data()["questions"]
    assert sum(map(len, asked.values())) == 9 and "That is nine answers" in prose(GRAPH)
    [walk] = [cell for cell in GRAPH.cells if cell.id == "walk-actor"]
    assert walk.source == 'show_gradient_flow(log_pi, predict="u1")'


def test_no_picture_shows_gradients_before_a_step_back_is_built_and_none_the_row_before_it_is_asked_for():
    places = {cell.id: k for k, cell in enumerate(GRAPH.cells)}
    pictures = [k for k, cell in enumerate(GRAPH.cells) if "show_gradient_flow(" in cell.source]
    assert places["draft"] < pictures[0] < places["plan-one"]
    assert [GRAPH.cells[k].id for k in pictures if places["plan-one"] < k < places["order-of-nodes"]] == [
        "try-plan-two"
    ]
    assert "picture=show_gradient_flow(L)" in GRAPH.cells[places["try-plan-two"]].source  # behind the question


def test_the_truths_of_03b_stand_for_the_neuron_of_u2():
    _, u2, _, c2, *_ = THETA0
    assert f"h2 = (Dual({u2:g}, slope=1.0) * Dual(-1.0) + {c2:g}).tanh()" in [
        cell.source.splitlines()[0] for cell in PATHS.cells if cell.id == "guess-forward"
    ]


def test_the_sum_of_dual_numbers_is_quoted_right():
    [line] = [line for line in inspect.getsource(Dual.__add__).splitlines() if "return Dual(" in line]
    assert f"```python {line.removeprefix('        return ')} ```" in prose(PATHS)


def all_paths(node, goal):
    """Products of the local derivatives along all paths, by a walk that shares nothing with the lesson."""
    found, walks = [], [(node, 1.0, 0)]
    while walks:
        here, product, length = walks.pop()
        found += [(product, length)] if here is goal else []
        walks += [(p, product * local, length + 1) for p, local in zip(here.parents, here.local, strict=True)]
    return found


def test_sums_over_paths_are_the_gradient_for_all_seven_weights_and_x():
    leaves = [E.Value(number) for number in (*THETA0, -1.0)]
    root = actor_output(leaves[:7], leaves[7], E.Value.tanh).sigmoid().log()
    root.backward()
    for leaf in leaves:
        assert sum(product for product, _ in all_paths(root, leaf)) == pytest.approx(leaf.grad, rel=1e-12)
    assert [length for _, length in all_paths(root, leaves[0])] == [8]
    assert len(all_paths(root, leaves[7])) == 2


def test_paths_double_and_edges_grow_by_six():
    sizes = []
    for layers in (1, 2, 3):
        h1 = h2 = start = E.Value(0.1)
        for _ in range(layers):
            h1, h2 = (h1 + h2).tanh(), (h1 + h2).tanh()
        root = h1 + h2
        edges = sum(len(node.parents) for node in E.topological_order(root))
        sizes.append((len(all_paths(root, start)), edges))
    assert sizes == [(4, 6 + 2), (8, 12 + 2), (16, 18 + 2)]


def test_a_layer_makes_two_objects_for_each_weight():
    inputs, made = 5, []
    weights = [[E.Value(1.0) for _ in range(inputs)] for _ in range(4)]
    for row in weights:
        z = E.Value(0.0)  # the bias
        for w in row:
            z = z + w * 1.0
        made += [node for node in E.topological_order(z) if node.op in ("+", "*")]
    assert len(made) == 2 * inputs * 4 and "ten thousand weights, and makes twenty thousand more" in prose(PATHS)


def test_both_ways_fill_the_same_table():
    for size in ((7, 1), (1, 7), (3, 4)):
        for some, other in zip(all_forward(size), all_backward(size), strict=True):
            assert some == pytest.approx(other, rel=1e-12)


# Runs


def test_a_class_made_anew_has_the_methods_that_were_built(tmp_path):
    notebook = with_parts(GRAPH)
    notebook.cells = code_cells(notebook)
    anew = [copy.deepcopy(next(cell for cell in notebook.cells if cell.id == "value-class")) for _ in range(2)]
    anew[1].source = "L = (Value(2.0) * 3.0).tanh()\nL.backward()\nlen(topological_order(L))"
    for k, cell in enumerate(anew):
        cell.id = f"anew-{k}"
    notebook.cells += anew
    done = run(notebook, env=with_file(tmp_path / "my_gradient.py"))
    assert hidden_errors(done) == [] and done.cells[-1].outputs[0]["data"]["text/plain"] == "4"


def test_03b_runs_solved_on_an_engine_of_its_own(tmp_path):
    done = run(solved(PATHS), env=with_file(tmp_path / "my_gradient.py"))
    assert hidden_errors(done) == [] and not (tmp_path / "my_gradient.py").exists()
