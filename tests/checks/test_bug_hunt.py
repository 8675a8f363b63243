"""The bug hunt: every bug is caught and can be told from the others, right lines mend, nothing else is executed."""

import copy
import itertools
import re
import subprocess
import sys
from pathlib import Path

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from helpers.checks import check, hunt
from helpers.checks.bug_hunt import CASE, NAMES, evidence
from helpers.checks.exercise import EXERCISES
from helpers.checks.patients import BLOCKS, PATIENTS, backward_pass, blocks, check_blocks, data, gradient_by, loss_of
from helpers.checks.suspicion import CASES, in_words, spoiled
from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import backward, forward

BUGS = {k: bug for k, bug in enumerate(PATIENTS.mistakes, start=1)}
EVERY = pytest.mark.parametrize("k", BUGS)
RIGHT_LINES = [line.strip() for line in PATIENTS.source.splitlines() if re.match(r"    \w+ \+?= ", line)]


def right_line(k):
    return next(line for line in RIGHT_LINES if BUGS[k].right in line)


def failing(name):
    return {block for block, report in evidence(name).items() if not report.passed}


# The right pass


@pytest.mark.parametrize("case", [CASE, data(1, 2, seed=8), data(9, 5, seed=9)])
def test_right_pass_is_the_networks_backward(case):
    gradient = gradient_by(backward_pass, case)
    assert all(report.passed for report in check_blocks(gradient, case).values())
    params, X, labels = case
    output, cache = forward(params, X)
    _, dlogits = softmax_cross_entropy(output + X, labels)
    (dW1, db1), (dW2, db2) = backward(params, cache, dlogits)
    for block, expected in {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}.items():
        assert gradient[block] == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_right_pass_is_what_autograd_says():
    _, _, labels = CASE
    values = blocks(CASE)

    def loss(*arrays):
        v = dict(zip(values, arrays, strict=True))
        logits = anp.tanh(v["X"] @ v["W1"] + v["b1"]) @ v["W2"] + v["b2"] + v["X"]
        return anp.mean(anp.log(anp.sum(anp.exp(logits), axis=1)) - logits[np.arange(len(labels)), labels])

    assert loss(*values.values()) == pytest.approx(loss_of(*CASE))
    expected = autograd.grad(loss, argnum=tuple(range(len(values))))(*values.values())
    got = gradient_by(backward_pass, CASE)
    for block, gradient in zip(values, expected, strict=True):
        assert got[block] == pytest.approx(gradient, rel=1e-10, abs=1e-14)


def test_the_pass_is_short_and_one_line_a_variable():
    assert len(PATIENTS.source.splitlines()) <= 20
    order = ["dlogits", "dW2", "db2", "dh", "dz1", "dW1", "db1", "dX"]
    assert [line.split()[0] for line in RIGHT_LINES if line.startswith("d")] == [*order, "dX"]
    assert tuple(blocks(CASE)) == BLOCKS == tuple(backward_pass(*CASE))


# The bugs


def test_eight_bugs_that_are_no_exercise():
    assert len(BUGS) == len(set(NAMES)) == 8
    assert [bug.name for bug in BUGS.values()] != NAMES, "the order of the names would give the patients away"
    assert backward_pass.__name__ not in EXERCISES and check(backward_pass).status == "wrong"


@EVERY
def test_a_bug_changes_one_line(k):
    assert PATIENTS.source.count(BUGS[k].right) == 1
    pairs = zip(PATIENTS.source.splitlines(), PATIENTS.wrong_source((BUGS[k],)).splitlines(), strict=True)
    assert sum(a != b for a, b in pairs) == 1


@EVERY
def test_a_bug_is_caught_clearly_and_differs_from_all_others(k):
    reports = evidence(BUGS[k].name)
    assert failing(BUGS[k].name) and not any(report.verdict == "kink" for report in reports.values())
    for report in reports.values():
        assert report.relative_error > 0.1 or report.verdict == "good"
    for other in BUGS.values():
        if other is not BUGS[k]:
            gradients = (evidence(other.name)[block].gradient for block in BLOCKS)
            pairs = zip(gradients, (reports[block].gradient for block in BLOCKS), strict=True)
            assert not all(np.allclose(a, b, 1e-2, 1e-4) for a, b in pairs)


def test_bugs_do_what_their_words_say():
    right = {block: report.numerical for block, report in evidence("sign").items()}
    all_blocks, before = set(BLOCKS), {"W1", "b1", "X"}
    assert {name: failing(name) for name in NAMES} == {
        "sign": all_blocks, "missing 1/N": all_blocks, "softmax shift": all_blocks, "missing slope": before,
        "transposed weight": before, "bias not summed": {"b1"}, "= for +=": {"X"}, "stale cache": {"W2"},
    }  # fmt: skip
    for block in BLOCKS:
        assert evidence("sign")[block].gradient == pytest.approx(-right[block], rel=1e-6, abs=1e-9)
        assert evidence("missing 1/N")[block].gradient == pytest.approx(4 * right[block], rel=1e-6, abs=1e-9)
        assert np.ptp(evidence("softmax shift")[block].gradient / right[block]) > 0.1


# Looking


@EVERY
def test_look_shows_source_and_every_block_but_not_the_bug(k):
    shown = hunt.look(k)
    text = shown._repr_markdown_()
    assert text == repr(shown)
    assert PATIENTS.wrong_source((BUGS[k],)) in text and BUGS[k].right not in text
    assert "#" not in text and not any(name in text for name in NAMES if name not in ("sign", "= for +="))
    assert "sign" not in text and BUGS[k].words not in text
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| `")]
    assert [row[0].strip(" `") for row in rows] == list(BLOCKS)
    for row, report in zip(rows, evidence(BUGS[k].name).values(), strict=True):
        shape, verdict, error, worst, ours, theirs = (cell.strip().replace("−", "-") for cell in row[1:])
        index = tuple(map(int, re.findall(r"\d+", worst)))
        assert shape == str(report.gradient.shape) and verdict == report.verdict
        assert report.errors[index] == report.errors.max() == pytest.approx(float(error), rel=0.05)
        assert float(ours) == pytest.approx(report.gradient[index], abs=1e-6)
        assert float(theirs) == pytest.approx(report.numerical[index], abs=1e-6)


def test_names_are_shown_in_alphabetical_order():
    assert re.findall("`(.*)`", repr(hunt.names())) == NAMES == sorted(NAMES, key=str.lower)


@pytest.mark.parametrize("k", [0, 9, -1, 1.0, "1", None, True, [1]])
def test_a_wrong_number_is_explained(k):
    for verdict in (hunt.look(k), hunt.name(k, "sign"), hunt.mend(k, "dh = dlogits")):
        assert repr(verdict) == f"Not yet. k must be the number of a patient, 1 to 8, it is {k!r}."
        assert verdict._repr_markdown_().startswith("**Not yet.**")


# Naming


@EVERY
def test_the_right_name_and_only_it_is_right(k):
    for name in NAMES:
        verdict = hunt.name(k, name)
        if name == BUGS[k].name:
            assert verdict.status == "correct" and BUGS[k].words in verdict.message
            continue
        assert verdict.status == "wrong" and f"`{name}`" in verdict.message
        assert f"`{BUGS[k].name}`" not in verdict.message
        if found := re.search(r"gradient of (\w+) would be (right|wrong), but it is", verdict.message):
            block, would = found.groups()
            assert (block in failing(name)) == (would == "wrong") != (block in failing(BUGS[k].name))
        else:
            assert failing(name) == failing(BUGS[k].name)
            there, here = ([in_words(bug, block) for block in BLOCKS] for bug in (name, BUGS[k].name))
            assert there == here or any(each and each in verdict.message for each in there + here)


def test_the_reasons_hold_for_any_batch():
    """What is said of one batch was once a number of it alone: now two batches of other sizes must agree."""
    said = hunt.name(3, "sign").message
    assert "divided by the number of rows of X (4 in the first case) every number would be right" in said
    assert not re.search(r"0\.\d\d", said)
    for name in NAMES:
        for block in BLOCKS:
            assert spoiled(name, block) is (block in failing(name))


@pytest.mark.parametrize("name", ["Missing Slope", "`missing slope`", " missing   slope ", "slope"])
def test_names_are_read_kindly(name):
    assert hunt.name(4, name).status == "correct"


@pytest.mark.parametrize("name", ["missing", "typo", 3, ["sign"], "s"])
def test_an_unknown_name_gets_the_list(name):
    verdict = hunt.name(4, name)
    assert verdict.status == "wrong" and all(f"`{known}`" in verdict.message for known in NAMES)


@pytest.mark.parametrize("answer", ["...", "", "  ", None, ...])
def test_dots_are_not_an_attempt(answer):
    assert hunt.name(1, answer).status == hunt.mend(1, answer).status == "not attempted"


# Mending


@EVERY
def test_the_right_line_mends(k):
    assert repr(hunt.mend(k, right_line(k))) == "Correct. All five blocks pass the gradient check."


@EVERY
def test_other_right_lines_do_not(k):
    for line in RIGHT_LINES:
        if line != right_line(k):
            verdict = hunt.mend(k, line)
            assert verdict.status == "wrong" and "was right already" in verdict.message, line


OTHER_ALGEBRA = {
    1: ["dlogits = p / N - Y / N", "dlogits = -(Y - p) / len(X)", "dlogits = (p - Y) / X.shape[0]  # mean"],
    2: ["db1 = np.einsum('ij->j', dz1)", "db1 = np.sum(dz1, 0)", "db1 = len(dz1) * dz1.mean(axis=0)"],
    3: ["dlogits = np.divide(p - Y, len(labels))", "dlogits = (1 / N) * (p - Y)"],
    4: ["dz1 = dh / np.cosh(z1) ** 2", "dz1 = dh - dh * h**2", "dh = dlogits @ W2.T * (1 - np.square(h))"],
    5: ["dX = dX + dlogits", "dX = dz1 @ W1.T + dlogits", "dX = dlogits + np.dot(dz1, W1.T)"],
    6: ["dh = (W2 @ dlogits.T).T", "dh = np.einsum('nj,ij->ni', dlogits, W2)", "dh = dlogits @ W2.transpose()"],
    7: ["dW2 = np.tanh(z1).T @ dlogits", "dW2 = (dlogits.T @ h).T", "dW2 = np.tensordot(h, dlogits, (0, 0))"],
    8: [
        "shifted = logits - np.max(logits, axis=-1)[:, None]",
        "shifted = (logits.T - logits.T.max(axis=0)).T",
        "shifted = logits - logits.max(axis=1, keepdims=True) - 3",
    ],
}


@pytest.mark.parametrize("k, line", [(k, line) for k, lines in OTHER_ALGEBRA.items() for line in lines])
def test_right_lines_in_other_algebra_mend(k, line):
    assert hunt.mend(k, line).status == "correct"


WRONG_LINES = [
    (4, "dz1 = dh * (1 - h)", "Checked again, wrong: W1, b1, X. W1: relative error"),
    (4, "dz1 = dh", "This line stands there already."),
    (4, "dz1=(dh)", "This line stands there already."),
    (4, "dh = dlogits @ W2", "The line that you replaced was right as it was: another is at fault."),
    (4, "dW1 = np.dot(X.T, dz1)", "Your line is right, and so was the one that it replaces: another is at fault."),
    (4, "dX = dlogits + dz1 @ W1.T", "Your line is right, and so was the one that it replaces"),
    (4, "dX += dlogits", "This line was right already: another one is at fault."),
    (1, "dlogits = Y - p", "Checked again, all blocks are wrong. W2: relative error"),
    (2, "db1 = dz1", "db1 has the shape (4, 3), b1 has (3,) (the shape rule)"),
    (2, "db1 = dz1 @ X", "ValueError: matmul"),
    (2, "db1 = dX", "`UnboundLocalError"),
    (2, "db1 += dz1", "`UnboundLocalError"),
    (2, "db1 = [[1, 2], 3]", "With this line the pass stops: `ValueError"),
    (2, "db1 = 0 * dz1[0] / 0", "relative error inf"),
    (3, "dlogits = (p - Y) / 4", "for a batch of 7 rows they are wrong"),
    (5, "dX = dz1 @ W1.T", "This line was right already: another one is at fault."),
    (5, "dX = dlogits", "This line stands there already."),
    (5, "dX = 2 * dlogits", "Checked again, wrong: X."),
    (8, "shifted = logits", "for logits of some thousands exp overflows"),
    (8, "X = logits", "No line assigns `X` alone. These are: z1, h, logits, shifted, p, dlogits, dW2"),
    (8, "answer = 1", "No line assigns `answer` alone."),
]


@pytest.mark.parametrize("k, line, words", WRONG_LINES)
def test_wrong_lines_get_their_own_words(k, line, words):
    verdict = hunt.mend(k, line)
    assert verdict.status == "wrong" and words in verdict.message and "\n" not in verdict.message


REFUSED = {
    "dh = (": "not a line of Python",
    "dh = dlogits @": "not a line of Python",
    "\0": "not a line of Python",
    "dh = " + "(" * 150: "not a line of Python",
    "dh = '\\d'": "",
    "dh == dlogits": "must assign one variable",
    "dlogits @ W2.T": "must assign one variable",
    "import os": "must assign one variable",
    "from os import system": "must assign one variable",
    "del dh": "must assign one variable",
    "return dh": "must assign one variable",
    "def dh(): pass": "must assign one variable",
    "for dh in X: pass": "must assign one variable",
    "while 1: dh = 1": "must assign one variable",
    "dh, dz1 = dz1, dh": "must assign one variable",
    "dh = dz1 = dlogits": "must assign one variable",
    "dh: float = 1": "must assign one variable",
    "dh[0] = 1": "must assign one variable",
    "X.shape = 1": "must assign one variable",
    "dh = 1; dz1 = 2": "These are 2 statements",
    "dh = 1\nimport os": "These are 2 statements",
    "# nothing": "These are 0 statements",
    "dh = open('x')": "",
    "dh = eval('1')": "",
    "dh = exec(labels)": "",
    "dh = print": "`print` is not a variable",
    "dh = __import__('os')": "",
    "dh = __builtins__": "not a variable",
    "dh = np.__builtins__": "`.__builtins__` is not among",
    "dh = X.__class__": "`.__class__` is not among",
    "dh = np.load('x')": "`.load` is not among",
    "dh = X.tofile('x')": "`.tofile` is not among",
    "dh = np.core": "`.core` is not among",
    "dh = (lambda: 1)()": "",
    "dh = [x for x in X]": "`ListComp`",
    "dh = (h := 1)": "`NamedExpr`",
    "dh = f'{X}'": "`JoinedStr`",
    "dh = X if 1 else h": "`IfExp`",
    "dh = (yield)": "`Yield`",
    "dh = {}": "`Dict`",
    "dh = h[0](1)": "can't be called here",
    "dh = 'A.b'": "has no place",
    "dh = b'x'": "has no place",
    "dh = 1j": "has no place",
    "dh = 10**1000": "has no place",
    "dh = 9**9**9": "Write the power as a number",
    "dh = ((9**9)**9)**9": "So many powers",
    "dh = X" + " + X" * 80: "too long",
}


@pytest.mark.parametrize("line", REFUSED)
def test_lines_that_are_not_plain_arithmetic_are_refused_unrun(line, monkeypatch):
    monkeypatch.setattr("helpers.checks.bug_hunt.trial", lambda source: pytest.fail("it was run"))
    verdict = hunt.mend(6, line)
    assert verdict.status == "wrong" and REFUSED[line] in verdict.message and "Give one line" in verdict.message


@pytest.mark.parametrize("line", [3, b"dh = 1", ["dh = 1"], object()])
def test_a_line_is_a_text(line):
    assert "must be a text in quotes" in hunt.mend(6, line).message


def test_nothing_is_remembered_from_one_answer_to_the_next():
    before, numbers = {k: repr(hunt.look(k)) for k in BUGS}, copy.deepcopy(CASE)
    for line in ("dX = X", "dX = h", "dW1 = W1", "dlogits = p", "dX += 10", "dW2 = np.add(W1, 1, W1)"):
        hunt.mend(5, line)
    assert {k: repr(hunt.look(k)) for k in BUGS} == before
    assert all(np.array_equal(a, b) for a, b in zip(blocks(numbers).values(), blocks(CASE).values(), strict=True))
    assert hunt.mend(5, right_line(5)).status == "correct"


def test_the_first_answer_may_come_before_any_look():
    code = "from helpers.checks import hunt; print(hunt.mend(3, 'dlogits = (p - Y) / N'))"
    root = Path(__file__).resolve().parents[2]
    shown = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=True)
    assert shown.stdout.startswith("Correct.")


def test_batches_are_in_general_position():
    """Rows and columns are told apart, sizes differ between batches, and no block is a multiple of another."""
    assert len({len(case[1]) for case in CASES}) == len({case[1].shape[1] for case in CASES}) == len(CASES) > 1
    for case in CASES:
        assert len(case[1]) != case[1].shape[1]
        for a, b in itertools.combinations([v for v in blocks(case).values()], 2):
            assert a.shape != b.shape or np.ptp(a / b) > 0.01
