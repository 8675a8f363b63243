"""The transition stepper: one actor-critic update from one step in the corridor."""

from helpers.steppers.transition.view import show_transition

__all__ = ["show_transition"]
