"""Time from the hand to the changed picture in JupyterLab: the live gradient against `interact` with matplotlib.

    make bench-live

All pictures stand in the same notebook, in the same Chromium, in one run. Writes live_latency.md beside this file. The
times differ from machine to machine; the ratio is the result.
"""

import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.markdown import at_least, at_most, publish, render
from tests.support.jupyter_browser import (
    WIDE,
    chromium,
    jupyter_server,
    open_lab,
    open_notebook,
    watched_page,
    write_notebook,
)

REPORT = Path(__file__).with_suffix(".md")
TEMPLATE = Path(__file__).with_suffix(".md.jinja")
ACTIONS = 30  # no more than there are steps
PACKAGES = ("jupyterlab", "ipywidgets", "matplotlib", "ipykernel")
MOST = {"drag": 4, "drag, 60 nodes": 8, "step": 5, "step, 60 nodes": 5}  # milliseconds, in the median
LEAST_RATIO = 40  # of interact's step to ours

ACTOR = """
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
show_gradient_flow(actor_graph(), follow="u1")
"""
SIXTY = """
from helpers.calculus import Value
w, total = Value(0.5, label="w"), Value(0.1, label="start").exp()
for k in range(14):
    total = total + (w * Value(k - 7.25, label=f"input {k}")).tanh()
total = total * w
total.label = "sixty"
show_gradient_flow(total, follow="w")
"""
INTERACT = """
%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, interact
from helpers.calculus.graph import topological_order
from helpers.running_actor import THETA0

picture = show_gradient_flow(actor_graph())
places = picture.plans["wide"]["centres"]
width, height = picture.plans["wide"]["size"]

def draw(percent):
    root = actor_graph(theta=[THETA0[0] + percent / 100, *THETA0[1:]])
    root.backward()
    nodes = topological_order(root)
    at = {id(node): place for node, place in zip(nodes, places)}
    fig, ax = plt.subplots(figsize=(8, 4))
    for node in nodes:
        for parent in node._prev:
            (x1, y1), (x2, y2) = at[id(parent)], at[id(node)]
            ax.plot([x1, x2], [y1, y2], color="C0" if node.grad > 0 else "C1", lw=1 + abs(node.grad), zorder=1)
    for node in nodes:
        ax.text(*at[id(node)], f"{node.label}\\n{node.data:.3f} | {node.grad:.3f}", ha="center", va="center",
                fontsize=8, bbox={"boxstyle": "round", "facecolor": "white"})
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    plt.show()

interact(draw, percent=IntSlider(0, -100, 200));
"""
# Resolves with the milliseconds from the event, seen before anyone else, until the picture in the page has changed.
MEASURE = """([area, picture, kind]) => {
  const node = document.querySelector(area), part = () => node.querySelector(picture), source = () => part()?.src;
  window.begun = undefined;
  window.measured = new Promise(resolve => {
    const before = source();
    window.addEventListener(kind, () => { window.begun = performance.now(); }, { capture: true, once: true });
    const observer = new MutationObserver((records) => {
      if (window.begun === undefined || !part()) return;
      if (source() ? source() === before : !records.some(({ target }) => part().contains(target))) return;
      observer.disconnect();
      resolve(performance.now() - window.begun);
    });
    observer.observe(node, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}"""


def latencies(page, act, *what):
    """Milliseconds that each of ACTIONS calls of act(k) takes; what: the area, the picture in it, the kind of event."""
    times = []
    for k in range(ACTIONS):
        page.evaluate(MEASURE, what)
        act(k)
        times.append(page.evaluate("() => window.measured"))
        page.wait_for_timeout(100)
    return times


def dragged(page, area):
    """The same, for a number that is dragged to and fro on its box."""
    box = page.locator(area).locator("[role=slider]").first
    box.scroll_into_view_if_needed()
    place = box.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    times = latencies(page, lambda k: page.mouse.move(x + 20 * (k % 2) - 30, y), area, ".ftg-svg", "pointermove")
    page.mouse.up()
    page.locator(area).locator(".reset").click()
    return times


def stepped(page, area, handle, picture):
    """The same, for ArrowRight on the handle."""
    page.locator(f"{area} {handle}").focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(500)
    return latencies(page, lambda _: page.keyboard.press("ArrowRight"), area, picture, "keydown")


def measure():
    """Return ({what: times}, times of interact, Chromium's version)."""
    with tempfile.TemporaryDirectory() as folder, jupyter_server(Path(folder)) as server, chromium(folder) as browser:
        write_notebook(server.work / "notebooks/latency.ipynb", ACTOR.strip(), SIXTY.strip(), INTERACT.strip())
        page = watched_page(browser.new_context(viewport=WIDE, reduced_motion="reduce"))
        open_lab(page, server)
        panel = open_notebook(page, "notebooks/latency.ipynb")
        panel.locator(".widget-interact img").wait_for()
        ours = {}
        for name, label in (("", "log π"), (", 60 nodes", "sixty")):
            area = f".ftg-live[aria-label^='Gradient flow through {label}']"
            page.locator(area).locator(".stage").wait_for()
            ours["drag" + name] = dragged(page, area)
            ours["step" + name] = stepped(page, area, ".stage", ".ftg-svg")
        interact = stepped(page, ".widget-interact", ".noUi-handle", "img")
        if page.problems:
            sys.exit("\n".join(page.problems))
        return ours, interact, browser.version


def report(ours, interact, browser):
    """The report's text and whether all targets are met."""
    medians = {name: statistics.median(times) for name, times in ours.items()}
    theirs = statistics.median(interact)
    ratio = at_least(LEAST_RATIO, [(theirs / medians[name], name) for name in ("drag", "step")])
    limits = {name: at_most(bound, [(medians[name], "median, ms")]) for name, bound in MOST.items()}
    text = render(
        TEMPLATE,
        actions=ACTIONS,
        rows=[(name, *described(times), str(limits[name])) for name, times in ours.items()],
        interact=described(interact),
        ratio=ratio,
        versions=", ".join(f"{name} {version(name)}" for name in PACKAGES),
        browser=browser.split(".")[0],
    )
    return text, not (ratio.missed or any(limit.missed for limit in limits.values()))


def described(times):
    """Median and range as text."""
    return f"{statistics.median(times):.1f} ms", f"{min(times):.1f} to {max(times):.1f} ms"


def main():
    """Measure, print and write the report; exit 1 when a target is missed."""
    publish(REPORT, *report(*measure()))


if __name__ == "__main__":
    main()
