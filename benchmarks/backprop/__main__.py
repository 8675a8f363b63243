"""Forward and backward pass of our NumPy code against PyTorch, JAX, autograd and micrograd, in one run.

    make bench-setup bench-backprop

Every peer runs in a process of its own, with its threads set before it is imported, and the peers take turns. What is
not installed is named in the report, benchmarks/backprop.md. The times differ from machine to machine.
"""

from pathlib import Path

from benchmarks.backprop.networks import SHAPES, TOLERANCES, Network
from benchmarks.backprop.operations import operation_times
from benchmarks.backprop.report import report
from benchmarks.backprop.scalars import backward_times
from benchmarks.backprop.steps import KEEPING, step_times
from benchmarks.processes import processors, slowing, worker

REPORT = Path(__file__).resolve().parents[1] / "backprop.md"


def run(
    path=REPORT, shapes=SHAPES, dtypes=tuple(TOLERANCES), threads=(1, 2), repeats=15, min_time=0.02, progress=print
):
    """Measure, write the report to `path` and return its text.

    shapes: list of (sizes, batch); repeats: timings of each peer, in turns; min_time: seconds that each timing takes at
    least. Numbers of threads beyond the processors are left out.
    """
    networks = {dtype: [Network(sizes, batch, dtype) for sizes, batch in shapes] for dtype in dtypes}
    results, versions = {}, {}
    for number in (number for number in threads if number <= len(processors())):
        for dtype in dtypes:
            progress(f"{dtype}, threads: {number}")
            results[dtype, number], versions[number] = step_times(networks[dtype], number, repeats, min_time)
    progress("operations of a step, backward on single numbers")
    with worker(variables=KEEPING) as ask:
        operations = {n: ask(operation_times, n, repeats, min_time) for dtype in dtypes for n in networks[dtype]}
        scalars = ask(backward_times, repeats)
    text = report(results, versions, operations, scalars, repeats, min_time, slowing())
    path.write_text(text, encoding="utf-8")
    return text


if __name__ == "__main__":
    print(run())
