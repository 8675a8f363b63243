"""The transition stepper: one actor-critic update from one step in the corridor."""
