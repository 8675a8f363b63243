"""The bug hunt: patients are made of the reader's own text, the table tells them apart, and right lines mend."""

import ast
import re
from types import SimpleNamespace

import numpy as np
import pytest

from helpers.engine.assembly import assemble, one_function
from helpers.engine.hunt import PASS, BugHunt, illness
from helpers.engine.hunt.evidence import nudged
from helpers.engine.hunt.illness import statements
from helpers.engine.hunt.patients import PATIENTS, asked_twice
from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.networks.losses import softmax_cross_entropy
from helpers.networks.network import backward, forward

NUMBERS = range(1, len(PATIENTS) + 1)
each_patient = pytest.mark.parametrize("k", NUMBERS)
READERS = {  # right parts as readers may write them; the last text of a kind is one of few lines
    "softmax_cross_entropy": [
        '''def softmax_cross_entropy(logits, labels):
    n = logits.shape[0]
    logits = logits - np.max(logits, axis=1)[:, None]
    p = np.exp(logits)
    s = p.sum(axis=1, keepdims=True)
    p = p / s
    loss = (np.log(s[:, 0]) - logits[np.arange(n), labels]).sum() / n  # the mean
    return loss, (p - np.eye(logits.shape[1])[labels]) / n
''',
    ],
    "linear_backward": [
        "def linear_backward(X, W, dz):\n    return X.T @ dz, np.sum(dz, axis=0), dz @ W.T\n",
        "def linear_backward(X, W, dz):\n    db = np.sum(dz, 0)\n    dW = np.dot(X.T, dz)\n    return dW, db, (W @ dz.T).T\n",
    ],
    "backward": [
        '''def backward(net, inputs, doutput):
    """Mine."""
    dz = doutput
    grads = []
    for k in reversed(range(len(net))):
        W, b = net[k]
        dW, db, dh = linear_backward(inputs[k], W, dz)
        grads.append((dW, db))
        if k > 0:
            dz = dh * (1 - inputs[k] ** 2)
    return grads[::-1]
''',
        '''def backward(net, inputs, doutput):
    grads, dz = [], doutput
    k = len(net) - 1
    for (W, b), h in reversed(list(zip(net, inputs))):
        dW, db, dh = linear_backward(h, W, dz)
        grads = [(dW, db)] + grads
        slope = 1 - h * h
        dz = slope * dh
    return grads
''',
        PARTS["backward"].own.replace("h**2", "np.square(h)"),
    ],
}  # fmt: skip
LOOPS = {  # right parts, row by row
    "linear_backward": """def linear_backward(X, W, dz):
    dW, db, dX = np.zeros(W.shape), np.zeros(W.shape[1]), np.zeros(X.shape)
    for n in range(len(X)):
        dW += X[n][:, None] * dz[n]
        db += dz[n]
        dX[n] = W @ dz[n]
    return dW, db, dX
""",
    "softmax_cross_entropy": """def softmax_cross_entropy(logits, labels):
    loss, d = 0.0, np.zeros(logits.shape)
    for n, label in enumerate(labels):
        l = logits[n] - logits[n].max()
        s = np.exp(l).sum()
        loss += (np.log(s) - l[label]) / len(labels)
        d[n] = np.exp(l) / s
        d[n, label] -= 1
        d[n] /= len(labels)
    return loss, d
""",
}
TEXTS = [(name, text) for name, texts in READERS.items() for text in texts]


def hunt_of(texts=None):
    """A hunt for a reader who has written these parts."""
    E = assemble(texts or {})
    E.yours = tuple(texts or {})
    return BugHunt(E)


def functions(code):
    """What Python reads in the code of a patient."""
    told = code.text.partition("```python\n")[2].removesuffix("```")
    return [ast.dump(ast.Module([node], [])) for node in ast.parse(told).body]


def rows(k, hunt=None):
    """The table of a patient: block -> (asked once, asked again)."""
    shown = (hunt or hunt_of()).patient(k).text
    return {name: (once, again) for name, once, again in re.findall(r"\| `(\w+)` \| .*? \| (.*?) \| (.*?) \|", shown)}


@each_patient
def test_the_healthy_pass_is_that_of_the_helpers(k):
    net, X, labels = case = PATIENTS[k - 1].case()
    output, cache = forward(net, X)
    expected = backward(net, cache, softmax_cross_entropy(output, labels)[1])
    for gradient in (*asked_twice(assemble(), case), nudged(case)):
        for pair, right in zip(gradient, expected, strict=True):
            for some, other in zip(pair, right, strict=True):
                np.testing.assert_allclose(some, other, rtol=1e-6, atol=1e-9)


@each_patient
def test_a_patient_lacks_one_right_line_and_is_judged_wrong(k):
    patient = PATIENTS[k - 1]
    part = PARTS[patient.part]
    lines, others = part.own.splitlines(), patient.text.splitlines()
    assert len({*lines} - {*others}) == 1 and len(others) == len(lines) and judge(part, patient.text)


def test_the_tables_say_what_is_said_of_them():
    assert {*rows(1).values()} == {("all × 4", "the same")} and PATIENTS[0].case()[1].shape[0] == 4
    second = {name: once for name, (once, _) in rows(2).items()}
    assert second["dW2"] == second["db2"] == "right" and len({*PATIENTS[1].sizes}) == 1
    assert PATIENTS[1].rows == 1 and second["db1"].count("×") == 3 and "× −" in second["db1"]  # no slope turns a sign
    third = {name: once for name, (once, _) in rows(3).items()}
    assert third["dW3"] == third["db3"] == "right"
    net, X, _ = PATIENTS[2].case()
    slopes = 1 - forward(net, X)[1].inputs[2] ** 2
    assert third["dW2"] == f"each row: {third['db2']}"  # of one row, dW's ratios are db's
    assert third["db2"] == ", ".join(f"× {ratio:.3g}" for ratio in 1 / slopes[0])
    assert f"; h2 = {kept(2, 2)}." in hunt_of().patient(3).text
    fourth = {name: once for name, (once, _) in rows(4).items()}
    net, X, _ = PATIENTS[3].case()
    assert fourth["dW2"] == fourth["db2"] == "right" and f"h1 = {kept(3, 1)}." in hunt_of().patient(4).text
    assert fourth["db1"] == ", ".join(f"× {1 / (1 + h):.3g}" for h in forward(net, X)[1].inputs[1][0])
    assert {once for once, _ in rows(5).values()} == {"right"}
    assert {name for name, (_, again) in rows(5).items() if again == "the same"} == {"db2"}


def kept(place, layer):
    """What forward has kept of a layer of a patient with one row, in words."""
    net, X, _ = PATIENTS[place].case()
    return ", ".join(f"{h:.3g}".replace("-", "−") for h in forward(net, X)[1].inputs[layer][0])


@pytest.mark.parametrize("name, text", TEXTS)
def test_patients_are_made_of_the_readers_own_text(name, text):
    assert judge(PARTS[name], text) == ""
    hunt, own = hunt_of({name: text}), hunt_of()
    for k in NUMBERS:
        if PATIENTS[k - 1].part != name:
            continue
        ill = illness(PATIENTS[k - 1], text)
        assert ill.yours, (k, text)
        lines, others = text.splitlines(), ill.text.splitlines()
        assert len({*lines} - {*others}) == 1 and len(others) == len(lines) and judge(PARTS[name], ill.text)
        assert [row[0] for row in rows(k, hunt).values()] == [row[0] for row in rows(k, own).values()]
        assert "**Correct.**" in hunt.mend(k, ill.right).markdown() and f"`{name}` (yours)" in hunt.code(k).text
        assert (
            ast.dump(one_function(ill.text, name)) in functions(hunt.code(k))
            and f"`{ill.right}`" in hunt.solution(k).text
        )


@pytest.mark.parametrize("name", LOOPS)
def test_loops_fall_ill_as_well_or_the_series_own_does(name):
    assert judge(PARTS[name], LOOPS[name]) == ""
    hunt, own = hunt_of({name: LOOPS[name]}), hunt_of()
    for k in NUMBERS:
        assert [row[0] for row in rows(k, hunt).values()] == [row[0] for row in rows(k, own).values()]
        ill = illness(PATIENTS[k - 1], hunt.texts[PATIENTS[k - 1].part])
        assert "**Correct.**" in hunt.mend(k, ill.right).markdown() and f"`{ill.right}`" in hunt.solution(k).text


def test_where_no_line_of_the_readers_will_do_the_series_own_is_ill():
    by_hand = "np.array([[math.fsum(r * w) for w in W] for r in dz])"
    text = PARTS["linear_backward"].own.replace("dz @ W.T", by_hand)
    assert judge(PARTS["linear_backward"], text) == "" and not illness(PATIENTS[1], text).yours
    hunt = hunt_of({"linear_backward": text})
    assert "`linear_backward` (lent)" in hunt.code(2).text
    assert "the series' own" in hunt.patient(2).text and "own" not in hunt.patient(3).text
    text = PARTS["backward"].own.replace("dh * (1 - h**2)", "1.0 * dh * (1 + h) * (1 - h)")  # nothing is squared
    assert judge(PARTS["backward"], text) == "" and not illness(PATIENTS[4], text).yours  # nor is a harmless change one


@each_patient
def test_the_line_as_it_was_mends_and_all_others_do_not(k):
    hunt, patient = hunt_of(), PATIENTS[k - 1]
    right = ast.dump(ast.parse(illness(patient, PARTS[patient.part].own).right))
    for name in PASS:
        for line in map(ast.unparse, statements(one_function(PARTS[name].own, name))[1:]):  # without the docstring
            if line.startswith("N, rows"):
                continue
            said = hunt.mend(k, line).markdown()
            assert ("**Correct.**" in said) == (ast.dump(ast.parse(line)) == right), line
            assert (
                "**Correct.**" in said or "right as it was" in said or "at fault" in said or "nothing is wrong" in said
            )


IN_PIECES = {  # right parts in one line, in place, and a line that is left out: (patient, text, lines that mend it)
    "one line": (2, READERS["linear_backward"][0], ["dX = dz @ W.T", "dz @ W.T", "np.dot(dz, W.T)"]),
    "in the return": (1, PARTS["softmax_cross_entropy"].own.replace("dlogits", "d"), ["d /= N", "d / N", "d = d / N"]),
    "left out": (
        1,
        PARTS["softmax_cross_entropy"].own.replace(
            "return loss, dlogits / N", "dlogits /= N\n    return loss, dlogits"
        ),
        ["dlogits /= N", "dlogits = dlogits / N", "return loss, dlogits / N", "dlogits /= len(labels)"],
    ),
}


@pytest.mark.parametrize("style", IN_PIECES)
def test_a_line_mends_by_what_it_does(style):
    k, text, lines = IN_PIECES[style]
    name = PATIENTS[k - 1].part
    assert judge(PARTS[name], text) == ""
    hunt = hunt_of({name: text})
    assert illness(PATIENTS[k - 1], text).yours and "pass" not in hunt.code(k).text.split("```python")[1]
    for line in lines:
        assert "**Correct.**" in hunt.mend(k, line).markdown(), line


def test_the_readers_array_is_squared_in_place_in_one_line():
    hunt = hunt_of({"backward": READERS["backward"][0]})
    ill = "dz = dh * (1 - np.square(inputs[k], out=inputs[k]))"
    assert f"where now `{ill}` stands." in hunt.solution(5).text
    assert "This line stands there, and is ill" in hunt.mend(5, ill).markdown()
    for line in (
        "dz = dh * (1 - inputs[k] * inputs[k])",
        "dz = dh * (1 - inputs[k]**2)",
        "dz = dh * (1 - np.square(inputs[k]))",
    ):
        assert "**Correct.**" in hunt.mend(5, line).markdown(), line
    for square in ("h * h", "np.square(h)", "np.power(h, 2)"):
        own = hunt_of({"backward": PARTS["backward"].own.replace("h**2", square)})
        assert "`dz = dh * (1 - np.square(h, out=h))` stands" in own.solution(5).text
        assert f"`dz = dh * (1 - {square})`" in own.solution(5).text


def test_a_line_that_mends_beside_the_ill_one_only_is_told_so():
    said = hunt_of().mend(3, "dz = dz * (1 - h**2)").markdown()
    assert "**Correct.**" in said and "as one more line; in the place of `dz = dh` alone it does not" in said
    assert "one more line" not in hunt_of().mend(3, "dz = dh * (1 - h**2)").markdown()


def test_a_line_that_is_left_out_is_told_as_missing():
    k, text, _ = IN_PIECES["left out"]
    hunt = hunt_of({"softmax_cross_entropy": text})
    assert "`dlogits /= N`, which is left out" in hunt.solution(k).text
    said = hunt.mend(k, "dlogits /= 4").markdown()
    assert "A line `dlogits` is missing, yes. With yours, still: " in said and "**Not yet.**" in said


RIGHT_LINES = [
    (1, "return loss, dlogits / len(labels)"), (1, "return loss, 1 / N * dlogits"),
    (2, "dX = (W @ dz.T).T"), (3, "dz = dh - dh * h * h"), (3, "dz = (1 - h) * (1 + h) * dh"),
    (4, "dz = (1 - h) * (1 + h) * dh"), (5, "h = h * h"), (5, "dz = dh * (1 - h**2)"), (5, "dz = dh * (1 - np.square(h))"), (5, "h = h.copy()"),
]  # fmt: skip


@pytest.mark.parametrize("k, line", RIGHT_LINES)
def test_right_lines_in_other_algebra_mend(k, line):
    said = hunt_of().mend(k, line).markdown()
    assert "**Correct.**" in said and PATIENTS[k - 1].words in said


WRONG_LINES = [
    (1, "return loss, dlogits", "This line stands there, and is ill."),
    (1, "return loss, dlogits / 4", "still: "),
    (1, "return loss, -dlogits / N", "The sign of the gradient is flipped"),
    (2, "dX = dz", "still: "),
    (2, "db = dz.mean(0)", "was right as it was"),
    (2, "dW = X.T @ dz", "This line stands there, and is right"),
    (2, "dW = X.T @ (1.0 * dz)", "was right as it was"),
    (3, "dX = dz @ W.T", "stands in `linear_backward`, and nothing is wrong there"),
    (3, "dz = 1 - h**2", "the slope alone"),
    (4, "dz = dh * (1 - h**2", "Python can't read the line"),
    (4, "dz = dh * Q", "No line of the pass knows `Q`"),
    (4, "answer = 1", "No line of the pass begins with `answer`"),
    (4, "dz = dh; dW = X", "One line is asked"),
    (4, "import os", "One line is asked"),
    (4, "while True: pass", "One line is asked"),
    (4, "dz = dh * (1 - h)", "This line stands there, and is ill"),
    (5, "dz = dh * (1 - h**3)", "In the place of that line, still: "),
    (5, "dz = dh * (1 - h^2)", "In Python `^` is no power: write `**`"),
    (5, "dz = dh * (1 - np.square(h, out=h))", "This line stands there, and is ill."),
    (5, 3, "must be a text in quotes"),
    (1, "N / dlogits", "`N / dlogits` is a piece of a line"),
    (1, "d /= N", "No line of the pass begins with `d`"),
    (1, "missing 1/N", "These are words"),
    (2, "dX += dz", "`dX` is used before it has got a value"),
    (3, "dz = dh * (1 - inputs[k]**2)", "No line of the pass knows `k`"),
    (2, "W instead of its transpose", "These are words"),
    (3, "the slope of tanh is missing.", "These are words"),
    (2, "db", "`db` is a piece of a line"),
    (2, "mean", "No line of the pass knows `mean`"),
]


@pytest.mark.parametrize("k, line, words", WRONG_LINES)
def test_wrong_lines_get_their_own_words(k, line, words):
    said = hunt_of().mend(k, line).markdown()
    assert words in said and "**Not yet.**" in said


ODD_LINES = [
    "dz = dh * 3",
    "dz = dh * (1 - h)",
    "dz = dh * (1 + h ** 2)",
    "dz = dh * (1 - np.tanh(h) ** 2)",
    "dz = dh * np.cos(h)",
    "dz = dh * h",
    "dh = dh * 3",
    "db = dz * 3",
    "dW = dz * 3",
    "p = p * 3",
    "return 3",
]


@each_patient
@pytest.mark.parametrize("line", ODD_LINES)
def test_lines_that_are_right_nowhere_mend_nobody(k, line):
    """Nor inside the ill line: in the place of what `out=` is given, any new array would do no harm."""
    assert hunt_of().mend(k, line).status == "wrong"


@pytest.mark.parametrize("line", ["...", "", "  ", None, ...])
def test_dots_are_not_an_attempt(line):
    assert "**Not attempted yet.**" in hunt_of().mend(1, line).markdown()


@pytest.mark.parametrize("k", [0, 6, -1, 1.0, "1", None, True, [1]])
def test_a_wrong_number_is_explained(k):
    hunt = hunt_of()
    for answer in (hunt.patient(k), hunt.mend(k), hunt.code(k), hunt.solution(k)):
        assert f"k must be the number of a patient, 1 to 5, it is {k!r}." in repr(answer)


@each_patient
def test_the_table_does_not_name_the_part_and_the_code_does_not_name_the_line(k):
    hunt, patient = hunt_of(), PATIENTS[k - 1]
    assert not any(name in hunt.patient(k).text for name in PASS)
    code = hunt.code(k).text
    assert patient.text in code and patient.words not in code and "ill" not in code.replace("till", "")


def test_nothing_is_remembered_from_one_answer_to_the_next():
    hunt = hunt_of()
    before = [repr(hunt.patient(k)) for k in NUMBERS]
    for k in NUMBERS:
        hunt.mend(k, "dz = 0 * dz")
        hunt.mend(k, "h *= 0")
    assert [repr(hunt.patient(k)) for k in NUMBERS] == before


def test_a_hunt_takes_the_texts_of_an_engine():
    with pytest.raises(AttributeError):
        BugHunt(SimpleNamespace(yours=("backward",)))
