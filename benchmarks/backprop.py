"""Forward and backward pass of our NumPy code against PyTorch, JAX, autograd and micrograd, in one run.

    make bench-setup bench-backprop

Every peer runs in a process of its own, with its threads set before it is imported, and the peers take turns. What is
not installed is named in the report, backprop.md beside this file. The times differ from machine to machine.
"""

import os
from pathlib import Path

from backprop_report import report
from networks import SHAPES, TOLERANCES, Network
from rounds import SLOWING, Child, measure, processors

REPORT = Path(__file__).resolve().with_suffix(".md")


def run(path=REPORT, shapes=SHAPES, dtypes=tuple(TOLERANCES), threads=(1, 2), rounds=15, enough=0.02, progress=print):
    """Measure, write the report to `path` and return its text.

    shapes: list of (sizes, batch); enough: seconds of one turn. Numbers of threads beyond the processors are left out.
    """
    slowing = [name for name in SLOWING if name in os.environ]
    threads = [number for number in threads if number <= len(processors())]
    results, versions = {}, {}
    for number in threads:
        for dtype in dtypes:
            progress(f"{dtype}, threads: {number}")
            networks = [Network(sizes, batch, dtype) for sizes, batch in shapes]
            rest = 0.05 if number > 1 else 0.0
            results[dtype, number], versions[number] = measure(networks, number, rounds, enough, rest)
    progress("parts of a step, backward on single numbers")
    child = Child("our Value", 1)
    try:
        parts = {
            network: child.ask("parts", network, rounds, enough)
            for dtype in dtypes
            for network in (Network(sizes, batch, dtype) for sizes, batch in shapes)
        }
        scalars = child.ask("scalars", rounds)
    finally:
        child.close()
    setting = (
        f"Times are medians of {rounds} rounds, in which the peers, each in a process of its own on as many processors "
        f"as threads, take turns of about {1000 * enough:.0f} ms."
    )
    text = report(results, versions, parts, scalars, setting, slowing)
    path.write_text(text, encoding="utf-8")
    return text


if __name__ == "__main__":
    print(run())
