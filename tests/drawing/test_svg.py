"""SVG elements: how numbers and words are written."""

import pytest

from helpers.drawing.svg import number, words


def test_words_are_one_line_without_markup():
    assert words(" a\n <b>  & 'c' \"d\" ") == "a &lt;b&gt; &amp; &#x27;c&#x27; &quot;d&quot;"


@pytest.mark.parametrize(
    "value, text",
    [
        (0.0, "0.000"),
        (-0.0, "0.000"),
        (1.5, "1.500"),
        (-0.3265, "−0.327"),
        (0.0005, "0.001"),
        (-0.0004, "−4.0e−4"),
        (9.9995, "10.00"),
        (12.345, "12.35"),
        (-123.45, "−123.5"),
        (1234, "1.2e3"),
        (float("inf"), "inf"),
    ],
)
def test_numbers_in_pictures(value, text):
    assert number(value) == text
