"""The diagnosis: what it says can be recomputed, and where there is no relation it says nothing."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.diagnosis import diagnose


def case(rng, n, d=3):
    """Inputs of one trial, in general position, and a right result that has nothing to do with them."""
    inputs = {
        "X": rng.normal(size=(n, d)) + 0.1, "g": float(rng.uniform(0.3, 0.9)), "a": rng.normal(size=n) + 2.5,
        "labels": rng.integers(0, d, n),
    }  # fmt: skip
    return inputs, rng.normal(size=(n, d))


def cases(seed):
    """Three trials of different sizes."""
    rng = np.random.default_rng(seed)
    return [case(rng, n) for n in (4, 2, 5)]


def column(a):
    """A number for each row as a column."""
    return a[:, None]


QUANTITIES = {  # by name, from the inputs: an independent table of what the sentences speak of
    "X": lambda i: i["X"], "g": lambda i: i["g"], "a": lambda i: column(i["a"]), "1 − g": lambda i: 1 - i["g"],
    "X²": lambda i: i["X"] ** 2, "exp(X)": lambda i: np.exp(i["X"]), "X · g": lambda i: i["X"] * i["g"],
    "tanh(a)": lambda i: np.tanh(column(i["a"])), "the number of rows of X": lambda i: len(i["X"]),
    "X · a": lambda i: i["X"] * column(i["a"]), "the sum of a": lambda i: i["a"].sum(),
    "the norm of X": lambda i: np.linalg.norm(i["X"]), "the slope of tanh at X": lambda i: 1 / np.cosh(i["X"]) ** 2,
    "X · g · a": lambda i: i["X"] * i["g"] * column(i["a"]), "the one-hot of labels": lambda i: np.eye(3)[i["labels"]],
}  # fmt: skip
WHOLE = [name for name in QUANTITIES if name != "the one-hot of labels"]  # none of their entries is 0


def value(name, inputs):
    """The quantity that a sentence names."""
    return QUANTITIES[re.sub(r" \(\d.*\)$", "", name)](inputs)


CLAIMS = {  # what a sentence claims of your numbers g, the right ones e and a named quantity q
    r"multiplied by (.+), and with the other sign, every number would be right": lambda g, e, q: (-g * q, e),
    r"divided by (.+), and with the other sign, every number would be right": lambda g, e, q: (-g / q, e),
    r"multiplied by (.+) every number would be right": lambda g, e, q: (g * q, e),
    r"divided by (.+) every number would be right": lambda g, e, q: (g / q, e),
    r"with (.+) added, every number would be right": lambda g, e, q: (g + q, e),
    r"with (.+) subtracted, every number would be right": lambda g, e, q: (g - q, e),
    r"every number comes out as if the term (.+) had the other sign": lambda g, e, q: (abs(g - e), abs(2 * q)),
    r"what you return is minus (.+)": lambda g, e, q: (g, -q + 0 * e),
    r"what you return is (.+?)( itself)?": lambda g, e, q: (g, q + 0 * e),
}


def holds(said, trials):
    """True if the claim of a sentence is true of all trials, recomputed."""
    for pattern, sides in CLAIMS.items():
        if found := re.fullmatch(pattern, said):
            return all(np.allclose(*sides(g, e, value(found[1], i)), 1e-5, 1e-8) for i, g, e in trials)
    raise AssertionError(f"no claim is known for: {said}")


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from(WHOLE), st.sampled_from(["*", "/", "-*", "+", "-", "=", "=-"]))
def test_a_relation_to_a_quantity_is_found_and_holds(seed, name, how):
    make = {
        "*": lambda e, q: e * q, "/": lambda e, q: e / q, "-*": lambda e, q: -e * q, "+": lambda e, q: e + q,
        "-": lambda e, q: e - q, "=": lambda e, q: 0 * e + q, "=-": lambda e, q: 0 * e - q,
    }[how]  # fmt: skip
    trials = [(i, make(e, QUANTITIES[name](i)), e) for i, e in cases(seed)]
    said = diagnose(trials)
    assert holds(said, trials), said
    assert name in said


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_a_term_of_the_wrong_sign(seed):
    trials = [(i, e + i["X"], e - i["X"]) for i, e in cases(seed)]
    assert diagnose(trials) == "every number comes out as if the term X had the other sign"


PLAIN = {
    "the sign is flipped": lambda e: -e,
    "2 times too large": lambda e: 2 * e,
    "√3 times too small": lambda e: e / np.sqrt(3),
    "1 too large": lambda e: e + 1,
    "1/2 too small": lambda e: e - 0.5,
    "the square of the right one": np.square,
    "1 minus the right one": lambda e: 1 - e,
    "exp of the right one": np.exp,
    "the right one cut off at 0": lambda e: np.maximum(e, 0),
    "the right one without its sign": np.abs,
    "the right columns stand in reverse order": lambda e: e[:, ::-1],
    "the right rows stand in reverse order": lambda e: e[::-1],
    "the right rows stand one place too early": lambda e: np.vstack([e[1:], 0 * e[:1]]),
    "the right rows stand one place too late": lambda e: np.vstack([0 * e[:1], e[:-1]]),
    "added up from the start": lambda e: np.cumsum(e, axis=0),
    "these are the right numbers in another order": lambda e: np.sort(e, axis=None).reshape(e.shape),
    "each row is right up to a factor of its own": lambda e: e * (1.5 + np.arange(len(e)))[:, None] ** 1.3,
    "each row is right up to a number of its own": lambda e: e + (1.5 + np.arange(len(e)))[:, None] ** 1.3,
    "each column is right up to a factor of its own": lambda e: e * (1.5 + np.arange(e.shape[1])) ** 1.3,
    "every entry is the mean of the right ones": lambda e: np.full(e.shape, e.mean()),
    "all your numbers are 0": lambda e: np.zeros((e.shape[0], e.shape[1])) if len(e) > 3 else 0 * e,
    "the sum over axis 1 is missing": lambda e: None,
    "rows and columns are exchanged, the numbers are right": lambda e: e.T,
    "there is an axis of length 1 too many": lambda e: e[None],
    "yours is the sum of the right one over axis 0": lambda e: e.sum(axis=0),
    "yours is the mean of the right one over axis 1": lambda e: e.mean(axis=1),
    "yours is the sum of all the right numbers": lambda e: e.sum(),
    "right to about 4 digits": lambda e: e * (1 + 3e-5 * np.sin(np.arange(e.size)).reshape(e.shape)),
    "the direction is right, the size is not": lambda e: e * (1.234 + 0.1 * len(e)),
    "not finite": lambda e: e * np.nan,
}


@pytest.mark.parametrize("words", PLAIN)
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6))
def test_a_relation_to_the_right_numbers_is_found(words, seed):
    if words == "the sum over axis 1 is missing":
        trials = [(i, e, e.sum(axis=1)) for i, e in cases(seed)]
    else:
        trials = [(i, PLAIN[words](e), e) for i, e in cases(seed)]
    said = diagnose(trials)
    if words == "all your numbers are 0":
        assert said == "you return 0 in every case, whatever the arguments are"
    else:
        assert words in said


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.booleans())
def test_of_unrelated_numbers_nothing_is_said(seed, scalar):
    rng = np.random.default_rng(seed + 1)
    if scalar:
        trials = [({"x": rng.normal(), "y": rng.normal()}, rng.normal(), rng.normal()) for _ in range(3)]
    else:
        trials = [(i, rng.normal(size=e.shape), e) for i, e in cases(seed)]
    assert diagnose(trials) == ""


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_a_relation_that_breaks_in_one_trial_is_not_claimed(seed):
    first, second, third = cases(seed)
    trials = [
        (first[0], 2 * first[1], first[1]),
        (second[0], 2 * second[1], second[1]),
        (third[0], third[1] ** 3, third[1]),
    ]
    assert "2 times" not in diagnose(trials)


def test_one_pair_of_numbers_is_no_evidence():
    assert diagnose([({"n": 3}, 6.0, 3.0)]) == ""
    assert diagnose([({"n": 3.0, "m": 7.0}, 4.0, 7.0), ({"n": 3.0, "m": 7.0}, 7.0, 7.0)]) == ""
    assert "2 times" in diagnose([({"n": 3}, 0.209988, 0.104994)])


def test_nothing_wrong_nothing_said():
    assert diagnose([]) == diagnose([({"x": 1.0}, 2.0, 2.0)]) == diagnose([({}, (1.0, np.ones(2)), (1, [1, 1]))]) == ""


def td(r, v, v_next, terminated, gamma, after=None):
    return r + gamma * (0 if terminated else v_next) - v


def test_a_condition_that_tells_right_from_wrong_cases():
    probes = [(-1.3, -8.2, -6.5, False, 0.9), (2.1, 1.7, 4.3, True, 0.8), (0.4, -2.2, -3.1, True, 0.7)]
    names = "r v v_next terminated gamma".split()
    trials = [(dict(zip(names, p, strict=True)), p[0] + p[4] * p[2] - p[1], td(*p)) for p in probes]
    said = diagnose(trials)
    assert said.startswith("with v_next · gamma subtracted, your number would be right; ")
    assert said.endswith("where terminated is False all is right")


def test_some_entries():
    z = np.array([-2.0, -0.5, 0.0, 0.5, 3.0])
    kink = [({"z": z}, (z >= 0) * 1.0, (z > 0) * 1.0), ({"z": z[1:4]}, (z[1:4] >= 0) * 1.0, (z[1:4] > 0) * 1.0)]
    assert diagnose(kink) == "wrong only where z = 0: there you have 1"
    p, labels = np.array([[0.21, 0.52, 0.27], [0.73, 0.1, 0.17]]), np.array([1, 2])
    right = p - np.eye(3)[labels]
    said = diagnose([({"p": p, "labels": labels}, p, right)])
    assert said == "with the one-hot of labels subtracted, every number would be right" or "p itself" in said


def test_sums_of_rows():
    p = np.array([[0.21, 0.52, 0.27], [0.73, 0.1, 0.17]])
    said = diagnose([({}, p + [[0.1, 0.2, 0.15], [0.3, -0.1, 0.05]], p)])
    assert said == "each row must add up to 1; your row 0 adds up to 1.45"
    square = np.array([[0.3, 0.7], [0.6, 0.4]])
    assert diagnose([({}, square.T / [[0.9, 1.1]], square)]).startswith("each row must add up to 1; ")
    e = np.exp([[0.3, -1.2, 0.5], [0.9, 0.1, -0.4]])
    said = diagnose([({}, e / e.sum(axis=0), e / e.sum(axis=1, keepdims=True))])
    assert said == "each row must add up to 1; of yours, each column does"


# Several values


def test_several_values_are_told_apart():
    (i, e), (j, f) = cases(3)[:2]
    trials = [(i, (2 * e, e[0]), (e, e[0])), (j, (2 * f, f[0]), (f, f[0]))]
    assert diagnose(trials, results=("dW", "db")) == "dW: every number is 2 times too large (db: right)"
    assert diagnose(trials) == "value 1 of 2: every number is 2 times too large (value 2 of 2: right)"
    swapped = [(i, (e[0], e), (e, e[0])), (j, (f[0], f), (f, f[0]))]
    assert diagnose(swapped, results=("dW", "db")) == "dW and db are exchanged: return them in the other order"
    assert diagnose([(i, e, (e, e))]) == "you return one value, and 2 values are asked"
    assert diagnose([(i, (e, e), e)]) == "you return 2 values, and one value is asked"
    both = [(i, (-e, -e[0]), (e, e[0])), (j, (-f, -f[0]), (f, f[0]))]
    assert diagnose(both, results=("dW", "db")).startswith("dW and db: the size of every number is right")


def test_values_inside_the_computation_are_named():
    trials = [({"z": z, "dh": d}, d, d * (1 - np.tanh(z) ** 2)) for z, d in ((0.7, 1.3), (-1.1, 0.4), (2.2, -0.6))]
    said = diagnose(trials, inside=lambda z, dh: {"slope": 1 - np.tanh(z) ** 2})
    assert said in ("what you return is dh itself", "multiplied by slope your number would be right")


# Truth values


@pytest.mark.parametrize(
    ("got", "right", "said"),
    [
        ("TTTT", "TTFF", "you say True in every case, whatever the arguments are"),
        ("FFFT", "TTTF", "you say the opposite in every case"),
        ("TTTF", "TTFF", "you say True wrongly in 1 of 4 cases, and never the other way round: too much is accepted"),
        (
            "TFFF",
            "TTFF",
            "you say False wrongly in 1 of 4 cases, and never the other way round: too little is accepted",
        ),
        ("TFTF", "TTFF", ""),
        ("TTFF", "TTFF", ""),
    ],
)
def test_yes_and_no(got, right, said):
    trials = [({"k": k}, g == "T", np.bool_(e == "T")) for k, (g, e) in enumerate(zip(got, right, strict=True))]
    assert diagnose(trials) == said


# Whatever comes


ANYTHING = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True), st.integers(-5, 5), st.booleans(), st.none(), st.text(max_size=2),
    st.lists(st.floats(-2, 2), max_size=3), st.lists(st.lists(st.floats(-2, 2), max_size=2), max_size=2),
    st.tuples(st.floats(-2, 2), st.lists(st.integers(0, 2), max_size=2)),
    st.sampled_from([np.zeros((2, 0)), np.ones((2, 2)), np.arange(3), np.array([True, False]), np.nan, 1j, object()]),
)  # fmt: skip


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("abc"), ANYTHING), ANYTHING, ANYTHING), max_size=3))
def test_it_never_raises(trials):
    assert isinstance(diagnose(trials), str)
