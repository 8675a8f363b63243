"""What code reaches for: tampering is told, what students commonly write is not."""

import json

import pytest

from course.marks import pages
from course.running.evidence import reached_for
from course.running.fingerprint import fingerprint_code, modules_of, replaced

COMMON = [
    "import numpy as np\nimport matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 12",
    "%matplotlib inline\nimport numpy as np",
    "%timeit np.sum(np.ones(3))",
    "np.sum?",
    "sum = 0\nmax, list, id, abs = 1, 2, 3, 4\nfor _i in range(3):\n    sum += _i",
    "class Layer:\n    def __init__(self, W):\n        self.__W = W",
    "class Layer:\n    def __repr__(self):\n        return self.__class__.__name__",
    "def f(input, vars=None):\n    return input",
    "text = ('%.3f'\n        % 0.5)",
    "import sys\neps = sys.float_info.epsilon",
    "import copy, time, timeit, operator, pandas as pd\nfrom scipy import optimize",
    "from helpers.networks.network import forward\nfrom IPython.display import display",
    "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(error)",
    "np.seterr(all='raise')\nx = getattr(np, 'sin')(0.0)",
]
REACHING = {
    "import os": "imports os",
    "from dataclasses import inspect": "imports inspect from dataclasses",
    "from random import _os": "imports _os from random",
    "from collections import __builtins__": "imports __builtins__ from collections",
    "np.allclose = lambda *a: True": "replaces np.allclose",
    "library = np\nlibrary.sqrt = abs": "replaces library.sqrt",
    "np.__dict__['allclose'] = print": "uses .__dict__",
    "plt.importlib": "uses .importlib",
    "x = !id": "runs getoutput by IPython or the shell",
    "!ls /": "runs system by IPython or the shell",
    "np.sum?\nimport os": "imports os",
    ">>> import os": "imports os",
    "%%bash\nls": "runs bash by IPython or the shell",
    "def abs(x):\n    return 0": "defines its own abs",
    "SEED = 3": "sets SEED",
    "eval('1')": "uses eval",
    "print(In)": "uses In",
    "sys.modules": "uses .modules",
    "import sys\nsys._getframe()": "uses ._getframe",
    "match x:\n    case __import__:\n        pass": "uses __import__",
    "match x:\n    case object(tb_frame=y):\n        pass": "uses .tb_frame",
    "name = '__globals__'": "names __globals__ in a text",
    "getattr(np, name)": "uses getattr with a computed name",
    "().__class__.__subclasses__()": "uses .__subclasses__",
}


@pytest.mark.parametrize("source", COMMON)
def test_what_students_write_is_no_evidence(source):
    assert reached_for(source) == []


@pytest.mark.parametrize("source", REACHING)
def test_what_no_task_needs_is_told(source):
    assert REACHING[source] in reached_for(source)


@pytest.mark.parametrize("source", ["def f(:", "\x00", "(" * 5000, "np" + ".T" * 5000 + " = 1"])
def test_what_can_not_be_read_is_borne(source):
    assert isinstance(reached_for(source), list)


def test_replaced_functions_are_named():
    before = {"numpy": {"abs": 1, "sum": 2}, "builtins": {"input": 3}}
    after = {"numpy": {"abs": 1, "sum": 9}, "builtins": {"input": 4}}
    assert replaced(json.dumps(before), json.dumps(after)) == ["numpy.sum"]
    assert replaced(json.dumps(before), "") == ["(the list of functions could not be read)"]
    assert "helpers.calculus.differences" in fingerprint_code(
        modules_of(["from helpers.calculus.differences import complex_step"])
    )


def test_nothing_in_a_page_can_run():
    shown = pages.output(
        "<script>a()</script><img src=x onerror=b()><b onclick='c()'>d</b><a href='javascript:d()'>e</a>"
    )
    assert "<b>d</b>" in shown
    assert not any(word in shown for word in ("<script", "onerror", "onclick", "javascript:", "src="))
    assert "data:image/png" in pages.output("<img src='data:image/png;base64,eA==' alt='a curve'>")
    text = pages.text({}, "A <img src=x onerror=b()> and $a < b$\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |")
    assert "<img" not in text
    assert "<table>" in text and "$x^2$" in text
