"""The gradient-flow stepper: a graph of boxes, forward and backward, one edge at a time."""
