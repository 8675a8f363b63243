"""Explorers: controls under the reader's hand. Python draws the picture, a script moves it."""

from helpers.explore.function import explore
from helpers.explore.gradient_health import explore_health
from helpers.explore.gradient_ledger import explore_ledger
from helpers.explore.neuron_dial import explore_neuron
from helpers.explore.nudge import explore_nudge

__all__ = ["explore", "explore_health", "explore_ledger", "explore_neuron", "explore_nudge"]
