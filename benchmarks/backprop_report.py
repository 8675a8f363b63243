"""The report of `make bench-backprop` as Markdown."""

import platform

from networks import TOLERANCES
from peers import OURS, PEAK, PEAK_SIZE, PEERS, RETURNING
from rounds import KEEPING, SLOWING, installed
from targets import node_time, share_of_peak, title, verdicts


def report(results, versions, parts, scalars, setting, set_variables):
    """Everything in one text.

    results: {(dtype, threads): {network: {peer: seconds}}}; versions: {threads: {peer: (version, thread pools)}};
    parts: {network: {kind: seconds}}; scalars: {program: {kind: seconds}}; setting: how it was timed, in words;
    set_variables: those of `SLOWING` that were set outside.
    """
    missing = [peer for peer in PEERS if not installed(peer)]
    judged = verdicts(results, scalars)
    reasons = list(dict.fromkeys(verdict.why for verdict in judged if verdict.missed))
    tolerances = ", ".join(f"{tolerance:g} in {dtype}" for dtype, tolerance in TOLERANCES.items())
    absent = f"Missing, and so not measured: {', '.join(missing)}; `make bench-setup` installs them."
    texts = [
        "# Forward and backward pass: our NumPy code and its peers",
        "Written by `make bench-backprop`: one run, one machine. A step is forward pass, mean squared error and "
        "backward pass of a tanh network with the same weights and inputs for all; all gradients were compared with "
        f"ours before timing (largest relative difference allowed: {tolerances}). {setting} A ratio says how many "
        "times longer than ours a peer took. Python's garbage collector rests while a turn is timed "
        "(micrograd's cycles would keep it busy for most of the time).",
        absent if missing else "No peer is missing.",
        "## Targets",
        table(["at least (one thread)", "measured"], [[v.target, v.text] for v in judged]),
        *(f"Why missed: {reason}" for reason in reasons),
        "On the large networks all peers wait for the same matrix products. A ratio over PyTorch there depends on the "
        "processor and on the BLAS that each was built with, and is no merit of the code; the share of the peak is the "
        "figure that says something about it.",
    ]
    for (dtype, threads), networks in results.items():
        texts += [f"## {dtype}, {threads} thread{'s' * (threads > 1)}", times_and_ratios(networks)]
    texts += [
        "*JAX jit* is JAX as installed: it hands the work to another thread and waits. *JAX jit, in line* has "
        "`jax_cpu_enable_async_dispatch` off and works in the calling thread, which suits small networks better.",
        f"All processes but one are told to keep freed memory ({', '.join(KEEPING)}, of glibc); *{RETURNING}* is our "
        "code without that, with glibc as it comes.",
        "## Share of the matrix-product peak",
        f"Peak: one product of two {PEAK_SIZE} x {PEAK_SIZE} matrices, timed in the same rounds with the same dtype "
        "and threads. Counted for a step are 2 N d_in d_out operations for each matrix product, three products a layer "
        "(forward, dW, dX), but no dX in the first layer, whose inputs need no gradient. All else counts as zero.",
        shares(results),
        "## Parts of our time, one thread",
        "Each kind of operation alone on the same arrays; the rest is Python, checks and what the kinds share.",
        table_of_parts(parts),
        "## Backward on single numbers",
        "Only `backward()`, on a fresh graph each time, in turns.",
        table_of_scalars(scalars),
        "## Versions and threads",
        "\n".join(f"- {line}" for line in about(versions, set_variables)),
    ]
    return "\n\n".join(texts) + "\n"


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def times_and_ratios(networks):
    """Our time, and the others' as ratios."""
    peers = [peer for peer in PEERS if peer not in (OURS, PEAK) and any(peer in row for row in networks.values())]
    rows = [
        [title(network), duration(row[OURS]), *(f"{row[p] / row[OURS]:,.3g}" if p in row else "" for p in peers)]
        for network, row in networks.items()
    ]
    return table(["network", OURS, *(f"{peer}, ratio" for peer in peers)], rows)


def shares(results):
    """Large networks only."""
    rows = [
        [title(n), n.dtype, str(threads), f"{2e-9 * PEAK_SIZE**3 / row[PEAK]:.0f}", f"{n.flops / row[OURS] / 1e9:.0f}"]
        + [f"{share_of_peak(n, row):.0%}"]
        for (_, threads), networks in results.items()
        for n, row in networks.items()
        if PEAK in row
    ]
    return table(["network", "dtype", "threads", "peak, GFLOP/s", "ours, GFLOP/s", "share"], rows)


def table_of_parts(parts):
    """Kinds of operations as shares of the whole step."""
    kinds = [kind for kind in next(iter(parts.values())) if kind != "all"]
    rows = [
        [title(n), n.dtype, duration(row["all"]), *(f"{row[kind] / row['all']:.0%}" for kind in kinds)]
        for n, row in parts.items()
    ]
    return table(["network", "dtype", "step", *kinds], rows)


def table_of_scalars(scalars):
    """Ours, micrograd's, ratio and the time for each node."""
    rows = []
    for program, row in scalars.items():
        theirs = row.get("micrograd")
        rows.append([program, f"{row['nodes']:,}", duration(row["our Value"]), f"{1e9 * node_time(row):.0f} ns"])
        rows[-1] += [duration(theirs), f"{theirs / row['our Value']:.2f}"] if theirs else ["missing", ""]
    return table(["program", "nodes", "our Value", "for each node", "micrograd", "ratio"], rows)


def about(versions, set_variables):
    """Lines on the machine, the peers and their threads."""
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}."
    were = (
        f"were set on this machine and unset for this run: {', '.join(set_variables)}."
        if set_variables
        else "were not set."
    )
    yield f"Of {' and '.join(SLOWING)}, which make OpenBLAS choose another kernel and may slow NumPy, {were}"
    modules = dict.fromkeys(module for peers in versions.values() for module, _ in peers.values())
    yield f"Peers: {', '.join(modules)}. JAX counts the processors that it may use; all others are told their threads."
    for threads, peers in versions.items():
        for peer in ("PyTorch eager", OURS):
            if peer in peers:
                yield f"{peer}, {threads} thread{'s' * (threads > 1)}: {peers[peer][1]}."


def duration(seconds):
    """Seconds in a unit that fits."""
    return f"{seconds * 1e3:,.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"
