"""The self-test of lesson 00: it says ok when all is well, and finds what is missing."""

from importlib import metadata

import pytest

from helpers import installation
from helpers.installation import check_installation


def test_this_installation_is_fine():
    report = check_installation()
    assert report.fine
    assert repr(report).endswith("Everything is ready.")
    assert {line[0] for line in report.lines} >= {"Python", "numpy", "sympy", "ipywidgets", "gymnasium"}
    assert "jupyterlab" not in repr(report)  # an extra: Colab and VS Code bring something else


def test_a_missing_package_is_named(monkeypatch):
    def version(name):
        if name == "sympy":
            raise metadata.PackageNotFoundError(name)
        return metadata.distribution(name).version

    monkeypatch.setattr(installation.metadata, "version", version)
    report = check_installation()
    assert not report.fine
    assert "PROBLEM  sympy: not installed" in repr(report)
    assert "make setup" in repr(report)


def test_an_old_package_is_named(monkeypatch):
    monkeypatch.setattr(installation.metadata, "version", lambda name: "0.1")
    assert "PROBLEM  numpy: 0.1" in repr(check_installation())


def test_a_wrong_gradient_is_noticed(monkeypatch):
    monkeypatch.setattr("helpers.calculus.differences.complex_step", lambda f, x: 1.0)
    assert "PROBLEM  one gradient, two ways" in repr(check_installation())


@pytest.mark.parametrize("good, word", [(True, "ok"), (False, "PROBLEM")])
def test_report_in_html(good, word):
    html = installation.InstallationReport([("a <b>", "c", good)])._repr_html_()
    assert "a &lt;b&gt;: c" in html and word in html
