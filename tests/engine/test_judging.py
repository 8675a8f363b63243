"""Judging: nothing escapes, everything ends, and a part stands on its own."""

import ast

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from helpers.engine.judging import judge, sentence
from helpers.engine.numbers import leaves
from helpers.engine.part import PARTS
from helpers.engine.raised import Told
from helpers.engine.ticks import Counter, Endless, prepared

ENDLESS = [
    "    while True:\n        pass\n",
    "    for _ in iter(int, 1):\n        x = 1\n",
    "    x = [k for k in iter(int, 1)]\n",
    "    while True:\n        try:\n            x = 1 / 0\n        except:\n            continue\n",
    "    todo = [node]\n    while todo:\n        todo = [todo[0]]\n",
    "    list(map(lambda n: 0, (k for k in iter(int, 1))))\n",
]


@pytest.mark.parametrize("body", ENDLESS)
def test_an_endless_part_ends_with_a_sentence(body):
    assert "does not come to an end" in judge(PARTS["pass_back"], "def pass_back(node):\n" + body)


def test_endless_paths_end_too():
    text = (
        "def topological_order(root):\n    order = []\n    def visit(n):\n        for p in n.parents:\n            visit(p)\n"
        "        if n not in order:\n            order.append(n)\n    visit(root)\n    return order\n"
    )
    assert "does not come to an end" in judge(PARTS["topological_order"], text)


def test_a_recursion_without_end_is_told():
    said = judge(PARTS["pass_back"], "def pass_back(node):\n    pass_back(node)\n")
    assert "without end" in said


SENTENCES = [
    ("    x = slope(node)\n", "which your file does not know"),
    ("    x = my.sigmoid(1.0)\n", "the other parts have their plain names"),
    ("    my = engine()\n", "the other parts have their plain names"),
    ("    for parent in node.parent:\n        pass\n", "has no `.parent`"),
    ("    for p in nodes.parents:\n        pass\n", "is `node` meant"),
    ("    x = exp(1.0)\n", "write `np.exp`"),
    ("    x = zeros(3)\n", "write `np.zeros`"),
    ("    total += node.grad\n", "before it has got a value"),
    ("    p = 2 * (1 - p)\n", "`p` stands on both sides"),
    ("    return e**2\n", "`np.exp(x)`"),
    ("    import torch\n", "imports torch"),
    ("    from helpers.calculus import Value\n", "imports helpers.calculus"),
    ("    yield node\n", "generator"),
    ("    exit()\n", "leaves Python"),
    ("    raise SystemExit\n", "leaves Python"),
    ("    node.grad(2)\n", "called as if it were a function"),
    ("    node.parents[7]\n", "not there"),
    ("    for p, l in node.parents:\n        pass\n", "taken apart"),
    ("    1 / 0\n", "ZeroDivisionError"),
    ("    math.exp(1e9)\n", "too large"),
    ("    np.ones((4, 3)) - np.ones(4)\n", "lost its axis"),
    ("    np.ones((4, 3)) @ np.ones((4, 3))\n", "columns of A"),
    ("    if np.ones(3) > 0:\n        pass\n", "entry by entry"),
    ("    3.0 @ np.ones(3)\n", "product of matrices"),
]


@pytest.mark.parametrize(("body", "words"), SENTENCES)
def test_errors_are_told_in_words(body, words):
    said = judge(PARTS["pass_back"], "def pass_back(node):\n" + body)
    assert words in said and said[-1] in ".?"


def test_a_greek_letter_stays_small():
    assert sentence("δ: the size is right") == "δ: the size is right." and sentence("the δ") == "The δ."


def test_nothing_is_divided_by_no_transitions():
    own = PARTS["update"].own
    for right, wrong in (
        ("d_critic, beta", "d_critic, beta / len(s)"),
        ("delta * score(z, a) / len(s)", "1 / len(s) * delta * score(z, a)"),
    ):
        said = judge(PARTS["update"], own.replace(right, wrong))
        assert "N is 0, and something is divided by it" in said and "ZeroDivisionError" not in said


@pytest.mark.parametrize("text", ["", "x = 1\n", "def other(node):\n    pass\n", "@print\ndef pass_back(node):\n    pass\n", "def pass_back(\n", "def pass_back(node):\n    pass\nprint(1)\n", "def pass_back(node, other):\n    pass\n", "def pass_back():\n    pass\n"])  # fmt: skip
def test_what_is_no_such_function_is_told(text, capsys):
    assert judge(PARTS["pass_back"], text)
    assert capsys.readouterr().out == ""


def test_what_a_part_prints_and_warns_is_not_seen(capsys):
    text = PARTS["score"].own.replace("    p =", "    print(z)\n    np.log(np.zeros(1))\n    p =")
    assert judge(PARTS["score"], text) == "" and capsys.readouterr().out == ""


NUMBERS = [
    ("return 3.0", "shape"),
    ("return [True] * len(rewards)", "true or false"),
    ("return 'x'", "not made of real numbers"),
    ("return np.cumsum(rewards[::-1])[::-1] + 0j", "not made of real numbers"),
    ("return rewards, rewards", "it returns 2 results; one is asked"),
    ("return [None]", "not made of real numbers"),
    ("rewards[0] += 1e-9\n    rewards[0] -= 1e-9\n    return rewards", ""),
]


@pytest.mark.parametrize(("body", "words"), NUMBERS)
def test_results_that_are_no_numbers_are_told(body, words):
    said = judge(PARTS["reward_to_go"], f"def reward_to_go(rewards):\n    {body}\n")
    assert said and words.casefold() in said.casefold()


def test_a_formula_is_told():
    x = sympy.Symbol("x")
    for formula in (x**2, [x, x], np.array([x, 1])):
        with pytest.raises(Told, match="formula"):
            leaves(formula)


def replaced(text, place, new):
    """The text with another expression in the place of its place-th one."""

    class Replacing(ast.NodeTransformer):
        left = place

        def visit(self, node):
            if isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                self.left -= 1
                if self.left == 0:
                    return ast.parse(new, mode="eval").body
            return super().generic_visit(node)

    return ast.unparse(ast.fix_missing_locations(Replacing().visit(ast.parse(text))))


@given(
    st.sampled_from(list(PARTS)), st.integers(1, 40), st.sampled_from(["None", "[]", "-1", "x", "node", "'s'", "len"])
)
def test_whatever_stands_in_a_part_is_told_in_a_sentence(name, place, new):
    text = replaced(PARTS[name].own, place, new)
    said = judge(PARTS[name], text)
    assert said == "" or said[-1] in ".?`" and "Traceback" not in said


PROGRAM = '''
def f(n):
    """Count."""
    total, k = 0, 0
    while k < n:
        k += 1
        for j in range(k):
            if j == 3:
                continue
            total += sum(i for i in range(j))
        else:
            total += 1
    return total + (f(n - 1) if n > 2 else 0)
'''


@given(st.integers(0, 8))
def test_counted_steps_change_no_result(n):
    plain, counted, counter = {}, {}, Counter(10**6)
    exec(PROGRAM, plain)
    counted.update(counter.names())
    exec(compile(prepared(ast.parse(PROGRAM)), "<p>", "exec"), counted)
    assert counted["f"](n) == plain["f"](n) and counted["f"].__doc__ == "Count."
    assert counter.left < 10**6


def test_steps_are_bounded():
    counter = Counter(10)
    with pytest.raises(Endless):
        list(counter.each(range(100)))


@pytest.mark.parametrize(
    ("norm", "said"),
    [
        ("np.sqrt(sum(sum(d**2) for pair in gradient for d in pair[:1]))", "adds the rows of a matrix"),
        ("np.linalg.norm(gradient)", "pair after pair"),
        ("np.sum(np.array(gradient) ** 2) ** 0.5", "pair after pair"),
    ],
)
def test_a_norm_that_is_no_number_is_told_so(norm, said):
    text = f"def clip(gradient, limit):\n    n = {norm}\n    c = limit / max(n, limit)\n    return [(c * W, c * b) for W, b in gradient]\n"
    assert said in judge(PARTS["clip"], text)


LONG, SHORT = "that must be its length", "it was not too long, and must stay as it is"


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ("limit / np.mean([np.linalg.norm(np.append(W, b)) for W, b in gradient])", [LONG, SHORT]),
        ("limit / (1 + norm)", [LONG, SHORT]),
        ("(limit / norm if norm > limit else 0.5)", [SHORT]),
        ("(0.5 * limit / norm if norm > limit else 1)", [LONG]),
    ],
)
def test_a_wrong_length_is_told_for_long_and_for_short_gradients(factor, said):
    norm = "np.sqrt(sum(np.sum(d**2) for pair in gradient for d in pair))"
    text = f"def clip(gradient, limit):\n    norm = {norm}\n    c = {factor}\n    return [(c * W, c * b) for W, b in gradient]\n"
    words = judge(PARTS["clip"], text)
    assert [each for each in (LONG, SHORT) if each in words] == said


@pytest.mark.parametrize(
    ("std", "indent", "said"),
    [
        ("np.sqrt(1 / (a + b / 2))", 4, "brackets"),
        ("np.sqrt(2) / (a + b)", 4, "whole fraction"),
        ("np.sqrt(2 / (a + b))", 8, "inside the loop"),
        ("np.sqrt(2 / (a + b))", 4, ""),
    ],
)
def test_a_start_is_told_what_went_wrong(std, indent, said):
    text = f"""def init_params(sizes, rng):
    net = []
    for a, b in zip(sizes[:-1], sizes[1:]):
        net.append(({std} * rng.normal(size=(a, b)), np.zeros(b)))
{" " * indent}return net
"""
    words = judge(PARTS["init_params"], text)
    assert said in words if said else not words
