"""Formulas as MathML: all that the lessons write is known, and what is unknown is refused by name."""

import re
from xml.etree import ElementTree

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from notebook_runs import LESSONS, read

from tools.mathml import mathml

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.DOTALL)


def formulas():
    """Every formula in the prose of the lessons."""
    for path in LESSONS:
        for cell in read(path).cells:
            prose = re.sub(r"```.*?```|`[^`]*`", "", cell.source, flags=re.DOTALL)
            if cell.cell_type == "markdown":
                yield from (block or inline for block, inline in FORMULA.findall(prose))


def words(tex):
    """The text of a formula, read from left to right."""
    return "".join(ElementTree.fromstring(mathml(tex)).itertext())


def test_every_formula_of_the_lessons_is_known():
    known = [ElementTree.fromstring(mathml(tex, block=True)) for tex in formulas()]
    assert len(known) >= 20


@pytest.mark.parametrize("tex, text", [
    (r"\frac{\partial L}{\partial w} = \delta \cdot x", "∂L∂w=δ·x"),
    (r"\tfrac12\,\delta^2", "12δ2"),
    (r"\operatorname{mean}(A'^2)", "mean(A′2)"),
    (r"\text{average over episodes of } G_t", "average over episodes of\xa0Gt".replace(" ", "\xa0")),
    (r"h^{\mathsf T}\, dz - 1", "hTdz−1"),
    (r"f^{\prime\prime}(x) \pm \dots", "f′′(x)±…"),
    (r"\Big(\sum_{k=1}^{n} W_{jk}\Big) < 2", "(∑k=1nWjk)<2"),
    (r"\left(\frac{a}{b}\right)^{2}", "(ab)2"),
])  # fmt: skip
def test_what_is_written_stands_there(tex, text):
    assert words(tex) == text


def test_limits_stand_below_and_others_beside():
    tags = [element.tag for element in ElementTree.fromstring(mathml(r"\sum_i x_i \lim_{h \to 0} \log_2 y^2")).iter()]
    assert tags.count("munder") == 2 and tags.count("msub") == 2 and tags.count("msup") == 1


def test_a_block_has_its_number_at_the_right():
    line = ElementTree.fromstring(mathml(r"a = b \tag{1.1}", block=True))
    assert [part.tag for part in line] == ["math", "span"] and line[1].text == "(1.1)"
    assert line[0].get("display") == "block"


@pytest.mark.parametrize(
    "tex, words", [(r"\vec{x}", r"\\vec is not known"), ("x^", "missing"), (r"\frac{1}", "missing")]
)
def test_what_is_unknown_is_refused(tex, words):
    with pytest.raises(ValueError, match=words):
        mathml(tex)


X, Y = sympy.symbols("x y_1", real=True)


@given(st.recursive(
    st.sampled_from([X, Y, sympy.Integer(2), sympy.Rational(-1, 3), sympy.pi]),
    lambda inner: st.builds(sympy.Add, inner, inner) | st.builds(sympy.Mul, inner, inner)
    | st.builds(sympy.exp, inner) | st.builds(sympy.tanh, inner) | st.builds(lambda a: sympy.log(a**2 + 1), inner),
    max_leaves=8,
))  # fmt: skip
def test_what_sympy_writes_is_known(expression):
    ElementTree.fromstring(mathml(sympy.latex(expression)))


def test_aligned_lines_are_rows_of_two_cells():
    made = mathml(r"\begin{aligned} a &= b\\ &= c \end{aligned} \tag{7.2}", block=True)
    assert made.count("<mtr>") == 2
    assert made.count("<mtd") == 4
    assert made.index("right'><mi>a") < made.index("left'><mo")
    assert made.endswith("<span>(7.2)</span></span>")
