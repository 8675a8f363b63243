"""The parts: own versions against the fast helpers, known slips by name, other right answers, and what is wrong."""

import ast
import inspect

import numpy as np
import pytest
from engine_slips import BY_PROPERTY
from hypothesis import given
from hypothesis import strategies as st

from helpers import networks, rl
from helpers.calculus import Value, numerical_gradient
from helpers.engine.assembly import assemble
from helpers.engine.judging import judge
from helpers.engine.part import PARTS, SERIES, needed
from helpers.engine.parts.going_back import KNOWN
from helpers.engine.parts.graphs import nodes_below
from helpers.engine.picture import GROUPS
from helpers.engine.probing import Probing
from helpers.networks.activations import sigmoid
from helpers.networks.gradient_scale import global_norm
from helpers.rl.actor_critic import ascend, td_error
from helpers.rl.policy_gradient import rewards_to_go

OWN = assemble()
seeds = st.integers(0, 10_000)
each_part = pytest.mark.parametrize("name", PARTS)
JUDGES = {part.name: part.judge for part in PARTS.values() if isinstance(part.judge, Probing)}
SLIPS = [(judge, mistake) for judge in JUDGES.values() for mistake in judge.known_mistakes]
SLIPS += [(KNOWN, mistake) for mistake in KNOWN.known_mistakes]


def test_there_are_twenty_parts_in_the_order_of_the_lessons():
    lessons = [part.lesson for part in PARTS.values()]
    assert len(PARTS) == 20 and lessons == sorted(lessons)
    assert {part.group for part in PARTS.values()} == {*GROUPS}


@each_part
def test_the_own_version_is_right_and_says_what_it_is(name):
    part = PARTS[name]
    assert judge(part, part.own) == ""
    assert len(part.hints) >= 2 and ast.get_docstring(ast.parse(part.own).body[0])


def test_the_pole_needs_what_its_training_calls():
    flagged = {part.name for part in PARTS.values() if part.pole}
    assert flagged == {"sigmoid", "linear_backward", "backward", "init_params", "score", "td_error", "update", "train"}
    assert {"forward", "ascend"} <= needed("train")  # given


def test_the_engine_imports_nothing_but_numpy_and_math():
    imports = [node for node in ast.walk(ast.parse(SERIES)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert {alias.name for node in imports for alias in node.names} == {"math", "numpy"}


# The own versions against the fast helpers


def some_network(rng, *sizes):
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return [(rng.normal(size=(i, o)), rng.normal(size=o)) for i, o in pairs]


def assert_same(some, other):
    for (W, b), (V, c) in zip(some, other, strict=True):
        np.testing.assert_allclose(W, V, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(b, c, rtol=1e-9, atol=1e-12)


@given(seeds)
def test_layers_and_losses_are_those_of_the_helpers(seed):
    rng = np.random.default_rng(seed)
    net, X, up = some_network(rng, 3, 4, 4, 2), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    output, cache = networks.forward(net, X)
    mine, inputs = OWN.forward(net, X)
    np.testing.assert_allclose(mine, output)
    assert_same(OWN.backward(net, inputs, up), networks.backward(net, cache, up))
    labels = rng.integers(2, size=5)
    for a, b in zip(OWN.softmax_cross_entropy(up, labels), networks.softmax_cross_entropy(up, labels), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)
    for limit in (0.5, 50.0):
        factor = min(1.0, limit / global_norm(net))
        assert_same(OWN.clip(net, limit), [(factor * W, factor * b) for W, b in net])
    assert_same(
        OWN.init_params((3, 4, 2), np.random.default_rng(seed)),
        networks.init_params((3, 4, 2), np.random.default_rng(seed)),
    )
    z = rng.normal(size=(6, 1))
    np.testing.assert_allclose(OWN.sigmoid(z), sigmoid(z), rtol=1e-12)


@given(seeds)
def test_learning_is_that_of_the_helpers(seed):
    rng = np.random.default_rng(seed)
    actor, critic = some_network(rng, 2, 3, 1), some_network(rng, 2, 3, 1)
    s, s_next = rng.normal(size=(2, 6, 2))
    a, r, over = rng.integers(2, size=6), rng.normal(size=6), rng.random(6) < 0.4
    mine, theirs = (
        f(actor, critic, rl.Transitions(s, a, r, s_next, over), 0.1, 0.2, 0.9) for f in (OWN.update, rl.update)
    )
    for some, other in zip(mine, theirs, strict=True):
        assert_same(some, other)
    np.testing.assert_allclose(OWN.reward_to_go(r), rewards_to_go(r))
    np.testing.assert_allclose(OWN.score(s[:, :1], a), rl.score(s[:, :1], a), rtol=1e-9)


def test_training_is_that_of_the_helpers():
    actor, critic = (some_network(np.random.default_rng(seed), 4, 8, 1) for seed in (0, 1))
    new_actor, new_critic, finished = rl.train(rl.make_poles(8), actor, critic, 200, 0.05, 0.05, 0.99, 3, rl.SCALE)
    mine = OWN.train(rl.make_poles(8), actor, critic, 200, 0.05, 0.05, 0.99, 3, rl.SCALE)
    assert_same(mine[0], new_actor)
    assert_same(mine[1], new_critic)
    np.testing.assert_array_equal(mine[2], finished.returns)


@given(st.lists(st.floats(-2, 2), min_size=3, max_size=3))
def test_gradients_on_the_graph_are_those_of_the_helpers(numbers):
    def expression(node):
        a, b, c = map(node, numbers)
        s = a * b + c
        return (a, b, c), (2 * s - -b) * s.tanh() + (s.sigmoid() / (a * a + 1.0)).exp() + (c**2 + 1).log() - 1

    leaves, root = expression(OWN.Value)
    theirs, other = expression(Value)
    root.backward()
    other.backward()
    assert root.data == pytest.approx(other.data)
    assert [x.grad for x in leaves] == pytest.approx([x.grad for x in theirs], rel=1e-9, abs=1e-12)


def test_nudging_is_that_of_the_helper():
    x = np.array([[0.3, 1.0], [-0.4, 2.0]])
    mine, theirs = (
        f(lambda x: float(np.sum(np.sin(x)) * x[0, 0]), x) for f in (OWN.numerical_gradient, numerical_gradient)
    )
    np.testing.assert_allclose(mine, theirs, atol=1e-8)


def body_of(function):
    """The statements of a function without its docstring."""
    tree = ast.parse(inspect.getsource(inspect.unwrap(function))).body[0]
    return [ast.unparse(line) for line in tree.body[1:]]


def test_where_it_can_be_the_own_version_is_the_helpers_core():
    own = {node.name: node for node in ast.parse(SERIES).body if isinstance(node, ast.FunctionDef)}
    assert [ast.unparse(line) for line in own["td_error"].body[1:]] == body_of(td_error)
    assert "ascend" in own and ascend([(1.0, 2.0)], [(3.0, 4.0)], 0.5) == OWN.ascend([(1.0, 2.0)], [(3.0, 4.0)], 0.5)


# Slips


def words_of(text):
    return text.rstrip(".").casefold()


@pytest.mark.parametrize(("by", "mistake"), SLIPS, ids=[f"{by.name}-{mistake.name}" for by, mistake in SLIPS])
def test_each_known_slip_is_told_by_its_words(by, mistake):
    part = PARTS[by.name]
    text = by.mistaken(mistake)
    assert text != part.own
    assert words_of(judge(part, text)) == words_of(mistake.words)


CASES = [(name, *case) for name, cases in BY_PROPERTY.items() for case in cases]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "words"), CASES, ids=[f"{n}-{k}" for k, (n, *_) in enumerate(CASES)]
)
def test_other_slips_are_told_by_what_they_do(name, right, wrong, words):
    own = PARTS[name].own
    assert right in own
    said = judge(PARTS[name], own.replace(right, wrong))
    assert words.casefold() in said.casefold() and "Traceback" not in said
    if name != "topological_order" or words:
        assert said.endswith((".", "?")) and (said[0].isupper() or said[0] in "`2")


# Other right answers


RIGHT = {
    "topological_order": [
        "def topological_order(root):\n    found, todo = {root}, [root]\n    while todo:\n        new = {*todo.pop().parents} - found\n        found |= new\n        todo += new\n    order = []\n    while len(order) < len(found):\n        order += [n for n in found if n not in order and all(p in order for p in n.parents)]\n    return order\n",
        "def topological_order(root):\n    order = []\n    def visit(n):\n        for p in reversed(n.parents):\n            if p not in order: visit(p)\n        if n not in order: order.append(n)\n    visit(root)\n    return order\n",
    ],
    "pass_back": [
        "def pass_back(node):\n    for k in range(len(node.parents)):\n        node.parents[k].grad = node.parents[k].grad + node.grad * node.local[k]\n"
    ],
    "Value.backward": [
        "def backward(root):\n    row = topological_order(root)[::-1]\n    for n in row: n.grad = 0\n    root.grad = 1\n    while row:\n        pass_back(row.pop(0))\n"
    ],
    "Value.tanh": [
        'def tanh(self):\n    e = math.exp(-2 * abs(self.data))\n    return Value(math.copysign((1 - e) / (1 + e), self.data), [self], [4 * e / (1 + e) ** 2], "tanh")\n'
    ],
    "reward_to_go": [
        "def reward_to_go(rewards):\n    return np.cumsum(rewards[::-1])[::-1]\n",
        "def reward_to_go(r):\n    return [sum(r[t:]) for t in range(len(r))]\n",
    ],
    "score": [
        "def score(z, a):\n    p = 1 / (1 + np.exp(-z))\n    return np.where(a.reshape(-1, 1) == 1, 1 - p, -p)\n",
        "def score(z, a):\n    onehot = np.eye(2)[a]\n    pi = np.concatenate([1 - sigmoid(z), sigmoid(z)], axis=1)\n    return (onehot - pi)[:, 1:]\n",
    ],
    "linear_backward": ["def linear_backward(X, W, dz):\n    return np.einsum('ni,no->io', X, dz), np.ones(len(X)) @ dz, (W @ dz.T).T\n"],
    "init_params": [
        "def init_params(sizes, rng):\n    return [(rng.normal(size=(i, o)) / np.sqrt(i), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]\n",
        "def init_params(sizes, rng):\n    return [(rng.uniform(-1, 1, (i, o)) * np.sqrt(6 / (i + o)), np.zeros(o)) for i, o in zip(sizes, sizes[1:])]\n",
    ],
    "numerical_gradient": [
        "def numerical_gradient(f, x):\n    g = []\n    for k in range(x.size):\n        e = np.zeros(x.size)\n        e[k] = 1e-6\n        e = e.reshape(x.shape)\n        g.append((f(x + e) - f(x - e)) / 2e-6)\n    return np.array(g).reshape(x.shape)\n"
    ],
    "gradient_check": [
        "def gradient_check(f, x, gradient):\n    n = numerical_gradient(f, x)\n    if np.shape(gradient) != x.shape:\n        return False\n    return np.allclose(gradient, n, rtol=1e-4, atol=1e-9)\n",
        "def gradient_check(f, x, gradient):\n    n = numerical_gradient(f, x)\n    if np.shape(gradient) != x.shape:\n        return False\n    for a, b in zip(gradient.ravel(), n.ravel()):\n        if not abs(a - b) <= 1e-4 * max(abs(a), abs(b), 1e-5):\n            return False\n    return True\n",
    ],
    "train": [
        PARTS["train"].own.replace("s_next, going = s_next / scale, ~over", "s_next /= scale\n        going = ~over"),
        PARTS["train"].own.replace("rng.random(len(s)) >= sigmoid(-z[:, 0])", "rng.random(len(s)) < sigmoid(z[:, 0])"),
        PARTS["train"].own.replace("paid[going] += r[going]", "paid += r"),
    ],
    "td_error": ["def td_error(r, v, v_next, terminated, gamma):\n    return r - v + gamma * v_next * (1 - terminated)\n"],
    "neuron_gradient": ["def neuron_gradient(w, b, x):\n    e = math.exp(-w * x - b)\n    s = e / (1 + e) ** 2\n    return [x * s, s, w * s]\n"],
    "clip": ["def clip(gradient, limit):\n    n = np.linalg.norm(np.concatenate([d.ravel() for p in gradient for d in p]))\n    if n <= limit:\n        return gradient\n    return [(W * limit / n, b * limit / n) for W, b in gradient]\n"],
    "reinforce": ["def reinforce(net, walk, episodes, alpha):\n    while episodes:\n        seen, done, paid = walk(net)\n        z, inputs = forward(net, seen)\n        up = reward_to_go(paid).reshape(-1, 1) * (done[:, None] - sigmoid(z))\n        net = [(W + alpha * g[0], b + alpha * g[1]) for (W, b), g in zip(net, backward(net, inputs, up))]\n        episodes -= 1\n    return net\n"],
}  # fmt: skip
ALTERNATIVES = [(name, text) for name, texts in RIGHT.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), ALTERNATIVES, ids=[f"{n}-{k}" for k, (n, _) in enumerate(ALTERNATIVES)])
def test_other_right_answers_pass(name, text):
    assert judge(PARTS[name], text) == ""


def test_a_column_is_advised_only_where_a_row_or_a_table_came():
    text = PARTS["reinforce"].own.replace("G[:, None] * score(z, a)", "np.ones((len(a) + 1, 1))")
    said = judge(PARTS["reinforce"], text)
    assert "`backward` is handed" in said and "[:, None]" not in said.partition(" Line ")[0]


@given(seeds, st.integers(1, 12))
def test_any_topological_order_serves_backward(seed, size):
    rng = np.random.default_rng(seed)
    nodes = [OWN.Value(x) for x in rng.normal(size=3)]
    for _ in range(size):
        a, b = rng.integers(len(nodes), size=2)
        nodes.append(nodes[a] * nodes[b] if rng.random() < 0.5 else nodes[a] + nodes[b])
    order = OWN.topological_order(nodes[-1])
    assert {*order} == {*nodes_below(nodes[-1]).values()} and len({*order}) == len(order)
    assert all(order.index(p) < order.index(node) for node in order for p in node.parents)


WORDY = [
    ("backward", "(0, (dW, db))", "(0, dW); gradient.insert(1, db)", "packed otherwise"),
    ("score", "a[:, None] - p", "np.where(a == 1, 1 - p, -p)", "makes a column of a row"),
    ("reinforce", "G[:, None] * score", "G * score", "A row and a column make a table"),
    ("reinforce", "G[:, None] * score", "G[:, None].T[0] + 0 * score", "A row and a column make a table"),
    ("reinforce", "G[:, None] * score(z, a)", "G", "`[:, None]` makes a column of a row"),
    ("reinforce", "backward(net, inputs, ", "backward(net, x, ", "`output, inputs = forward(net, x)`"),
    ("reinforce", "backward(net, inputs, ", "backward(net, forward(net, x), ", "`output, inputs = forward(net, x)`"),
    ("reinforce", "backward(net, inputs, G[:, None] * score(z, a))", "backward(G[:, None] * score(z, a), inputs)", "`backward` is called without `doutput`. Line "),
    ("reinforce", "score(z, a)", "score(forward(net, x), a)", "take them apart"),
    ("reinforce", "G[:, None] * score(z, a)", "(G[:, None] * score(z, a)).sum()", "rows itself: hand over all rows. Line"),
    ("reinforce", "G[:, None] * score(z, a)", "G @ score(z, a)", "`*` keeps them apart"),
    ("reinforce", "z, inputs = forward(net, x)", "inputs, z = forward(net, x)", "are two results exchanged?"),
    ("reinforce", "score(z, a)", "score(a, z)", "are they exchanged?"),
    ("reinforce", "net = ascend(net, gradient, alpha)\n    return net", "new = ascend(net, gradient, alpha)\n    return new", "Each round begins at the first network"),
    ("reinforce", "G[:, None] * score(z, a)", "alpha * G[:, None] * score(z, a)", "The step has alpha twice"),
    ("update", "delta * score(z, a) / len(s)", "(delta * score(z, a)).mean()", "hand over all rows, divided by N"),
    ("update", "r[:, None]", "r", "make a table"),
    ("linear_backward", "dW, db, dX\n", "2 * dW, db, dX\n", "For `X = [[1, 2]], W = [[3], [5]], dz = [[10]]`: your dW is [[20], [40]], and should be [[10], [20]]."),
    ("reinforce", "        net = ascend(net, gradient, alpha)", "        for (W, b), (dW, db) in zip(net, gradient):\n            W += alpha * dW\n            b += alpha * db", "make a list of new arrays"),
    ("sigmoid", "1 / (1 + np.exp(-z))", "np.exp(z) / 1 + np.exp(z)", "needs brackets"),
    ("neuron_gradient", "p * (1 - p)", "p / 2", "at p = 0.6792 yours is 0.3396, and should be 0.2179"),
    ("neuron_gradient", "p * (1 - p)", "0.5 - abs(p - 0.5)", "the slope is not: at p = 0.5 yours is 0.5, and should be 0.25"),
    ("sigmoid", "1 / (1 + np.exp(-z))", "1 / (1 + np.e^(-z))", "`^` is no power: write `**`, and `np.exp(x)` for e"),
    ("sigmoid", "np.exp(-z)", "np.exp^(-z)", "`np.exp` is a function, and what it takes stands in brackets"),
    ("sigmoid", "np.exp(-z)", "np.exp*(-z)", "`np.exp` is a function, and what it takes stands in brackets"),
    ("sigmoid", "1 / (1 + np.exp(-z))", "float(1 / (1 + np.exp(-z)))", "`float(...)` takes one number"),
    ("sigmoid", "1 / (1 + np.exp(-z))", "(1 + np.exp(z)) / np.exp(z)", "This is 1 / p: upside down"),
    ("sigmoid", "1 / (1 + np.exp(-z))", "1 + np.exp(-z)", "p is 1 divided by all of it"),
    ("sigmoid", "1 / (1 + np.exp(-z))", "1 + np.exp(z) / np.exp(z)", "divides first, and is 2"),
    ("sigmoid", "1 / (1 + np.exp(-z))", "np.exp(z) / np.sum(np.exp(z))", "nothing is summed"),
    ("sigmoid", "np.exp", "math.exp", "for arrays NumPy has the same"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "right", "wrong", "words"), WORDY)
def test_shapes_packing_and_places_are_told_with_numbers_one_can_work_out(name, right, wrong, words):
    assert right in PARTS[name].own
    assert words in judge(PARTS[name], PARTS[name].own.replace(right, wrong))


LOOP = PARTS["reinforce"]


@pytest.mark.parametrize("caught", ["gradient, dx = backward", "dx, gradient = backward", "[gradient, _] = backward"])
def test_ascend_that_is_handed_a_piece_of_the_gradient_says_so(caught):
    said = judge(LOOP, LOOP.own.replace("gradient = backward", caught))
    assert said.startswith("`ascend` takes the whole list that `backward` returns, a pair (dW, db) for each layer")


@pytest.mark.parametrize(
    "old, new",
    [
        ("net = ascend(net, gradient, alpha)", "dW, db = gradient\n        net = ascend(net, (dW, db), alpha)"),
        (
            "net = ascend(net, gradient, alpha)",
            "(V, b), (W, c) = ascend(net, gradient, alpha)\n        net = [(V, b), (W, c)]",
        ),
        ("gradient, alpha)", "gradient, alpha)[:2]"),
    ],
)
def test_a_loop_for_two_layers_alone_says_so(old, new):
    assert judge(LOOP, LOOP.own.replace(old, new)).startswith("It learns with two layers and not with three")


def test_the_whole_gradient_in_another_form_is_right():
    assert judge(LOOP, LOOP.own.replace("ascend(net, gradient,", "ascend(net, tuple(map(list, gradient)),")) == ""


@pytest.mark.parametrize(
    "drawn, words",
    [
        ("net.append((W / np.sqrt(i + o) / 2, b))", "the 2 outside the root: do the root's brackets end too early?"),
        ("net.append((W / np.sqrt(len(sizes)), b))", "n is a width, a number of neurons, and `len(sizes)` counts the layers"),
        ("net.append((W / 10, b))", "Each layer needs its own n"),
        ("net.append(W / np.sqrt(i), b)", "brackets of its own: `append((W, b))`"),
    ],
)  # fmt: skip
def test_lesson_05_names_the_tempting_slips(drawn, words):
    loop = "    for i, o in zip(sizes, sizes[1:]):\n        W, b = rng.normal(size=(i, o)), np.zeros(o)\n"
    assert words in judge(
        PARTS["init_params"], f"def init_params(sizes, rng):\n    net = []\n{loop}        {drawn}\n    return net\n"
    )


@pytest.mark.parametrize("name, own", [("score", "a[:, None] - p"), ("reward_to_go", "G[t] = after")])
def test_lesson_06_names_the_tempting_slips(name, own):
    wrong = {"score": "a - p[:, 0]", "reward_to_go": "G[t] = t - len(rewards)"}[name]
    words = {"score": "it is a row, and a column is asked; `[:, None]`", "reward_to_go": "counts the steps"}[name]
    assert words in judge(PARTS[name], PARTS[name].own.replace(own, wrong))
