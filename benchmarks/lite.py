"""Time in a browser's own Python: from the link to the first cell, and the slowest cells of each lesson.

    make bench-lite

Every lesson is opened by a reader who comes for the first time, in JupyterLite with all packages in it, served on a
loopback port: the network's share is not in the times. Writes lite.md beside this file.
"""

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.markdown import at_most, publish, render
from tests.support.jupyter_browser import WIDE, chromium, watched_page
from tests.support.lite_browser import open_lesson, run_lesson
from tests.support.served_site import served, weight

REPORT = Path(__file__).with_suffix(".md")
TEMPLATE = Path(__file__).with_suffix(".md.jinja")
MOST = 15  # seconds that a cell may take before a reader thinks that it hangs


def visited(browser, site, lesson):
    """(seconds until the kernel is ready, [(seconds, id) of each cell], bytes that came) for a reader's first visit."""
    page, answers = watched_page(browser.new_context(viewport=WIDE)), []
    page.context.on("requestfinished", lambda request: answers.append(request))
    begun = time.perf_counter()
    open_lesson(page, site, lesson)
    ready = time.perf_counter() - begun
    cells = [(cell["seconds"], cell["id"]) for cell in run_lesson(page)]
    came = sum(map(weight, answers))
    page.context.close()
    return ready, cells, came


def measure():
    """Return ({lesson: (seconds until ready, cells, bytes)}, Chromium's version)."""
    from tools.lite.__main__ import LESSONS, build  # only the environment of `make lite` has what they need

    with tempfile.TemporaryDirectory() as folder, chromium(folder) as browser:
        build(Path(folder) / "site", stock=None)
        with served(Path(folder) / "site") as address:
            return {lesson.stem: visited(browser, address, lesson.name) for lesson in LESSONS}, browser.version


def report(seen, browser):
    """The report's text and whether the target is met."""
    first = [ready + cells[0][0] for ready, cells, _ in seen.values()]
    slowest = {lesson: max(cells) for lesson, (_, cells, _) in seen.items()}
    limit = at_most(MOST, [(seconds, f"{lesson}, {cell}") for lesson, (seconds, cell) in slowest.items()])
    rows = []
    for lesson, (ready, cells, _) in seen.items():
        seconds, name = slowest[lesson]
        whole = sum(seconds for seconds, _ in cells)
        rows.append((lesson, f"{ready + cells[0][0]:.1f} s", f"{whole:.0f} s", f"{seconds:.1f} s, `{name}`"))
    text = render(
        TEMPLATE,
        rows=rows,
        came=f"{max(came for *_, came in seen.values()) / 1e6:.0f} MB",
        first=f"{statistics.median(first):.1f} s ({min(first):.1f} to {max(first):.1f} s)",
        limit=limit,
        browser=browser.split(".")[0],
    )
    return text, not limit.missed


def main():
    """Measure, print and write the report; exit 1 when the target is missed."""
    publish(REPORT, *report(*measure()))


if __name__ == "__main__":
    main()
