"""The layer stepper: forward and backward through the matrices of a network."""
