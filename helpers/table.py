"""Small tables of results, as text for a terminal and as HTML, which a narrow screen can hold."""

from html import escape

import numpy as np

from helpers.plain_text import printable


class Tabular:
    """What is shown as a table, where `_cells` returns the texts of its head, and those of its rows."""

    def __repr__(self):
        head, rows = self._cells()
        widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
        return printable("\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in [head, *rows]))

    def _repr_html_(self):
        head, rows = self._cells()
        top = "".join(f'<th scope="col">{escape(cell)}</th>' if cell else "<td></td>" for cell in head)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


class Table(Tabular):
    """Numbers by row and column. rows: name -> (column -> number); digits: after the point, but none for an integer.

    A column that a row lacks stays empty there.
    """

    def __init__(self, rows, digits=2):
        self.rows, self.digits = rows, digits

    def _cells(self):
        columns = list(dict.fromkeys(column for row in self.rows.values() for column in row))
        numbers = [[self._written(row[c]) if c in row else "" for c in columns] for row in self.rows.values()]
        return ["", *columns], [[name, *row] for name, row in zip(self.rows, numbers, strict=True)]

    def _written(self, number):
        whole = isinstance(number, int | np.integer)
        return str(number) if whole else f"{round(float(number), self.digits) + 0.0:.{self.digits}f}"  # not -0.0
