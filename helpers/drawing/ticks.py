"""How the numbers beside an axis are written: in one way on each axis, plain or as powers of ten."""

from matplotlib.ticker import Formatter

LEAST, MOST = 1e-4, 1e5  # sizes that are written plainly


def written(values):
    """The numbers as texts, all of them in one way.

    Plain numbers, as 0.01 or 20,000, where none is smaller than 1e-4 or larger than 1e5; else powers of ten and their
    multiples, as 1e−8 or 2e4, among which 1 to 9 stay as they are.
    """
    plain = all(LEAST <= round_size(value) <= MOST for value in values if value)
    return [(_plain if plain or not value else _power)(value) for value in values]


def round_size(value):
    """The size of a number without the last digits that its computation has left."""
    return abs(float(f"{value:.6g}"))


def _plain(value):
    return f"{value:,.6f}".rstrip("0").rstrip(".").replace("-", "−")


def _power(value):
    digits, exponent = f"{value:.5e}".split("e")
    power = f"e{int(exponent)}" if int(exponent) else ""
    return f"{digits.rstrip('0').rstrip('.')}{power}".replace("-", "−")


class OneWay(Formatter):
    """Writes the ticks of one axis as `written` does; what lies outside the axis has no say in how."""

    def __call__(self, value, place=None):
        """One number alone."""
        return written([value])[0]

    def format_ticks(self, values):
        """All ticks of the axis."""
        low, high = sorted(self.axis.get_view_interval())
        room = 1e-6 * (high - low)
        seen = [value for value in values if low - room <= value <= high + room]
        texts = dict(zip(seen, written(seen), strict=True))
        return [texts.get(value, "") for value in values]


def number_ticks(*axis):
    """Write the ticks of these axes (`ax.xaxis`, `ax.yaxis`) in one way each, in a line that can be read at 800 px."""
    for each in axis:
        each.set_major_formatter(OneWay())
        if each.get_scale() == "log":
            each.set_minor_formatter("")
