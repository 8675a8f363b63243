"""Judges of pass_back: shares of one node's gradient for its parents."""

DRAFT = '''def pass_back(node):
    """Give each parent of the node its share of the node's gradient."""
    for parent, local in zip(node.parents, node.local):
        parent.grad = local * node.grad
'''
DRAFT_HINTS = (
    "`zip(node.parents, node.local)` gives each parent together with its local derivative.",
    "A parent's share is local × upstream, and the upstream stands in `node.grad`. It belongs into `parent.grad`.",
)


def family(E, *local, have=()):
    """A node with one parent for each local derivative; have: gradients that the parents hold already."""
    parents = tuple(E.Value(k + 2.0) for k in range(len(local)))
    for parent, grad in zip(parents, have, strict=False):
        parent.grad = grad
    return E.Value(1.0, parents, local, "test"), parents


def judge_draft(E):
    """Each parent gets local times upstream, however many parents there are, and nobody else gets anything."""
    for upstream, local in ((1.0, (-3.0, 2.0)), (10.0, (-3.0, 2.0)), (10.0, (0.25,)), (2.0, (1.0, -4.0, 0.5))):
        node, parents = family(E, *local)
        node.grad = upstream
        E.pass_back(node)
        given, right = [p.grad for p in parents], [each * upstream for each in local]
        if given != right:
            return told_by_old_gradients(E) or wrong_share(given, right, local, upstream)
        if node.grad != upstream:
            return (
                f"it has changed the node's own gradient from {upstream:g} to {node.grad:g}; only the parents' change"
            )
    a = E.Value(2.0)
    b = E.Value(3.0, (a,), (5.0,), "test")
    c = E.Value(4.0, (b,), (7.0,), "test")
    c.grad = 1.0
    E.pass_back(c)
    if a.grad != 0.0:
        return "it goes on to the parents of the parents. One step only: who comes next is decided later"
    return ""


def told_by_old_gradients(E):
    """Words for mistakes that show only where the parents have a gradient already, else ''."""
    node, parents = family(E, 3.0, -4.0, have=(100.0, 7.0))
    node.grad = 10.0
    E.pass_back(node)
    given = [p.grad for p in parents]
    if given in ([300.0, -28.0], [400.0, -21.0]):
        return "you multiply by the parent's own gradient, which is still 0; the upstream is `node.grad`"
    if given == [3000.0, -280.0]:
        return "`parent.grad` is 0 at first, and 0 times anything stays 0: `*=` lets no share in"
    if given == [100.0, 7.0] and node.grad != 10.0:
        return "you change the node's own gradient: it is the parents that get something"
    return ""


def wrong_share(given, right, local, upstream):
    """Words for shares that are not local times upstream."""
    if not any(given):
        return "no gradient has arrived: the shares belong into `parent.grad`"
    if len(local) == 2 and given == [local[1] * upstream, local[0] * upstream]:
        return (
            "the two shares are exchanged: each parent has its own local derivative, at the same place in `node.local`"
        )
    if given == [*local]:
        return (
            f"with node.grad = {upstream:g} the shares must be {upstream:g} times as large: "
            "local × upstream, and the upstream stands in `node.grad`"
        )
    if given == [upstream] * len(local):
        return "each parent has got the upstream alone: its local derivative, in `node.local`, is missing"
    if given[: len(given) - 1] == right[: len(given) - 1] or given[1:] == right[1:]:
        return (
            f"of {len(local)} parents only some have got the right share: ({shown(given)}) for ({shown(right)}). "
            "A node may have one parent, or three"
        )
    return (
        f"for local derivatives ({shown(local)}) and node.grad = {upstream:g} the parents get ({shown(given)}), "
        f"and by (3.1) it should be ({shown(right)})"
    )


def judge_pass_back(E):
    """Shares are added to what is there, twice for one parent that stands there twice; nothing else changes."""
    if said := judge_draft(E):
        return said
    a = E.Value(2.0)
    c = E.Value(4.0, (a, a), (1.0, 1.0), "+")
    c.grad = 1.0
    E.pass_back(c)
    if a.grad != 2.0:
        known = {1.0: "the second share has replaced the first. Both must count", 0.0: "nothing is left"}
        return f"for c = a + a, a's gradient must be 2; yours is {a.grad:g}: {known.get(a.grad, 'two shares of 1 are due')}"
    for local, have in (((3.0, -4.0), (100.0, 7.0)), ((2.0,), (0.5,))):
        node, parents = family(E, *local, have=have)
        node.grad = 10.0
        E.pass_back(node)
        for p, each, old in zip(parents, local, have, strict=True):
            if p.grad != old + 10.0 * each:
                lost = p.grad == 10.0 * each
                return (
                    f"a parent that had {old:g} already, from another child, and gets {10 * each:g} more must have {old + 10 * each:g}; "
                    f"yours has {p.grad:g}" + (": what was there before is gone" if lost else "")
                )
    return ""


def shown(numbers):
    """Numbers in a row."""
    return ", ".join(f"{number:g}" if isinstance(number, int | float) else str(number) for number in numbers)
