"""A look at the reader's installation: is everything here that the lessons need, and does it compute what it should?"""

import sys
from html import escape
from importlib import metadata

from packaging.requirements import Requirement

PACKAGE = "follow-the-gradient"


class InstallationReport:
    """Lines (what, found, fine), one for each thing looked at; `fine` is True when all of them are."""

    def __init__(self, lines):
        self.lines = lines

    @property
    def fine(self):
        """True when nothing is missing and nothing computes wrongly."""
        return all(good for _, _, good in self.lines)

    def __repr__(self):
        verdict = "Everything is ready." if self.fine else "Something is missing: run `make setup`, restart the kernel."
        rows = [f"{'ok     ' if good else 'PROBLEM'}  {what}: {found}" for what, found, good in self.lines]
        return "\n".join([*rows, verdict])

    def _repr_html_(self):
        return f"<pre>{escape(repr(self))}</pre>"


def check_installation():
    """Look at Python, the required packages, one gradient and one picture; returns an `InstallationReport`."""
    version = ".".join(map(str, sys.version_info[:3]))
    lines = [("Python", version, sys.version_info >= (3, 11))]
    for line in metadata.requires(PACKAGE) or []:
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate():
            continue  # of an extra, such as a JupyterLab where the place brings none
        try:
            found = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            lines.append((requirement.name, "not installed", False))
        else:
            lines.append((requirement.name, found, requirement.specifier.contains(found, prereleases=True)))
    return InstallationReport([*lines, _one_gradient(), _one_picture()])


def _one_gradient():
    from helpers.calculus.differences import complex_step
    from helpers.calculus.graph import topological_order
    from helpers.running_actor import THETA0, actor_graph, followed

    root = actor_graph()
    root.backward()
    by_graph = next(node.grad for node in topological_order(root) if node.label == "u1")
    by_complex_step = complex_step(followed, THETA0[0])
    apart = abs(by_graph - by_complex_step)  # without the number itself, which the lesson asks for
    return "one gradient, two ways", f"{apart:.0e} apart", apart < 1e-12


def _one_picture():
    from helpers.running_actor import actor_graph
    from helpers.steppers import show_gradient_flow

    boxes = len(show_gradient_flow(actor_graph()).nodes)
    return "one live picture", f"{boxes} boxes", boxes > 0
