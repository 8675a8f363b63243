"""Print two derivatives of `helpers/rl/closed_form.py` as Python code: writes `helpers/rl/printed_derivatives.py`.

python -m tools.printed_derivatives
"""

import sys
from pathlib import Path

import sympy as sp

ROOT = Path(__file__).resolve().parents[1]
HEAD = '''"""Two derivatives at the followed weight, as sympy prints them: `make derivatives` writes this file.

theta: the actor's seven numbers; exp and tanh are those of its kind of numbers, so that floats give a float, and
decimal numbers as many digits as they have. Source: `helpers/rl/closed_form.py`.
"""

# fmt: off
'''
FUNCTION = '''

def {name}(theta, exp, tanh):
    """Return {what}."""
    {names} = theta
{lines}
    return {result}
'''


def printed(name, what, formula, names):
    """A function that computes the formula, common parts first."""
    parts, (result,) = sp.cse(formula)
    lines = "\n".join(f"    {symbol} = {part}" for symbol, part in parts)
    return FUNCTION.format(name=name, what=what, names=", ".join(names), lines=lines, result=result)


def main():
    from helpers.rl.closed_form import followed_derivative, followed_return_derivative
    from helpers.running_actor import NAMES

    text = HEAD + printed("followed_derivative", "d log pi(right | x = -1) / d u1", followed_derivative(), NAMES)
    text += printed("followed_return_derivative", "dJ / d u1", followed_return_derivative(), NAMES)
    (ROOT / "helpers" / "rl" / "printed_derivatives.py").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
