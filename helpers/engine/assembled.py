"""`engine()`: all parts together, the reader's where they are right, and the series' own where not."""

import time
from functools import lru_cache

from helpers.engine import storage
from helpers.engine.assembly import assemble
from helpers.engine.file_text import same_code
from helpers.engine.judging import judge, quiet
from helpers.engine.part import PARTS
from helpers.engine.verdict import Note, show
from helpers.networks import seconds_for

SLOW, LEAST = 5.0, 0.005  # times as long as the series' own, and seconds, from which on it is said
_said = set()


def engine():
    """Return the engine: an object with all parts as attributes, each the reader's where it is kept and right.

    Every part is judged again before it is used. What is no longer right stays in the file, is not used, and is named
    once in a kernel. `yours` and `lent` are the names of the parts.
    """
    right, notes = right_parts()
    E = assemble(right)
    E.yours = tuple(name for name in PARTS if name in right)
    E.lent = tuple(name for name in PARTS if name not in right)
    fresh = [note for note in (*notes, *map(slow, E.yours)) if note and note not in _said]
    _said.update(fresh)
    if fresh:
        show(Note("\n\n".join(fresh)))
    return E


def right_parts():
    """The reader's parts that are right, name -> text, and what is to be said of the others."""
    right, notes = {}, []
    for name, text in storage.kept().items():
        if name not in PARTS:
            notes.append(f"`{name}` in your file is no part that is known here: it stays there, and is not used.")
        elif words := judge(PARTS[name], text):
            notes.append(
                f"`{name}` in your file is not used; the series' own is lent for it, and yours stays there. {words}"
            )
        else:
            right[name] = text
    for name in storage.broken():
        notes.append(f"`{name}` in your file is no Python any more, and is not used; the series' own is lent for it.")
    return right, notes


def slow(name):
    """A remark on a part of the reader's that takes many times as long as the series' own, else ''."""
    times = factor(name, storage.kept()[name])
    if not times:
        return ""
    rounded = f"{float(f'{times:.1g}'):,.0f}"
    return f"`{name}` of yours is right, and takes about {rounded} times as long as the series' own."


@lru_cache(maxsize=128)
def factor(name, text):
    """How many times as long as the series' own a text takes, or 0 if that is not worth a word."""
    if PARTS[name].work is None or same_code(text, PARTS[name].own):
        return 0
    with quiet():
        theirs = seconds(PARTS[name].work, assemble({name: text}))
        if theirs <= LEAST:
            return 0
        ours = seconds_for(PARTS[name].work, assemble({}))
    return theirs / ours if theirs > SLOW * ours else 0


def seconds(work, E):
    """The shortest of some runs of a piece of work: whatever else the machine does makes it longer."""
    times = []
    for _ in range(6):
        start = time.perf_counter()
        work(E)
        times.append(time.perf_counter() - start)
        if sum(times) > 0.5:
            break
    return min(times)
