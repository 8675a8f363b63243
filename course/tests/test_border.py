"""The border: data there and back is unchanged, garbage is refused, and nothing but data crosses."""

import asyncio
import contextlib
import math
import socket
import threading
import time
import warnings
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sympy.codegen import cfunctions

from course.border import wire
from course.border.answering import Answers, tree_of
from course.border.asking import NoAnswer, Student, across, here
from course.border.channel import Channel
from course.border.expressions import MOST_NODES, Expression, Symbol
from course.border.wire import PLAIN, Refused, decoded, encoded, message_of, text_of

plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec="utf-8"))
    | st.complex_numbers()
    | st.sampled_from(sorted(PLAIN)).flatmap(lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0)))
    | st.sampled_from(sorted(PLAIN)).flatmap(lambda dtype: arrays.arrays(dtype, ()).map(lambda array: array[()]))
)
keys = st.text(st.characters(codec="utf-8"))
data = st.recursive(
    plain,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(keys, inner),
    max_leaves=10,
)
words = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["tuple", "dict", "array", "number", "complex", "expression", "x"]), inner)
    ),
    max_leaves=20,
)


def no_data(value):
    raise Refused("is no data")


def same(one, another):
    """True for equal data of equal kinds, bit for bit: nan is nan, and 0 is not −0."""
    if isinstance(one, np.ndarray | np.generic):
        return type(one) is type(another) and one.dtype == another.dtype and one.tobytes() == another.tobytes()
    if isinstance(one, list | tuple):
        return type(one) is type(another) and len(one) == len(another) and all(map(same, one, another))
    if isinstance(one, dict):
        return list(one) == list(another) and all(map(same, one.values(), another.values()))
    return type(one) is type(another) and repr(one) == repr(another)


@given(data)
def test_data_there_and_back_is_unchanged(value):
    message = message_of(text_of({"value": encoded(value, no_data)}))
    assert same(decoded(message["value"]), value)


@given(words)
def test_whatever_comes_in_is_data_or_refused(value):
    try:
        decoded(message_of(text_of({"value": value}))["value"], {"expression": Expression.checked})
    except Refused:
        pass


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(text):
    try:
        assert isinstance(message_of(text), dict)
    except Refused:
        pass


@pytest.mark.parametrize(
    "value",
    [
        {"array": ["O", [1], "gASV"]},
        {"array": ["float64", [10**9], ""]},
        {"array": ["float64", [-1], ""]},
        {"array": ["float64", [15_000_000, 0], ""]},
        {"array": ["float64", [1], "!!!"]},
        {"array": ["float64", [True], "AAAAAAAAAAA="]},
        {"array": ["<M8[s]", [1], "AAAAAAAAAAA="]},
        {"dict": [[[], 1]]},
        {"dict": [[k * (2**61 - 1), None] for k in range(3)]},  # all of one hash
        {"dict": [1]},
        {"complex": ["1", None]},
        {"tuple": 3},
        {"pickle": "gASVAAAA"},
        {"tuple": [], "dict": []},
    ],
)
def test_what_is_no_data_is_refused(value):
    with pytest.raises(Refused):
        decoded(value)


def test_a_byte_of_a_boolean_array_is_true_or_false():
    array = decoded({"array": ["bool", [2], "/wA="]})
    assert array.tolist() == [True, False]
    assert array.tobytes() == b"\x01\x00"


class Anything(float):
    """A number that says of itself that it is whatever it is compared with."""

    def __eq__(self, other):
        return True

    __hash__ = None
    __le__ = __lt__ = __ge__ = __eq__

    def __sub__(self, other):
        return Anything(0)


class OfOnesOwn:
    """What is no number, and can be made one."""

    def __float__(self):
        return 0.5


@pytest.mark.parametrize(
    ("value", "crossed"),
    [
        (Anything(2.0), 2.0),
        (np.array([1.0, 2.0]).view(type("Mine", (np.ndarray,), {})), np.array([1.0, 2.0])),
        (np.matrix([[1, 2]]), np.array([[1, 2]])),
        (np.ma.masked_array([1.0, 2.0], [False, True]), np.array([1.0, 2.0])),
        (np.array([1, "a"], object), [1, "a"]),
        (np.array(["a"]), ["a"]),
        (sympy.Matrix([[1, 2]]), [[Expression(["Rational", 1, 1]), Expression(["Rational", 2, 1])]]),
        ({1: 2}.values(), [2]),
        (range(3), [0, 1, 2]),
        (iter("ab"), ["a", "b"]),
        (np.longdouble(1.5), np.float64(1.5)),
        (Fraction(1, 2), 0.5),
        (Decimal("0.25"), 0.25),
        (mpmath.mpf("0.5"), 0.5),
        (OfOnesOwn(), 0.5),
        (sympy.ImmutableMatrix([[1]]), [[Expression(["Rational", 1, 1])]]),
        (sympy.Tuple(1, 2), [Expression(["Rational", 1, 1]), Expression(["Rational", 2, 1])]),
        (sympy.Array([1, 2]), [Expression(["Rational", 1, 1]), Expression(["Rational", 2, 1])]),
    ],
)
def test_what_is_nearly_data_crosses_as_plain_data(value, crossed):
    answer = here({"f": lambda: value}).f()
    assert same(answer, crossed)


@pytest.mark.parametrize("value", [object(), print, lambda: 1, b"bytes", open])
def test_what_can_not_cross_stays_behind_a_handle(value):
    student = here({"f": lambda: value, "g": lambda given: given is value})
    assert repr(student.f()) == f"<{type(value).__name__}>"
    assert student.g(student.f()) is True


def test_a_function_that_was_returned_can_be_called():
    student = here({"line": lambda w: lambda x: w * x})
    assert student.line(3.0)(2.0) == 6.0


def test_a_function_of_the_tests_is_called_back():
    student = here({"slope": lambda f, x: f(x + 1e-20j).imag / 1e-20, "same": lambda f: f})
    assert student.slope(np.sin, 0.3) == pytest.approx(math.cos(0.3))
    assert student.same(np.sin) is np.sin
    assert here({"named": lambda f: f(x=0.3)}).named(np.sin) == np.sin(0.3)


def test_arguments_come_back():
    def spoil(x, y):
        x[0] = 7.0
        return y

    given_array = np.zeros(2)
    answer, (x, y) = here({"f": spoil}).call("f", given_array, [1])
    assert (answer, x.tolist(), y) == ([1], [7.0, 0.0], [1])
    assert given_array.tolist() == [0.0, 0.0], "the test's own array was changed"


def endless():
    inner = []
    inner.append(inner)
    return inner


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda: 1 / 0, "f raised ZeroDivisionError: division by zero"),
        (lambda: exit(3), "f raised SystemExit"),
        (lambda: np.zeros(10**6), "larger than 4 MB"),
        (lambda: 10**5000, "beyond all measure"),
        (endless, "f raised RecursionError"),
        (lambda: undefined, "f raised NameError: name 'undefined' is not defined"),  # noqa: F821
    ],
)
def test_no_answer_is_a_sentence(function, words):
    with pytest.raises(NoAnswer, match=words):
        here({"f": function}).f()


def test_what_is_not_defined():
    with pytest.raises(NoAnswer, match="there is no function f"):
        here({}).f()


def test_what_an_answer_prints_goes_nowhere(capfd):
    assert here({"f": lambda: print("x" * 10**6)}).f() is None
    assert capfd.readouterr() == ("", "")


def strict(x):
    """A function of a notebook in which each warning is an error."""
    if np.geterr()["under"] == "raise":
        raise AssertionError("NumPy raises")
    warnings.warn("once", stacklevel=1)
    return np.exp(-x)


def test_no_warning_of_an_answer_is_an_error():
    with np.errstate(all="raise"), warnings.catch_warnings(action="error"):
        assert here({"f": strict}).f(1000.0) == 0.0


@pytest.mark.parametrize("kind", [BaseException, asyncio.CancelledError, GeneratorExit, KeyboardInterrupt])
def test_whatever_is_raised_costs_this_call_alone(kind):
    def raises(x):
        raise kind("no")

    student = here({"f": raises, "g": lambda x: x})
    with pytest.raises(NoAnswer, match=f"f raised {kind.__name__}: no"):
        student.f(1.0)
    assert student.g(1.0) == 1.0


def test_errors_whose_text_is_an_error():
    class Odd(Exception):
        def __str__(self):
            raise ValueError

    def raises():
        raise Odd

    with pytest.raises(NoAnswer, match=r"f raised Odd: \(no text\)"):
        here({"f": raises}).f()


def test_calls_back_have_a_bound():
    def calls(f):
        while True:
            f(1.0)

    with pytest.raises(NoAnswer, match="more than 5000 times"):
        here({"f": calls}).f(np.sin)


@given(words, words)
def test_any_reply_is_an_answer_or_none(returned, arguments):
    student = Student(lambda question, answer_back: {"returned": returned, "arguments": arguments})
    try:
        student.f(1.0)
    except NoAnswer:
        pass


# Expressions of sympy

x, y = sympy.symbols("x y", real=True)


@pytest.mark.parametrize(
    "expression",
    [
        x,
        sympy.Integer(3),
        sympy.Rational(2, 3) * x,
        1 / (1 + sympy.exp(-x * y)),
        -sympy.log(x) + sympy.sqrt(y),
        sympy.tanh(x) ** 2 + sympy.sin(y) / sympy.cos(x) + sympy.atan(x),
        sympy.Piecewise((x, x > y), (y, True)),
        sympy.Max(x, y) + sympy.Min(x, 2) + sympy.Abs(x - y) + sympy.sign(x),
        sympy.Heaviside(x - y) + sympy.sech(x) + sympy.cot(y),
        sympy.pi * x + sympy.E**y + sympy.GoldenRatio,
        sympy.Derivative(x**2 * y, x),
        sympy.UnevaluatedExpr(x) + sympy.Sum(y**2, (y, 1, 3)),
        cfunctions.expm1(x) + cfunctions.log1p(y) + cfunctions.exp2(x) + cfunctions.log2(y) + cfunctions.hypot(x, y),
        cfunctions.log10(x),
        sympy.Float("1.25") * x,
        sympy.log(x, 10),
        sympy.Integer(10) ** 300 / sympy.Integer(10) ** 299 * x,
    ],
)
def test_an_expression_has_the_value_that_sympy_gives_it(expression):
    student = here({"f": lambda x, y: expression})
    for a, b in ((0.3, 1.7), (2.4, 0.6)):
        found = student.f(Symbol("x"), Symbol("y"))
        expected = float(expression.doit().subs({x: a, y: b}).evalf())
        assert found.at(x=a, y=b) == pytest.approx(expected, rel=1e-12)


leaves = st.sampled_from([x, y]) | st.integers(-5, 5).map(sympy.Integer) | st.floats(-3, 3).map(sympy.Float)
grown = st.recursive(
    leaves,
    lambda inner: (
        st.tuples(inner, inner).map(lambda two: two[0] + two[1])
        | st.tuples(inner, inner).map(lambda two: two[0] * two[1])
        | inner.map(sympy.tanh)
        | inner.map(lambda e: 1 / (1 + sympy.exp(-e)))
        | inner.map(lambda e: e**2)
    ),
    max_leaves=8,
)


@given(grown)
def test_grown_expressions_have_sympys_values(expression):
    found = here({"f": lambda: expression}).f()
    value = found.at(x=0.7, y=-1.3) if isinstance(found, Expression) else found
    expected = float(expression.subs({x: 0.7, y: -1.3}).evalf())
    assert value == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_tower_of_powers_is_not_worked_out():
    tower = ["Rational", 9, 1]
    for _ in range(200):
        tower = ["Pow", ["Rational", 9, 1], tower]
    assert math.isnan(Expression.checked(tower).at())
    ten = ["Add", *[["true"]] * 10]
    assert math.isnan(Expression.checked(["Pow", ten, ["Pow", ten, ten]]).at())


def test_an_expression_has_a_bound():
    def swollen():
        grown = sympy.Symbol("x")
        for _ in range(40):
            grown = sympy.Add(grown, sympy.exp(grown), evaluate=False)
        return grown

    with pytest.raises(NoAnswer, match=f"more than {MOST_NODES} nodes"):
        here({"f": swollen}).f()
    with pytest.raises(Refused, match="nodes"):
        Expression.checked(["Add", *[1] * MOST_NODES])


@pytest.mark.parametrize(
    "tree",
    [
        ["Lambda", ["Symbol", "x"]],
        ["__import__", "os"],
        ["Symbol", 3],
        ["Symbol"],
        "x",
        None,
        [],
        [["Add"]],
        {"a": 1},
        True,
        ["Add", None],
    ],
)
def test_what_is_no_expression_is_refused(tree):
    with pytest.raises(Refused):
        Expression.checked(tree)


@pytest.mark.parametrize(
    "tree",
    [
        ["Symbol", "z"],
        ["log", 0],
        ["Pow", 0, -1],
        ["exp", 1e6],
        ["Pow", -1, 0.5],
        ["sin"],
        ["Rational", 1, 0],
        ["Rational", 1],
        ["Rational", 10**400, 1],
        ["Piecewise"],
        ["Piecewise", 1],
        ["Pair", 1, 2],
        ["Max"],
        ["ComplexInfinity"],
    ],
)
def test_an_expression_without_a_real_value_is_nan(tree):
    assert math.isnan(Expression.checked(tree).at(x=1.0))


def test_functions_that_sympy_knows_and_we_do_not_are_named():
    with pytest.raises(NoAnswer, match="contains 'besselj', which can't be evaluated here"):
        here({"f": lambda: sympy.besselj(0, x)}).f()
    assert tree_of(sympy.gamma(x)) == ["gamma", ["Symbol", "x"]]


# The channel


@pytest.fixture
def line():
    """A function that gives a student at the other end of a socket, who answers as a function of a channel does."""
    ends = []

    def made(answer):
        mine, theirs = socket.socketpair()
        ends.extend((mine, theirs))

        def answers():
            with contextlib.suppress(OSError, Refused):
                answer(Channel(theirs), theirs)

        thread = threading.Thread(target=answers)
        thread.start()
        threads.append(thread)
        return across(lambda: Channel(mine), seconds=0.5)

    threads = []
    yield made
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
    for thread in threads:
        thread.join(5)


def honest(channel, connection):
    def ask(question):
        channel.send(question)
        return channel.receive()

    answers = Answers({"f": lambda g, a: g(a) + 1}, ask)
    while (question := channel.receive()) is not None:
        channel.send(answers.reply(question))


def test_questions_and_calls_back_across_a_socket(line):
    student = line(honest)
    assert [student.f(lambda a: 2 * a, k) for k in range(3)] == [1, 3, 5]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda channel, connection: time.sleep(1), "took too long"),
        (lambda channel, connection: connection.sendall((1 << 62).to_bytes(8)), "larger than 4 MB"),
        (lambda channel, connection: connection.sendall((3).to_bytes(8) + b"[1]"), "is no message"),
        (lambda channel, connection: connection.sendall((2000).to_bytes(8) + b"[" * 2000), "is no message"),
        (lambda channel, connection: channel.send({}), "is no data"),
        (lambda channel, connection: channel.send({"ask": 5, "arguments": []}), "took too long"),
        (lambda channel, connection: connection.sendall((500).to_bytes(8) + b"{"), "took too long"),
    ],
)
def test_garbage_on_the_line_is_a_sentence(line, answer, words):
    with pytest.raises(NoAnswer, match=words):
        line(answer).f(1.0)


def test_a_line_that_is_closed(line):
    with pytest.raises(NoAnswer, match="f ended the process that it ran in"):
        line(lambda channel, connection: connection.shutdown(socket.SHUT_RDWR)).f(1.0)


def test_a_message_has_a_bound():
    with pytest.raises(Refused, match="larger than 4 MB"):
        text_of({"a": "x" * wire.LARGEST})
