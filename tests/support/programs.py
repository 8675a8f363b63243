"""Random smooth programs that run on any kind of number: complex ones, autograd's boxes, `Value` nodes.

A program is a list of (operation, i, j): each line applies an operation to two earlier results. The last is the output.
"""

from dataclasses import dataclass

import autograd.numpy as anp
import numpy as np
from autograd import grad
from hypothesis import assume
from hypothesis import strategies as st

BOUND = 50.0
INPUTS = 3


@dataclass
class Library:
    """The functions of one kind of number; operators are Python's own."""

    tanh: object
    exp: object
    log: object
    relu: object


def sigmoid(z, lib):
    return 1 / (1 + lib.exp(-z))


OPERATIONS = {
    "add": lambda a, b, lib: a + b,
    "sub": lambda a, b, lib: a - b,
    "mul": lambda a, b, lib: a * b,
    "div": lambda a, b, lib: a / (b * b + 0.5),
    "reflected": lambda a, b, lib: 2.0 / (3 - lib.tanh(a)) + 1.5 * b,
    "double": lambda a, b, lib: a + a,
    "power": lambda a, b, lib: (a * a + 0.3) ** 1.7 + (-b) ** 3,
    "root": lambda a, b, lib: (b * b + 1) ** -0.5,
    "tanh": lambda a, b, lib: lib.tanh(a),
    "sigmoid": lambda a, b, lib: sigmoid(a, lib),
    "exp": lambda a, b, lib: lib.exp(lib.tanh(a)),
    "log": lambda a, b, lib: lib.log(a * a + 0.2),
}

COMPLEX = Library(np.tanh, np.exp, np.log, lambda z: z if z.real > 0 else 0 * z)
AUTOGRAD = Library(anp.tanh, anp.exp, anp.log, lambda z: anp.where(z > 0, z, 0.0))


def run(program, inputs, lib, operations=OPERATIONS):
    """All results of a program, the inputs first."""
    results = list(inputs)
    for name, i, j in program:
        results.append(operations[name](results[i], results[j], lib))
    return results


@st.composite
def programs(draw, names=tuple(OPERATIONS), lines=12):
    """A program whose later lines often use the last results, so that they share and branch."""
    program = []
    for k in range(INPUTS, INPUTS + draw(st.integers(1, lines))):
        place = st.integers(0, k - 1) | st.integers(max(0, k - 2), k - 1)
        program.append((draw(st.sampled_from(sorted(names))), draw(place), draw(place)))
    return program


@st.composite
def points(draw, low=-2.0, high=2.0):
    return np.array(draw(st.lists(st.floats(low, high, allow_subnormal=False), min_size=INPUTS, max_size=INPUTS)))


def assume_moderate(results):
    """Turn down programs whose results grow so large that round-off alone explains a difference."""
    assume(all(abs(value) < BOUND for value in results))


def gradient_by_autograd(program, x, operations=OPERATIONS):
    """The independent oracle."""
    return grad(lambda x: run(program, x, AUTOGRAD, operations)[-1] + 0.0 * x[0])(x)


def gradient_by_complex_step(program, x, operations=OPERATIONS):
    """Im f(x + ih) / h on plain complex numbers, without `helpers.calculus.differences`."""
    moved = np.array(x, complex) + 1e-30j * np.eye(len(x))
    return np.array([run(program, list(row), COMPLEX, operations)[-1].imag for row in moved]) / 1e-30
