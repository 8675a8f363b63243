"""What the networks of the benchmark ask for."""

from benchmarks.backprop.networks import Network


def test_operations_are_those_of_the_matrix_products():
    assert Network((3, 5), 7, "float32").flops == 2 * 2 * 7 * 3 * 5  # forward and dW
    assert Network((3, 5, 2), 7, "float32").flops == 2 * 7 * (2 * 3 * 5 + 3 * 5 * 2)
