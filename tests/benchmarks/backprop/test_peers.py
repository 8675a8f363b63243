"""All peers that are installed here compute the gradient that ours computes."""

import pytest

from benchmarks.backprop.networks import TOLERANCES, Network, largest_difference
from benchmarks.backprop.peers import PEAK, PEERS, installed, ours


@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("peer", [peer for peer in PEERS if installed(peer) and peer != PEAK])
def test_peers_compute_the_same_gradient(peer, dtype):
    for sizes, batch in [((2, 3, 1), 1), ((2, 3, 2), 4)]:
        gradients = []
        for build in (ours, PEERS[peer].build):
            step, gradient = build(Network(sizes, batch, dtype))
            step()
            step()
            gradients.append(gradient())
        assert largest_difference(*gradients) < TOLERANCES[dtype]
