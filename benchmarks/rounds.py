"""Interleaved timing of peers, each in a process of its own with its number of threads set before any import."""

import gc
import os
import statistics
import time
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context

from networks import TOLERANCES, largest_difference
from parts import seconds_of_parts
from peers import OURS, PEERS, RETURNING, serves
from scalars import backward_times

SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # of OpenBLAS; they choose another kernel than the processor's own
COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
KEEPING = {f"MALLOC_{name}_THRESHOLD_": str(2**31) for name in ("TRIM", "MMAP")}  # freed memory stays with glibc
LONG = 0.1  # seconds after which a step needs no warm-up


def installed(peer):
    """Whether the module of this peer can be imported."""
    return find_spec(PEERS[peer][1]) is not None


def processors():
    """The processors that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count()))


class Child:
    """A process that answers requests (name of a function of `Worker`, its arguments)."""

    def __init__(self, peer, threads):
        self.connection, other = get_context("spawn").Pipe()
        self.process = get_context("spawn").Process(target=serve, args=(other, peer, threads), daemon=True)
        memory = {} if peer == RETURNING else KEEPING
        with environment(dict.fromkeys(COUNTS, str(threads)) | memory, (*SLOWING, *KEEPING)):
            self.process.start()
        other.close()

    def ask(self, request, *arguments):
        """Return the child's answer; RuntimeError for what went wrong there."""
        self.connection.send((request, arguments))
        answer = self.connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self):
        """End the process."""
        self.connection.send(None)
        self.process.join()
        self.connection.close()


@contextmanager
def environment(added, removed):
    """Change environment variables for the processes started meanwhile."""
    before = dict(os.environ)
    for name in removed:
        os.environ.pop(name, None)
    os.environ.update(added)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def serve(connection, peer, threads):
    """What a child runs; JAX knows no variable for its threads, but counts the processors it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, processors()[-threads:])
    worker = Worker(peer)
    while (message := connection.recv()) is not None:
        request, arguments = message
        try:
            connection.send(getattr(worker, request)(*arguments))
        except Exception as error:
            connection.send(RuntimeError(f"{peer}: {error!r}"))


class Worker:
    """One peer and the network that it runs now."""

    def __init__(self, peer):
        self.peer = peer

    def build(self, network):
        """Prepare a network, run it and return its gradient."""
        self.step, gradient = PEERS[self.peer][0](network)
        self.step()
        self.last = self.measured(1)
        return gradient()

    def turn(self, enough):
        """Mean seconds of a step, over as many steps as take about `enough` seconds."""
        if self.last < LONG:
            self.step()
        self.last = self.measured(max(1, round(enough / self.last)))
        return self.last

    def measured(self, steps):
        """Mean seconds of so many steps, while the garbage collector rests; it cleans up afterwards."""
        gc.disable()
        start = time.perf_counter()
        for _ in range(steps):
            self.step()
        seconds = time.perf_counter() - start
        gc.enable()
        gc.collect()
        return seconds / steps

    def scalars(self, rounds):
        """Times of backward on single numbers."""
        return backward_times(rounds)

    def parts(self, network, rounds, enough):
        """Where our time goes."""
        return seconds_of_parts(network, rounds, enough)

    def version(self):
        """Name and version of the peer's module, with the libraries of threads that it has loaded."""
        module = PEERS[self.peer][1]
        if not find_spec("threadpoolctl"):
            return f"{module} {version(module)}", "threadpoolctl is not installed"
        from threadpoolctl import threadpool_info

        pools = (
            f"{pool['internal_api']} {pool['version'] or ''} {pool.get('architecture', '')}".split()
            + [f"with num_threads = {pool['num_threads']}"]
            for pool in threadpool_info()
        )
        return f"{module} {version(module)}", ", ".join(" ".join(pool) for pool in pools)


def measure(networks, threads, rounds, enough, rest):
    """Return ({network: {peer: median seconds}}, {peer: its version}) of all installed peers.

    The peers take turns; `rest` seconds lie between two turns, in which the threads of the last one fall asleep.
    AssertionError when a peer's gradient differs from ours.
    """
    asked = [peer for peer in PEERS if any(serves(peer, network, threads) for network in networks)]
    children = {peer: Child(peer, threads) for peer in asked if installed(peer)}
    try:
        results = {network: medians(network, children, threads, rounds, enough, rest) for network in networks}
        return results, {peer: child.ask("version") for peer, child in children.items()}
    finally:
        for child in children.values():
            child.close()


def medians(network, children, threads, rounds, enough, rest):
    """Median seconds of each peer on one network, after a comparison of the gradients."""
    reference = children[OURS].ask("build", network)
    times = {OURS: []}
    for peer, child in children.items():
        if peer != OURS and serves(peer, network, threads):
            gradient, times[peer] = child.ask("build", network), []
            off = largest_difference(gradient, reference) if gradient else 0.0
            assert off <= TOLERANCES[network.dtype], f"{peer}: gradient differs by {off:.1e} on {network}"
    for _ in range(rounds):
        for peer, seconds in times.items():
            time.sleep(rest)
            seconds.append(children[peer].ask("turn", enough))
    return {peer: statistics.median(seconds) for peer, seconds in times.items()}
