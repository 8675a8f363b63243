"""What readers answer instead of a slope or of a product: wrong numbers, each with words that say what was done.

A number is a function of how the factors are read: as they are, or as the picture displays them.
"""

from helpers.drawing.svg import number
from helpers.steppers.gradient_flow.formulas import grouped, partial


def displayed(value):
    """The number as a reader of the picture sees it."""
    return float(number(value).replace("−", "-"))


def rule_of(nodes, source, target, operand):
    """Return (the local derivative as a formula in labels, [(wrong number, words), ...])."""
    node, x, y = nodes[target], nodes[source].value, nodes[target].value
    here, there = nodes[source].name, grouped(node.name)
    if node.op == "*":
        other = nodes[node.parents[1 - operand]].name
        moves = f"That is {here} itself. When {here} moves a little, {node.name} moves {other} times as much."
        return other, [(x, moves), (1.0, "A sum would have the slope 1; this is a product.")]
    if node.op == "tanh":
        return f"1 − {there}²", [
            (1 - x * x, f"The slope of tanh is 1 minus the square of its *output* {node.name}; you squared {here}."),
            (y * y, "That is the square alone; the slope is 1 minus it."),
            (y * (1 - y), "y(1 − y) is the slope of the sigmoid; this is tanh."),
        ]
    if node.op == "sigmoid":
        return f"{there}(1 − {there})", [
            (x * (1 - x), f"The formula p(1 − p) takes the sigmoid's *output* {node.name}; you put {here} into it."),
            (1 - y, f"The factor {node.name} is missing: the slope is p(1 − p)."),
            (1 - y * y, "1 − y² is the slope of tanh; this is a sigmoid."),
        ]
    if node.op == "log":
        return f"1/{grouped(here)}", [(x, f"That is {here} itself; the slope of log is 1 divided by it.")]
    if node.op == "exp":
        return there, [(x, f"The slope of exp is its own value, {node.name}; you gave what goes in.")]
    if node.op == "ReLU":
        return "1 where on, 0 where off", [(x, "That is what goes in; the slope of ReLU is 1 or 0.")]
    if node.op == "**":
        k = node.exponent
        return f"{k:g}·{grouped(here)}" + (f"^{k - 1:g}" if k != 2 else ""), [
            (k * y, "The exponent comes down, and one less of it stays above."),
            (y / k if k else 0.0, "You divided by the exponent; it is a factor."),
        ]
    return "what your own code says", []


def wrong_slopes(nodes, source, target, operand):
    """Pairs (number, words) for the question after the local derivative, the likeliest first."""
    node, local = nodes[target], nodes[target].locals[operand]
    for value, words in rule_of(nodes, source, target, operand)[1]:
        yield lambda read, value=value: read(value), words
    asked = f"That is the value of {node.name}; the question is how it answers to {nodes[source].name}."
    yield lambda read: read(node.value), asked
    yield lambda read: -read(local), "The size is right, the sign is not."


def wrong_parts(nodes, source, target, operand, gradients):
    """Pairs (number, words) for the question after what arrives along an edge, the likeliest first."""
    here, there, root = nodes[source].name, nodes[target].name, nodes[-1].name
    slope, upstream = f"the local derivative, {partial(there, here)},", f"the upstream, {partial(root, there)},"
    a, b = nodes[target].locals[operand], gradients[target]
    yield lambda read: read(a), f"That is {slope} alone: {upstream} is missing."
    yield lambda read: read(b), f"That is {upstream} alone: {slope} is missing."
    yield lambda read: -read(a) * read(b), f"The size is right, the sign is not: {_signs(a, b)}."
    yield lambda read: read(a) + read(b), "You added local and upstream: the chain rule multiplies them."
    if a != 0:
        yield lambda read: read(b) / read(a), f"You divided by {slope} and the upstream is multiplied by it."
    if source in gradients:
        total = f"That is the total which {here} has after this edge: give only what this edge adds."
        yield lambda read: read(gradients[source]) + read(a) * read(b), total
    for other, parent in enumerate(nodes[target].parents):
        if other != operand:
            other_slope = f"{partial(there, nodes[parent].name)}, belongs to the other operand, {nodes[parent].name}"
            words = f"The local derivative is wrong: that one, {other_slope}."
            yield lambda read, factor=nodes[target].locals[other]: read(factor) * read(b), words
    value = f"The upstream is wrong: you took the value of {there}; its gradient stands below it."
    yield lambda read: read(a) * read(nodes[target].value), value
    owners = {}
    for i, gradient in gradients.items():
        owners.setdefault(displayed(gradient), []).append(i)  # the target's own gives the answer, and is left out
    for same in owners.values():
        names = " or ".join([*(nodes[i].name for i in sorted(same)[:3]), *["another node"][: len(same) > 3]])
        words = f"The upstream is wrong: that is the one of {names}, not of {there}."
        yield lambda read, factor=gradients[same[0]]: read(a) * read(factor), words


def _signs(local, upstream):
    if (local < 0) == (upstream < 0):
        return f"{'both factors are' if local < 0 else 'neither factor is'} negative, so their product is positive"
    return f"only the {'local derivative' if local < 0 else 'upstream'} is negative, so the product is negative"
