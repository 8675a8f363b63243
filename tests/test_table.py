"""Small tables of results: what stands where, as text and as HTML."""

import pytest

from helpers.table import Table

TABLE = Table({"a <b>": {"first": 1.234, "second": -10}, "c": {"second": 0.5}}, digits=1)


def test_columns_stand_below_each_other():
    assert repr(TABLE) == "       first  second\na <b>  1.2    -10\nc             0.5"


def test_html_escapes_names_and_leaves_out_what_a_row_lacks():
    html = TABLE._repr_html_()
    assert html.startswith('<table><thead><tr><td></td><th scope="col">first</th>')
    assert "<tr><td>a &lt;b&gt;</td><td>1.2</td><td>-10</td></tr><tr><td>c</td><td></td><td>0.5</td></tr>" in html


@pytest.mark.parametrize("digits, number", [(2, "0.67"), (0, "1"), (4, "0.6667")])
def test_digits_stand_after_the_point(digits, number):
    assert number in repr(Table({"row": {"column": 2 / 3}}, digits))


def test_nothing_is_less_than_0_that_is_0_here():
    assert "-" not in repr(Table({"row": {"column": -1e-9}}))
