"""The report of `make bench-backprop`: what its template is filled with."""

from functools import partial
from math import inf
from pathlib import Path

from benchmarks.backprop.networks import TOLERANCES
from benchmarks.backprop.peers import OURS, PEAK, PEAK_SIZE, PEERS, RETURNING, installed
from benchmarks.backprop.scalars import CHAINS
from benchmarks.backprop.steps import KEEPING
from benchmarks.markdown import duration, render, table
from benchmarks.processes import SLOWING

TEMPLATE = Path(__file__).with_name("report.md.jinja")


def report(results, versions, operations, scalars, repeats, min_time, slowing):
    """Everything in one text.

    results: {(dtype, threads): {network: {peer: seconds}}}; versions: {threads: {peer: (version, thread pools)}};
    operations: {network: {kind: seconds}}; scalars: as by `backward_times`; repeats, min_time: how it was timed;
    slowing: those of `SLOWING` that were set outside.
    """
    alone = [row for (_, threads), rows in results.items() if threads == 1 for row in rows.items()]
    return render(
        TEMPLATE,
        ours=OURS,
        returning=RETURNING,
        peak_size=PEAK_SIZE,
        tolerances=TOLERANCES,
        keeping=KEEPING,
        repeats=repeats,
        min_time=min_time,
        missing=[peer for peer in PEERS if not installed(peer)],
        ratios=partial(ratios, alone),
        shares=partial(shares, alone),
        scalar_ratios=scalar_ratios(scalars),
        linearity=linearity(scalars),
        results=results,
        times_and_ratios=times_and_ratios,
        peak_rows=peak_rows(results),
        operations=table_of_operations(operations),
        scalar_rows=scalar_rows(scalars),
        variables=SLOWING,
        slowing=slowing,
        modules=dict.fromkeys(module for peers in versions.values() for module, _ in peers.values()),
        versions=versions,
    )


def ratios(rows, peer, least=1, most=inf):
    """Figures: times of a peer over ours, on the networks with such a batch; rows: pairs (network, {peer: seconds})."""
    return [(row[peer] / row[OURS], place(n)) for n, row in rows if peer in row and least <= n.batch <= most]


def shares(rows, batch, ours=OURS):
    """Figures: our shares of the peak, on the networks with this batch."""
    return [
        (share_of_peak(n, row, ours), place(n)) for n, row in rows if {ours, PEAK} <= row.keys() and n.batch == batch
    ]


def place(network):
    """Where a figure was taken."""
    return f"{network.title}, {network.dtype}"


def share_of_peak(network, row, ours=OURS):
    """Our operations a second over those of one large matrix product."""
    return network.flops / row[ours] * row[PEAK] / (2 * PEAK_SIZE**3)


def scalar_ratios(scalars):
    """Figures: times of micrograd's backward over ours."""
    return [(row["micrograd"] / row["our Value"], program) for program, row in scalars.items() if "micrograd" in row]


def linearity(scalars):
    """Figure: time of our backward for each node of the second longest chain, over that of the longest."""
    short, long = (scalars.get(f"chain of {n:,}") for n in CHAINS[-2:])
    return [(node_time(short) / node_time(long), "10,000 nodes against 1,000, per node")] if long else []


def node_time(row):
    """Seconds of our backward for each node."""
    return row["our Value"] / row["nodes"]


def times_and_ratios(networks):
    """Our time, and the others' as ratios."""
    peers = [peer for peer in PEERS if peer not in (OURS, PEAK) and any(peer in row for row in networks.values())]
    rows = [
        [network.title, duration(row[OURS]), *(f"{row[p] / row[OURS]:,.3g}" if p in row else "" for p in peers)]
        for network, row in networks.items()
    ]
    return table(["network", OURS, *(f"{peer}, ratio" for peer in peers)], rows)


def peak_rows(results):
    """Our operations a second beside the peak's, on the large networks."""
    return [
        [n.title, n.dtype, str(threads), f"{2e-9 * PEAK_SIZE**3 / row[PEAK]:.0f}", f"{n.flops / row[OURS] / 1e9:.0f}"]
        + [f"{share_of_peak(n, row):.0%}"]
        for (_, threads), networks in results.items()
        for n, row in networks.items()
        if PEAK in row
    ]


def table_of_operations(operations):
    """Kinds of operations as shares of the whole step."""
    kinds = [kind for kind in next(iter(operations.values())) if kind != "all"]
    rows = [
        [n.title, n.dtype, duration(row["all"]), *(f"{row[kind] / row['all']:.0%}" for kind in kinds)]
        for n, row in operations.items()
    ]
    return table(["network", "dtype", "step", *kinds], rows)


def scalar_rows(scalars):
    """Ours, the time for each node, micrograd's and the ratio."""
    rows = []
    for program, row in scalars.items():
        theirs = row.get("micrograd")
        rows.append([program, f"{row['nodes']:,}", duration(row["our Value"]), f"{1e9 * node_time(row):.0f} ns"])
        rows[-1] += [duration(theirs), f"{theirs / row['our Value']:.2f}"] if theirs else ["missing", ""]
    return rows
