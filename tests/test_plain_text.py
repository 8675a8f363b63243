"""Whatever stands in for a picture prints in every terminal."""

import io
import sys
from functools import cache

import pytest

from helpers.agreement import AgreementTable
from helpers.checks import check
from helpers.explore import explore_ledger, explore_neuron, explore_nudge
from helpers.plain_text import printable
from helpers.plots import picture
from helpers.rl.gradient_ledger import PHI0
from helpers.running_actor import THETA0, actor_graph
from helpers.steppers import show_differences, show_gradient_flow, show_transition

OUTPUTS = {
    "gradient": lambda: show_gradient_flow(actor_graph()),
    "differences": show_differences,
    "transition": lambda: show_transition(THETA0, PHI0),
    "dial": explore_neuron,
    "nudge": explore_nudge,
    "ledger": explore_ledger,
    "figure": lambda: picture(lambda ax: ax.plot([0, 1]), caption="∂J/∂θ → 0, δ ≥ −1"),
    "hint": lambda: check.hint("dual_product"),
    "table": lambda: AgreementTable("∂ log π/∂u1", -0.3),
}


@cache
def output(name):
    """What is shown, made once: its text is made where it is shown."""
    return OUTPUTS[name]()


ENCODINGS = ["cp1252", "ascii", "utf-8"]


def printed(monkeypatch, encoding, make):
    """(a text made where the terminal has this encoding, the terminal after it was printed)."""
    terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n", write_through=True)
    with monkeypatch.context() as here:
        here.setattr(sys, "stdout", terminal)
        text = make()
        print(text)
    return text, terminal.buffer.getvalue().decode(encoding)


def text_of(output):
    """What a terminal shows."""
    bundle = getattr(output, "_repr_mimebundle_", None)
    return bundle()["text/plain"] if bundle else repr(output)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", OUTPUTS)
def test_every_text_prints(monkeypatch, name, encoding):
    text, shown = printed(monkeypatch, encoding, lambda: text_of(output(name)))
    assert shown == f"{text}\n" and len(text) > 10


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_text_of_a_player_prints(monkeypatch, encoding):
    text, shown = printed(monkeypatch, encoding, output("differences").text)
    assert shown == f"{text}\n"


@pytest.mark.parametrize("encoding, expected", [
    ("utf-8", "∂log π/∂u₁ = −0.3 × 10⁻⁴ → δ ≥ ē"),
    ("cp1252", "dlog pi/du1 = -0.3 × 10^-4 -> delta >= macron"),
    ("ascii", "dlog pi/du1 = -0.3 x 10^-4 -> delta >= macron"),
])  # fmt: skip
def test_signs_are_spelt_only_where_they_must_be(monkeypatch, encoding, expected):
    assert printed(monkeypatch, encoding, lambda: printable("∂log π/∂u₁ = −0.3 × 10⁻⁴ → δ ≥ ē"))[0] == expected
