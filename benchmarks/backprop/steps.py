"""Steps of all peers, timed in turns, each peer in a process of its own."""

import time
from contextlib import ExitStack
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec

from benchmarks.backprop.networks import TOLERANCES, largest_difference
from benchmarks.backprop.peers import OURS, PEERS, RETURNING, installed, serves
from benchmarks.processes import worker
from benchmarks.timing import interleaved, seconds_per_call

KEEPING = {f"MALLOC_{name}_THRESHOLD_": str(2**31) for name in ("TRIM", "MMAP")}  # freed memory stays with glibc
PAUSE = 0.05  # seconds between two turns, in which the threads of the last one fall asleep


def step_times(networks, threads, repeats, min_time):
    """Return ({network: {peer: median seconds of a step}}, {peer: its version}) of all installed peers."""
    asked = [peer for peer in PEERS if installed(peer) and any(serves(peer, n, threads) for n in networks)]
    with ExitStack() as stack:
        workers = {
            peer: stack.enter_context(worker(threads, dict.fromkeys(KEEPING) if peer == RETURNING else KEEPING))
            for peer in asked
        }
        times = {network: times_on(network, workers, threads, repeats, min_time) for network in networks}
        return times, {peer: ask(version_of, peer) for peer, ask in workers.items()}


def times_on(network, workers, threads, repeats, min_time):
    """Median seconds of each peer on one network; AssertionError when a peer's gradient differs from ours."""
    asked = {peer: ask for peer, ask in workers.items() if serves(peer, network, threads)}
    gradients = {peer: ask(gradient_of, peer, network) for peer, ask in asked.items()}
    for peer, gradient in gradients.items():
        off = largest_difference(gradient, gradients[OURS]) if gradient else 0.0
        assert off <= TOLERANCES[network.dtype], f"{peer}: gradient differs by {off:.1e} on {network}"

    def timing(peer):
        time.sleep(PAUSE * (threads > 1))
        return asked[peer](seconds_of_step, peer, network, min_time)

    return interleaved({peer: lambda peer=peer: timing(peer) for peer in asked}, repeats)


@lru_cache(1)
def built(peer, network):
    """(step, gradient) of a peer, kept until it is asked for another network."""
    return PEERS[peer].build(network)


def gradient_of(peer, network):
    """The peer's gradient, after one step."""
    step, gradient = built(peer, network)
    step()
    return gradient()


def seconds_of_step(peer, network, min_time):
    """Mean seconds of the peer's step."""
    return seconds_per_call(built(peer, network)[0], min_time)


def version_of(peer):
    """Name and version of the peer's module, with the libraries of threads that it has loaded."""
    module = PEERS[peer].module
    if not find_spec("threadpoolctl"):
        return f"{module} {version(module)}", "threadpoolctl is not installed"
    from threadpoolctl import threadpool_info

    pools = (
        f"{pool['internal_api']} {pool['version'] or ''} {pool.get('architecture', '')}".split()
        + [f"with num_threads = {pool['num_threads']}"]
        for pool in threadpool_info()
    )
    return f"{module} {version(module)}", ", ".join(" ".join(pool) for pool in pools)
