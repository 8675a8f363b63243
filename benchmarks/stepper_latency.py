"""Time from key press to changed picture in JupyterLab: our stepper against `interact` with matplotlib.

    make bench-stepper

Both draw the same graph (the running actor) in the same notebook, in the same Chromium, in one run. Writes
stepper_latency.md beside this file. The times differ from machine to machine; the ratio is the result.
"""

import platform
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.support.jupyter_browser import (
    WIDE,
    chromium,
    jupyter_server,
    open_lab,
    open_notebook,
    watched_page,
    write_notebook,
)

HERE = Path(__file__).resolve().parent
STEPS = 30
TARGET_MS, TARGET_RATIO = 5, 40

STEPPER = """
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
show_gradient_flow(actor_graph())
"""

INTERACT = """
%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, interact
from helpers.steppers.gradient_flow.view import layout_of
from helpers.steppers.gradient_flow.trace import trace

recorded = trace(actor_graph())
layout = layout_of(recorded)

def draw(step):
    now = recorded.steps[step]
    fig, ax = plt.subplots(figsize=(8, 6))
    for number, edge in enumerate(recorded.edges):
        (x1, y1), (x2, y2) = layout.centres[edge.source], layout.centres[edge.target]
        walked = now.kind == "done" or (now.edge is not None and number <= now.edge)
        ax.plot([x1, x2], [y1, y2], color="C0" if walked else "0.6", lw=3 if walked else 1, zorder=1)
    for i, (node, (x, y)) in enumerate(zip(recorded.nodes, layout.centres)):
        gradient = f"{now.gradients[i]:.3f}" if i in now.gradients else ""
        ax.text(x, y, f"{node.label}\\n{node.value:.3f} | {gradient}", ha="center", va="center", fontsize=8,
                bbox={"boxstyle": "round", "facecolor": "#FFF6C2" if i == now.node else "white"})
    ax.set(xlim=(0, layout.width), ylim=(layout.height, 0), title=now.formula)
    ax.axis("off")
    plt.show()

interact(draw, step=IntSlider(0, 0, len(recorded.steps) - 1));
"""

# Resolves with the milliseconds from the key press, seen before anyone else, to the first changed picture in the page.
MEASURE = """([area, picture]) => {
  const node = document.querySelector(area), content = () => node.querySelector(picture)?.outerHTML ?? "";
  window.pressed = undefined;
  window.measured = new Promise(resolve => {
    const before = content();
    window.addEventListener("keydown", () => { window.pressed = performance.now(); }, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      const now = content();
      if (now === "" || now === before) return;
      observer.disconnect();
      resolve(performance.now() - window.pressed);
    });
    observer.observe(node, { subtree: true, childList: true, attributes: true });
  });
}"""


def latencies(page, area, handle, picture):
    """Milliseconds of each of STEPS steps, by ArrowRight on the handle."""
    times = []
    page.locator(f"{area} {handle}").focus()
    for _ in range(STEPS):
        page.evaluate(MEASURE, [area, picture])
        page.keyboard.press("ArrowRight")
        times.append(page.evaluate("() => window.measured"))
        page.wait_for_timeout(150)
    return times


def measure():
    """Return (stepper's times, interact's times, Chromium's version)."""
    with tempfile.TemporaryDirectory() as folder, jupyter_server(Path(folder)) as server, chromium(folder) as browser:
        write_notebook(server.work / "notebooks/latency.ipynb", STEPPER.strip(), INTERACT.strip())
        page = watched_page(browser.new_context(viewport=WIDE))
        open_lab(page, server)
        panel = open_notebook(page, "notebooks/latency.ipynb")
        panel.locator(".widget-interact img").wait_for()
        stepper = latencies(page, ".ftg-player", "input[type=range]", "svg[data-step]")
        interact = latencies(page, ".widget-interact", ".noUi-handle", "img")
        if page.problems:
            sys.exit("\n".join(page.problems))
        return stepper, interact, browser.version


def report(stepper, interact, browser):
    """The result as Markdown."""
    ours, theirs = statistics.median(stepper), statistics.median(interact)
    rows = [("stepper (`show_gradient_flow`)", stepper), ("`interact` + matplotlib", interact)]
    table = "\n".join(
        f"| {name} | {statistics.median(times):.1f} ms | {min(times):.1f} to {max(times):.1f} ms |"
        for name, times in rows
    )
    verdict = "met" if met(ours, theirs) else "missed"
    machine = f"Chromium {browser.split('.')[0]}, {platform.system()} {platform.machine()}"
    packages = ", ".join(f"{name} {version(name)}" for name in ("jupyterlab", "ipywidgets", "matplotlib", "ipykernel"))
    return f"""# From key press to changed picture

Written by `make bench`. The running actor's gradient flow, 35 steps, drawn twice in one notebook in JupyterLab and
stepped with the right arrow key, {STEPS} times each, in one run. The time ends when the new picture is in the page.

| drawn by | median | range |
|---|---|---|
{table}

**The stepper is {theirs / ours:.0f} times faster.**
Target (a median of at most {TARGET_MS} ms, at least {TARGET_RATIO} times faster): {verdict}.

Python {platform.python_version()}, {packages}, {machine}.
"""


def met(ours, theirs):
    """Whether both medians are within the target."""
    return ours <= TARGET_MS and theirs >= TARGET_RATIO * ours


def main():
    """Measure, print and write the report; exit 1 when the target is missed."""
    stepper, interact, browser = measure()
    text = report(stepper, interact, browser)
    print(text)
    (HERE / "stepper_latency.md").write_text(text, encoding="utf-8")
    sys.exit(not met(statistics.median(stepper), statistics.median(interact)))


if __name__ == "__main__":
    main()
