"""`@mine` in a notebook: what is lent, what is kept, what is said; `engine` in a fresh kernel."""

import nbformat
import pytest
from notebook_runs import execute

from helpers.engine import mine
from helpers.engine.mine import judged
from helpers.engine.part import PARTS, Part, register

SETUP = "import math\nimport numpy as np\nfrom helpers.engine import engine, mine"
CLASS = """def as_value(x):
    return x if isinstance(x, Value) else Value(x)


class Value:
    def __init__(self, data, parents=(), local=(), op="", label=""):
        self.data, self.parents, self.local = float(data), parents, local
        self.op, self.label, self.grad = op, label, 0.0"""


def run(*sources):
    """Run cells in a fresh kernel; returns the text that each has put out."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    execute(notebook, timeout=60)
    return [
        "\n".join(o.get("text") or o["data"].get("text/plain", "") for o in cell.outputs) for cell in notebook.cells
    ]


def with_mark(name, text=None, mark=None):
    part = PARTS[name]
    return f"{mark or (f'@mine({part.owner})' if part.owner else '@mine')}\n{text or part.own}"


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("FTG_MINE", str(tmp_path / "my_gradient.py"))
    return tmp_path / "my_gradient.py"


def test_a_lesson_unfilled_solved_and_wrong_goes_on(file):
    product, tanh, back = (PARTS[name].own for name in ("Value.__mul__", "Value.tanh", "pass_back"))
    wrong = back.replace("+=", "=")
    out = run(
        SETUP,
        CLASS,
        with_mark("Value.__mul__", product),
        with_mark("Value.tanh", tanh.split('"""')[0] + "..."),
        with_mark("pass_back", wrong, "@mine.draft"),
        with_mark("pass_back", wrong),
        "c = Value(2.0) * 3.0\nd = c.tanh()\nd.grad = 1.0\npass_back(d)\nc.data, round(c.grad, 9)",
        "a = Value(1.0)\ns = Value(2.0, (a, a), (1.0, 1.0))\ns.grad = 1.0\npass_back(s), a.grad, mine.attempt(s), a.grad",
        CLASS,
        "(Value(2.0) * 3.0).tanh().parents[0].data",
        "mine.hint(), mine.hint()",
        "mine.solution('tanh')",
        "engine()",
        "@mine\ndef nobody_knows(x):\n    return x + 1",
        "nobody_knows(1)",
    )
    assert (
        out[2]
        == "✔ Value.__mul__: right. It is yours, in my_gradient.py, and the lesson goes on with it. Your engine: 1 of 20 parts."
    )
    assert out[3].startswith("○ Value.tanh: the dots are yours to fill. The lesson goes on with the series' own")
    assert out[4].startswith("✔ pass_back: right. As far as")
    assert out[5].startswith("✘ pass_back: not yet. For c = a + a") and "lent to you" in out[5]
    assert out[6] == "(6.0, 2.4576547e-05)" or out[6].startswith("(6.0, 2.4577e-05")
    assert out[7] == "(None, 2.0, None, 1.0)"  # the series' own, and then the attempt
    assert out[9] == "6.0"
    assert "Hint 1 of 3" in out[10] and "Hint 2 of 3" in out[10]
    assert "@mine(Value)\ndef tanh" in out[11]
    assert out[12].startswith("Your engine: 1 of 20 parts.")
    assert "no part of the engine" in out[13] and out[14] == "2"


def test_a_kept_file_is_read_by_engine_alone(file):
    solved = [with_mark(name) for name in PARTS if "." not in name]
    run(SETUP, CLASS, *solved, *(with_mark(name) for name in PARTS if "." in name))
    out = run(
        SETUP,
        CLASS,
        with_mark("pass_back", "def pass_back(node):\n    ..."),
        "my = engine()\nlen(my.yours)",
        "mine.picture()",
        "mine.download()",
    )
    assert "the dots are yours" in out[2]
    assert out[3] == "20"
    assert out[4].startswith("Your engine: 20 of 20 parts.") and "It is complete" in out[4]
    assert str(file) in out[5]


def test_off_leaves_no_file_a_leaning_part_is_told_and_a_whole_draft_is_kept(file):
    out = run(
        SETUP + "\nimport os\nfile = os.environ['FTG_MINE']",
        "half = lambda z: z / 2",
        with_mark("score", "def score(z, a):\n    return half(z)\n"),
        "os.path.exists(file)",
        "os.environ['FTG_MINE'] = 'off'",
        with_mark("score"),
        "engine().yours, os.path.exists(file)",
        "mine.download()",
        "os.environ['FTG_MINE'] = file",
        with_mark("pass_back", mark="@mine.draft"),
        "engine().yours",
    )
    assert "It uses half, which your file does not know" in out[2] and out[3] == "False"
    assert "as long as this kernel" in out[5] and out[6] == "(('score',), False)" and "memory alone" in out[7]
    assert "More than was asked already" in out[9] and out[10] == "('pass_back', 'score')"


@pytest.mark.parametrize("body", ["return z", "..."])
def test_after_a_right_version_the_lesson_goes_on_with_it_and_not_with_the_series_own(file, body):
    right = "def score(z, a):\n    return np.asarray(a)[:, None] - sigmoid(z)\n"
    out = run(
        "import numpy as np\nfrom helpers.engine import mine",
        with_mark("score", right),
        with_mark("score", f"def score(z, a):\n    {body}\n"),
        "'np.asarray' in __import__('inspect').getsource(score), score(np.zeros((1, 1)), np.array([1])).tolist()",
    )
    assert "goes on with your version that was right, which my_gradient.py keeps" in out[2]
    assert out[3] == "(True, [[0.5]])"


def test_what_a_part_calls_is_there_though_the_lesson_has_not_imported_it(file):
    tape = "lambda net: (np.array([[1.0]]), np.array([1]), np.array([-1.0]))"
    out = run(
        "from helpers.engine import mine",
        with_mark("score"),
        "import numpy as np\nscore(np.zeros((1, 1)), np.array([1]))",
        with_mark("reinforce", "def reinforce(net, walk, episodes, alpha):\n    ..."),
        f"net = [(np.ones((1, 1)), np.zeros(1))]\nreinforce(net, {tape}, 1, 0.5)[0][0] < 1",
    )
    assert out[2] == "array([[0.5]])" and out[4] == "array([[ True]])"


def test_a_teachers_part_is_registered_by_its_module(monkeypatch):
    monkeypatch.setattr("helpers.engine.part.PARTS", PARTS)
    part = Part(
        "doubled",
        "09",
        "twice",
        "more",
        "doubles",
        ("Two times.",),
        lambda E: "" if E.doubled(2) == 4 else "not twice",
        text="def doubled(x):\n    return 2 * x\n",
    )
    try:
        register(part)
        with pytest.raises(ValueError, match="already"):
            register(part)
        from helpers.engine.judging import judge

        assert judge(part, part.own) == ""
        assert judge(part, "def doubled(x):\n    return x\n") == "Not twice."
    finally:
        PARTS.pop("doubled")


def test_what_is_asked_wrongly_is_told():
    with pytest.raises(TypeError, match="@mine"):
        mine(3)
    with pytest.raises(TypeError, match="def"):
        mine(lambda x: x)
    with pytest.raises(ValueError, match="one of"):
        mine.hint("nothing")


def test_a_layer_of_loops_is_right_and_told_that_it_is_slow(capsys):
    part = PARTS["linear_backward"]
    rows = part.own.replace("dz.sum(axis=0)", "sum(row for row in dz)")
    assert part.remark(part.own) == "" and "It has loops" in part.remark(rows)
    assert judged(part, rows, False) == ("right", part.remark(rows)) and judged(part, part.own, False) == ("right", "")
