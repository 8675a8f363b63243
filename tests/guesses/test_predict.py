"""`predict`: what it refuses, and where the truth is, and is not."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters.strings import clean_html
from outputs import NASTY, Reader, content

from helpers.calculus.graph import Value
from helpers.drawing import library
from helpers.explore import explore_neuron
from helpers.guesses import predict, prediction
from helpers.guesses.prediction import QUESTIONS, Prediction
from helpers.guesses.questions import Choice, Number, written
from helpers.guesses.sketch import COLUMNS, Sketch
from helpers.plots import picture
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow

X = np.linspace(-3.0, 3.0, 50)
HILL = Sketch("Sketch it.", "A hill.", "z", "slope", low=-0.5, high=1.5)
finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.fixture(autouse=True)
def hill(monkeypatch):
    monkeypatch.setitem(QUESTIONS, "99 hill", HILL)
    monkeypatch.setitem(QUESTIONS, "99 open", Choice("Which?", {"left": "", "right": "No."}, ""))


def rising():
    return picture(lambda ax: ax.plot([0, 1], [0, 1]), caption="A rising line.")


# What is refused


@pytest.mark.parametrize("truth", [np.nan, np.inf, -np.inf, [1.0, 2.0], np.zeros((1, 1))])
def test_a_number_is_one_finite_number(truth):
    with pytest.raises(ValueError, match="^truth must be"):
        predict("03 depth-first", truth)


@pytest.mark.parametrize("truth", ["48", Value(48.0), 1j, {}, True])
def test_a_number_is_a_number(truth):
    with pytest.raises(TypeError, match="^truth must hold real numbers"):
        predict("03 depth-first", truth)


@pytest.mark.parametrize("truth", ["up", 1, "", float("nan")])
def test_a_choice_is_one_of_the_choices(truth):
    with pytest.raises(ValueError, match="^truth must be one of the choices left, right"):
        predict("99 open", truth)


@pytest.mark.parametrize(
    "error, truth, words",
    [
        (ValueError, (X, X[1:]), "x and y of truth must be arrays of one length.*50.*49"),
        (ValueError, (X[:1], X[:1]), "one length"),
        (ValueError, (X, np.zeros((50, 1))), "one length"),
        (ValueError, (X[::-1], 0 * X), "x of truth must increase"),
        (ValueError, (X, 0 * X + 1.6), "y of truth must lie between -0.5 and 1.5"),
        (ValueError, (X, 0 * X + np.nan), "y of truth must be finite"),
        (TypeError, X, "truth must be a pair of arrays"),
        (TypeError, 3.0, "truth must be a pair of arrays"),
        (TypeError, (X, ["a"] * 50), "y of truth must hold real numbers"),
    ],
)
def test_a_curve_is_two_arrays_within_the_plot(error, truth, words):
    with pytest.raises(error, match=words):
        predict("99 hill", truth)


@pytest.mark.parametrize("key", ["03 depthfirst", "", None, 3, ("03",)])
def test_an_unknown_key_is_told_what_there_is(key):
    with pytest.raises(ValueError, match="^key must name a question, such as '0"):
        predict(key, 1.0)


def test_a_slip_of_the_key_is_told_what_was_meant():
    with pytest.raises(ValueError, match="'03 depth-first'"):
        predict("03 depthfirst", 1.0)


def test_the_truth_is_given_once():
    with pytest.raises(ValueError, match="^truth must be given: the question '03 depth-first'"):
        predict("03 depth-first")
    with pytest.raises(ValueError, match="^truth must be left out: the question '06 left'"):
        predict("06 left", -0.3)


@pytest.mark.parametrize("wrong", [3, "words", rising().figure, object()])
def test_a_picture_is_an_output(wrong):
    with pytest.raises(TypeError, match="^picture must be a figure with its caption or a stepper"):
        predict("03 depth-first", 48, picture=wrong)


# Where the truth is


def both(key, first, second):
    return [predict(key, truth) for truth in (first, second)]


def outside(prediction):
    """The HTML without the fold and the packed data."""
    html = re.sub(r"<details>.*</details>", "", prediction.html(), flags=re.DOTALL)
    return re.sub(r"data-content='[^']*'", "", html)


@pytest.mark.parametrize(
    "key, first, second",
    [("03 depth-first", 48.0, 47.0), ("99 open", "left", "right"), ("99 hill", (X, 0 * X), (X, np.exp(-(X**2))))],
)
def test_nothing_outside_fold_and_data_depends_on_the_truth(key, first, second):
    one, other = both(key, first, second)
    assert outside(one) == outside(other) and one.text() == other.text()
    assert one._repr_mimebundle_()["text/plain"] == other._repr_mimebundle_()["text/plain"]
    assert one.html() != other.html() and one.answer() != other.answer()


def test_the_fold_is_closed_and_holds_the_answer_and_the_words():
    html = predict("03 depth-first", 48.0).html()
    (fold,) = re.findall(r"<details><summary>The answer</summary>(.*)</details>", html)
    assert "Answer: 48." in fold and "s is visited twice" in fold


def test_a_terminal_is_told_how_to_ask():
    prediction = predict("03 engines, second")
    assert prediction.text().endswith("- A\n- B\n- C\nFor the answer: print(predict.answer())")
    assert prediction.answer().startswith("Answer: B. ")


def test_the_answer_is_that_of_the_question_asked_last():
    predict("03 engines, second"), predict("03 depth-first", 48.0)
    assert predict.answer().startswith("Answer: 48.")


def test_sanitising_takes_the_data_away():
    """nbconvert's --sanitize_html shows the tags of a fold as text, and so its words."""
    prediction = predict("06 left")
    packed = Reader(prediction.html()).attributes[0][1]["data-content"]
    assert packed[:80] in prediction.html() and packed[:80] not in clean_html(prediction.html())


@given(finite)
def test_the_script_gets_the_number_itself(truth):
    data = content(predict("03 depth-first", truth))
    assert data["truth"] == truth and data["kind"] == "number" and data["key"] == "03 depth-first"


@given(finite)
def test_an_answer_is_written_to_four_digits(truth):
    said = float(written(truth).replace("−", "-"))
    assert abs(said - truth) <= 5.1e-4 * abs(truth)
    assert truth != round(truth) or abs(truth) >= 1e9 or said == truth
    assert "-" not in written(truth) and "−0" != written(truth)


def test_a_curve_is_known_at_each_column():
    data = content(predict("99 hill", (X, np.exp(-(X**2)))))
    assert len(data["columns"]) == len(data["heights"]) == COLUMNS
    assert np.allclose(data["heights"], np.interp(data["columns"], X, np.exp(-(X**2))))
    assert data["plane"]["y"] == [-0.5, 1.5]  # the axis is the question's, not the answer's
    assert "0.0001 at z = −3" in predict("99 hill", (X, np.exp(-(X**2)) * (abs(X) < 2.9) + 1e-4)).answer()


@pytest.mark.parametrize("words", NASTY)
def test_words_are_shown_and_never_run(words):
    number, choice = Number(words, words), Choice(words, {words: words, "b": ""}, words)
    sketch, line = Sketch(words, words, words, words, 0, 1), np.array([0.0, 1.0])
    for question, truth in ((number, 1.0), (choice, words), (sketch, (line, line))):
        reader = Reader(Prediction(words, question, question.checked(truth)).html())
        assert not {"script", "svg"} & {*reader.tags}
        handlers = [attributes["onload"] for _, attributes in reader.attributes if "onload" in attributes]
        assert handlers == [library._script("boot")]
        assert not any(name == "onerror" for _, attributes in reader.attributes for name in attributes)


# Pictures in the fold


@pytest.mark.parametrize("make", [rising, lambda: show_gradient_flow(actor_graph()), explore_neuron])
def test_a_picture_lies_in_the_fold(make):
    prediction = predict("03 depth-first", 48.0, picture=make())
    (fold,) = re.findall(r"<details><summary>The answer</summary>.*", prediction.html(), flags=re.DOTALL)
    assert fold.count("<img ") == 1
    assert "A rising line" not in prediction.text() and outside(prediction) == outside(predict("03 depth-first", 48.0))


def test_a_picture_in_the_fold_counts_as_shown(monkeypatch):
    """It wakes where it lies, so it brings its library, and later outputs of its kind need not."""
    monkeypatch.setattr(library, "_shown", {})
    monkeypatch.setattr(library, "_carried", set())
    monkeypatch.setattr(library, "_where", lambda: ("a", 1))
    first = predict("03 depth-first", 48.0, picture=show_gradient_flow(actor_graph()))._repr_mimebundle_()["text/html"]
    assert first.count("data-library=") == 2
    monkeypatch.setattr(library, "_where", lambda: ("b", 2))
    assert "data-library" not in show_gradient_flow(actor_graph())._repr_mimebundle_()["text/html"]


# By notebook


def test_guesses_belong_to_a_notebook_whose_place_is_not_told(monkeypatch):
    marks = []
    for path in ("/home/a/03.ipynb", "/home/b/03.ipynb", "/home/a/03.ipynb", ""):
        monkeypatch.setenv("JPY_SESSION_NAME", path)
        marks.append(content(predict("06 left"))["notebook"])
    assert marks[0] == marks[2] != marks[1] and marks[3] == "" and "home" not in str(marks)
    monkeypatch.delenv("JPY_SESSION_NAME")
    assert prediction._notebook() == ""


def test_a_change_is_one_of_the_options():
    asked = QUESTIONS["01 nudged weight"]
    told = {
        -0.000444: "it falls",
        0.000444: "it rises less far",
        0.000635: "it rises as far",
        0.001: "it rises farther",
    }
    assert [*map(asked.checked, told)] == [*told.values()] and asked.checked("it falls") == "it falls"
