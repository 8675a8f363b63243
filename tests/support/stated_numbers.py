"""Numbers in a lesson's prose, as they are written there."""

import re

from notebook_runs import read


def prose(path):
    """Text of each cell of prose, without formulas, links, and the numbers of lessons, equations and years."""
    for cell in read(path).cells:
        if cell.cell_type == "markdown" and cell.id not in ("sources", "goals", "way"):
            text = re.sub(r"\$\$.*?\$\$|\[[^]]*\]\([^)]*\)|`[^`]*`", "", cell.source, flags=re.DOTALL)
            text = re.sub(
                r"lessons? \d\d|\(\d\.\d\)|(equation|Example) \d+\.\d|section \d+\.\d|\([\w &]+, \d{4}\)", "", text
            )
            yield cell.id, text


def numbers_in(text):
    """Decimals, and whole numbers of two digits or more, as they are written."""
    return re.findall(r"(?<![\w.,])−?(?:\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+|\d\d+)(?!\w)", text)


def stated_in(path):
    """All numbers by the cell that states them, without the numbers of lessons."""
    found = {cell: {*numbers_in(re.sub(r"(?<![.\d])0\db?(?!\d)", "", text))} for cell, text in prose(path)}
    return {cell: numbers for cell, numbers in found.items() if numbers}


def as_stated(value, number):
    """A value with as many decimals as the number that is written."""
    decimals = len(number.partition(".")[2])
    return f"{value:,.{decimals}f}".replace("-", "−").replace("−0.00", "0.00")
