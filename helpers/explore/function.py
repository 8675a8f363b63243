"""A function of the reader's own under sliders: its value, its curve along each argument, its derivatives."""

import math

import numpy as np

from helpers.calculus.differences import central_difference
from helpers.calculus.graph import Value
from helpers.calculus.validation import scalar_function
from helpers.drawing.plane import Plane, document, text, ticks
from helpers.drawing.svg import number
from helpers.explore.board import Board
from helpers.explore.controls import number as dial
from helpers.explore.function_arguments import caller_of, name_of, range_of, round_step
from helpers.steppers.gradient_flow.picture import sign

MOST, POINTS = 6, 81  # arguments, points of a curve
SIZE, CELL = (300, 170), (390, 258)  # of a plane, and of the room that it takes
APART = 1e-4  # relative to their size; two derivatives farther apart than this are told to differ


class Function:
    """State of the explorer: f, and a number for each of its arguments.

    ranges: argument -> (low, high), or (low, high, start); by_value: whether `Value` nodes are tried, too. Errors are
    those of `explore`.
    """

    def __init__(self, f, ranges, by_value=True):
        self.tries_value = by_value
        self.call, self.name = caller_of(f, ranges), name_of(f)
        self.ranges = {name: range_of(name, given) for name, given in ranges.items()}
        self.low, self.high = math.inf, -math.inf  # of what has been drawn: the axis grows, and never shrinks
        self.take({name: start for name, (_, _, start) in self.ranges.items()})

    def controls(self):
        """A slider for each argument."""
        return [
            dial(name, name, start, low, high, round_step(high - low))
            for name, (low, high, start) in self.ranges.items()
        ]

    def take(self, values):
        """Set what the controls say, and measure there."""
        self.values = {name: float(value) for name, value in values.items()}
        with np.errstate(all="ignore"):  # what is not finite is told in words
            self.curves = {name: self.curve(name) for name in self.values}
            self.value, self.slopes, self.grads = self.at(), self.by_nudging(), self.by_value()

    def along(self, name):
        """f as a function of one argument, the others as they are."""
        return scalar_function(lambda value: self.call({**self.values, name: value}))

    def at(self):
        """(f's value, what was wrong with it), one of them None."""
        name = next(iter(self.values))
        return _number(lambda: self.along(name)(self.values[name]))

    def by_nudging(self):
        """For each argument (derivative, what was wrong with it), by central differences."""
        return {
            name: _number(lambda name=name: central_difference(self.along(name), self.values[name]))
            for name in self.values
        }

    def by_value(self):
        """({argument: derivative}, what was wrong with them), by a graph of `Value` nodes; one of them None."""
        if not self.tries_value:
            return None, None
        nodes = {name: Value(value, label=name) for name, value in self.values.items()}
        root, problem = _attempt(lambda: self.call(nodes))
        if problem and problem.startswith(("TypeError", "AttributeError")):
            problem = f"they know +, −, ·, / and powers, and {self.name} asks for something else"
        if problem is None and not isinstance(root, Value):
            problem = f"{self.name} makes a {type(root).__name__} of them"
        if problem is None:
            _, problem = _attempt(root.backward)
        value = self.at()[0]
        if problem is None and value is not None and not math.isclose(root.data, value, rel_tol=1e-9, abs_tol=1e-12):
            problem = f"{self.name} has another value on them, {number(root.data)}"
        return (None, problem) if problem else ({name: node.grad for name, node in nodes.items()}, None)

    def curve(self, name):
        """Points and values along one argument; NaN where f has no number to give."""
        low, high, _ = self.ranges[name]
        xs, f = np.linspace(low, high, POINTS), self.along(name)
        values = (_number(lambda x=x: f(x))[0] for x in xs)
        return xs, np.array([math.nan if value is None else value for value in values])

    def picture(self, tall=False):
        """A plane for each argument: curve, point, and the slope there by nudging, as SVG."""
        self._widen()
        columns = 1 if tall else min(2, len(self.curves))
        parts = []
        for k, name in enumerate(self.curves):
            place = (58 + CELL[0] * (k % columns), 34 + CELL[1] * (k // columns))
            parts.append(self._plane(name, place))
        rows = -(-len(self.curves) // columns)
        return document(CELL[0] * columns + 20, CELL[1] * rows, parts, self.words())

    def words(self):
        """The value and every derivative in words, and what was wrong where there is none."""
        (value, problem), (grads, refused) = self.value, self.grads
        at = ", ".join(f"{name} = {number(x)}" for name, x in self.values.items())
        said = [f"{self.name}({at}) = {number(value)}." if problem is None else f"{self.name}({at}): {problem}."]
        for name, (slope, wrong) in self.slopes.items():
            if wrong is not None and wrong == problem:  # said already
                continue
            nudged = f"{number(slope)} by nudging" if wrong is None else f"by nudging none, {wrong}"
            ours = f", {number(grads[name])} by Value" if grads else ""
            apart = grads and wrong is None and abs(slope - grads[name]) > APART * max(1, abs(slope), abs(grads[name]))
            said.append(f"∂{self.name}/∂{name}: {nudged}{ours}{'; the two differ' if apart else ''}.")
        told = " ".join([*said, *([f"Value nodes: {refused}."] if refused and problem is None else [])])
        return told.replace("TypeError: f must return", f"TypeError: {self.name} must return")

    def _widen(self):
        seen = np.concatenate([ys[np.isfinite(ys)] for _, ys in self.curves.values()])
        if len(seen):
            low, high = np.percentile(seen, [3, 97])  # a pole does not flatten all else
            room = 0.12 * (high - low) or 0.5 * abs(high) or 1.0
            self.low, self.high = min(self.low, low - room), max(self.high, high + room)

    def _plane(self, name, place):
        (xs, ys), value, slope = self.curves[name], self.value[0], self.slopes[name][0]
        low, high = (self.low, self.high) if self.low < self.high else (-1.0, 1.0)
        plane, x, inside, marks = Plane(SIZE, self.ranges[name][:2], (low, high)), self.values[name], [], []
        if np.isfinite(ys).any():
            inside.append(f"<path class='curve' d='{plane.path(xs, ys)}'/>")
        else:
            marks.append(text("nowhere a number", SIZE[0] / 2, SIZE[1] / 2, "lead"))
        if value is not None and slope is not None:
            inside.append(f"<path class='tangent {sign(slope)}' d='{plane.path(xs, value + slope * (xs - x))}'/>")
        if value is not None:
            u, v = plane.at(x, value)
            inside.append(f"<circle class='dot' r='6' transform='translate({u:.1f} {v:.1f})'/>")
        title = f"{self.name} along {name}" + ("" if slope is None else f": slope {number(slope)}")
        return plane.drawn(
            inside, marks, place=place, title=title, across=f"{name} = {number(x)}",
            x_ticks=ticks(*plane.x), y_ticks=ticks(*plane.y, 4),
        )  # fmt: skip


def explore(f, /, *, by_value=True, **ranges):
    """Sliders for the arguments of f, a function of one to six numbers; returns a `Board`.

    ranges: for each argument (low, high), or (low, high, start), as in explore(f, w=(-3, 3), b=(-1, 1, 0.5)).
    Its value, its curve along each argument and its derivatives follow the sliders: by nudging, and by `Value` where f
    can compute with `Value` nodes, unless by_value is false. What f raises, or that it gives no number, stands in the
    picture's words.
    Raises TypeError when f is no function, or a range holds no numbers; ValueError for another argument than f's,
    a missing one, or a range that is none.
    """
    if not callable(f):
        raise TypeError(f"f must be a function, not {type(f).__name__}")
    if not 1 <= len(ranges) <= MOST:
        raise ValueError(
            f"explore draws one to {MOST} arguments, each with a range as in w=(-3, 3); it got {len(ranges)}"
        )
    model = Function(f, ranges, by_value)
    return Board(f"Explorer of {model.name}", model)


def _attempt(action):
    """(result, None), or (None, what was raised)."""
    try:
        return action(), None
    except Exception as error:
        return None, f"{type(error).__name__}: {' '.join(str(error).split())}"


def _number(action):
    """(a finite number, None), or (None, why there is none)."""
    value, problem = _attempt(action)
    if problem is None and not math.isfinite(value):
        return None, f"{value} is no number to draw"
    return (None, problem) if problem else (float(value), None)
