"""How far a long computation has come: one line of text, which says at the end how much was done."""

import sys
from time import perf_counter

PAUSE = 0.1  # seconds between two looks


class progress:
    """Count the items of an iterable as they are used, or the calls of `update()`, in one line that is rewritten.

    words: what is counted, such as "networks"; total: how many there will be, where the iterable does not say.
    In a notebook the line is an output of its own; elsewhere it goes to the error stream.
    `with progress(words=..., total=...) as bar` ends the line with the block, and so does `bar.close()`.
    """

    def __init__(self, iterable=(), words="steps", total=None):
        self.iterable, self.words = iterable, words
        self.total = len(iterable) if total is None and hasattr(iterable, "__len__") and len(iterable) else total
        self.count, self.begun, self.shown, self.line = 0, perf_counter(), 0.0, None

    def __iter__(self):
        with self:
            for item in self.iterable:
                yield item
                self.update()

    def __enter__(self):
        self._show()
        return self

    def __exit__(self, *error):
        self.close()

    def update(self):
        """One more is done."""
        self.count += 1
        if perf_counter() - self.shown > PAUSE:
            self._show()

    def close(self):
        """Write the last line."""
        self._show("\n")

    def text(self):
        """The line."""
        of = f" of {self.total}" if self.total else ""
        share = self.count / self.total if self.total else 1
        bar = f"[{'#' * round(20 * share):.<20}] " if share < 1 else ""
        return f"{bar}{self.count}{of} {self.words}, {perf_counter() - self.begun:.1f} s"

    def _show(self, end=""):
        self.shown = perf_counter()
        python = sys.modules.get("IPython")
        if not hasattr(python and python.get_ipython(), "kernel"):
            print(f"\r{self.text():<60}", end=end, file=sys.stderr, flush=True)
        elif self.line is None:
            self.line = python.display.display({"text/plain": self.text()}, raw=True, display_id=True)
        else:
            self.line.update({"text/plain": self.text()}, raw=True)
