"""Explorers: sliders whose picture Python recomputes on every move. State knows no widget, views know no formula."""

from helpers.explore.gradient_health import explore_health
from helpers.explore.gradient_ledger import explore_ledger
from helpers.explore.neuron_dial import explore_neuron
from helpers.explore.nudge import explore_nudge

__all__ = ["explore_health", "explore_ledger", "explore_neuron", "explore_nudge"]
