"""Reports as Markdown: the prose stands in a template beside each benchmark; what was measured is put in here."""

import platform
import sys

from jinja2 import Environment, StrictUndefined

from benchmarks.verdicts import at_least, at_most


def render(template, **measured):
    """The text of a template (a path), in which Python's names here and those of `measured` are known."""
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    names = {"table": table, "duration": duration, "at_least": at_least, "at_most": at_most, "machine": machine()}
    return environment.from_string(template.read_text(encoding="utf-8")).render(names | measured)


def publish(path, text, met):
    """Print a report and write it; the program ends, with 1 when a target is missed."""
    print(text)
    path.write_text(text, encoding="utf-8")
    sys.exit(not met)


def table(head, rows):
    """A Markdown table."""
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *rows))


def duration(seconds):
    """Seconds in a unit that fits."""
    return f"{seconds * 1e3:,.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"


def machine():
    """Python's version and the kind of machine."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
