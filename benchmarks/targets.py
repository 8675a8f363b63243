"""What the project aims at, what was measured, and why it may be missed."""

from dataclasses import dataclass

from networks import SMALL_BATCH
from peers import OURS, PEAK, PEAK_SIZE, RETURNING
from scalars import CHAINS


@dataclass(frozen=True)
class Verdict:
    """A target; figures: list of (number, where), each to be at least `bound`; why: said where it is missed."""

    target: str
    bound: float
    figures: list
    why: str

    @property
    def missed(self):
        """The figures that are too small."""
        return [(number, where) for number, where in self.figures if number < self.bound]

    @property
    def text(self):
        """'met', 'missed by ...' or 'not measured', with the smallest figure."""
        if not self.figures:
            return "not measured"
        number, where = min(self.figures)
        smallest = f"smallest {number:,.3g} ({where})"
        if not self.missed:
            return f"met: {smallest}"
        cases = f"{len(self.missed)} of {len(self.figures)} cases"
        return f"**missed** in {cases} by up to {1 - number / self.bound:.0%}: {smallest}"


SMALL_WHY = (
    "Our time on small networks is NumPy's cost of a call, about 1 µs each for some 25 calls, and then the arithmetic "
    "itself (see the table of parts): the larger the matrices, the less a peer's own cost shows beside it."
)
JAX_WHY = "JAX runs the whole pass as one compiled program, one call instead of 25 of about 1 µs each."
LARGE_WHY = (
    "What is not matrix product here is tanh, its slope, biases and their sums (see the table of parts). They pass "
    "over the arrays once each, and on this machine that costs more than the share allowed."
)
MEMORY_WHY = (
    "Every pass allocates its arrays anew. glibc may hand the memory of the last pass back to the system, and each of "
    "its pages costs when it is touched again; whether it does depends on what else lies on the heap of the process."
)
VALUE_WHY = (
    "micrograd orders the nodes by recursion, the fastest way that Python has, and fails on long chains (its recursion "
    "limit was raised for this run). `Value` keeps a stack of its own, which costs more for each node of a wide graph "
    "and less for each node of a deep one."
)
LINEAR_WHY = "The nodes no longer fit into the processor's cache."


def verdicts(results, scalars):
    """Judge all targets; results: {(dtype, threads): {network: {peer: seconds}}}, scalars: as by `backward_times`."""
    alone = [
        (network, row) for (_, threads), table in results.items() if threads == 1 for network, row in table.items()
    ]

    def over(peer, chosen):
        return [(row[peer] / row[OURS], place(n)) for n, row in alone if peer in row and chosen(n)]

    def share(batch, ours=OURS):
        return [(share_of_peak(n, row, ours), place(n)) for n, row in alone if ours in row and n.batch == batch]

    def small(n):
        return n.batch <= SMALL_BATCH

    def large(n):
        return not small(n)

    ratios = [(row["micrograd"] / row["our Value"], program) for program, row in scalars.items() if "micrograd" in row]
    short, long = (scalars.get(f"chain of {n:,}") for n in CHAINS[-2:])
    linear = [(node_time(short) / node_time(long), "10,000 nodes against 1,000, per node")] if long else []
    return [
        Verdict("3.5 times as fast as PyTorch eager, batch ≤ 100", 3.5, over("PyTorch eager", small), SMALL_WHY),
        Verdict("10 times as fast as autograd, batch ≤ 100", 10, over("autograd", small), SMALL_WHY),
        Verdict("as fast as JAX jit, batch ≤ 100", 1, over("JAX jit", small), JAX_WHY),
        Verdict("(no target) as fast as JAX jit in line, batch ≤ 100", 1, over("JAX jit, in line", small), JAX_WHY),
        Verdict("35 times as fast as micrograd, batch 1", 35, over("micrograd", lambda n: n.batch == 1), SMALL_WHY),
        Verdict(
            "1,000 times as fast as micrograd, batch 100", 1000, over("micrograd", lambda n: n.batch == 100), SMALL_WHY
        ),
        Verdict("0.7 of the matrix-product peak, batch 256", 0.7, share(256), LARGE_WHY),
        Verdict("(no target) the same where freed memory is returned", 0.7, share(256, RETURNING), MEMORY_WHY),
        Verdict("0.8 of the matrix-product peak, batch 1024", 0.8, share(1024), LARGE_WHY),
        Verdict("(no target) the same where freed memory is returned", 0.8, share(1024, RETURNING), MEMORY_WHY),
        Verdict("as fast as PyTorch, batch ≥ 256", 1, over("PyTorch eager", large), LARGE_WHY),
        Verdict("`Value`'s backward as fast as micrograd's", 1, ratios, VALUE_WHY),
        Verdict("`Value`'s backward linear in the nodes (within a third)", 0.75, linear, LINEAR_WHY),
    ]


def place(network):
    """Where a figure was taken."""
    return f"{title(network)}, {network.dtype}"


def title(network):
    """A network's sizes and batch."""
    return f"{'-'.join(map(str, network.sizes))}, batch {network.batch}"


def share_of_peak(network, row, ours=OURS):
    """Our operations a second over those of one large matrix product."""
    return network.flops / row[ours] * row[PEAK] / (2 * PEAK_SIZE**3)


def node_time(row):
    """Seconds of our backward for each node."""
    return row["our Value"] / row["nodes"]
