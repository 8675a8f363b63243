"""Some entries are wrong and others right: which, and what is the matter with those."""

import numpy as np

from helpers.diagnosis.factor import factors, sign
from helpers.diagnosis.function import itself
from helpers.diagnosis.term import terms
from helpers.diagnosis.trial import close
from helpers.diagnosis.where import entries, some
from helpers.diagnosis.words import number


def partly(trials, numbers):
    """Sentences about the entries that are wrong, where others are right."""
    masks = [~close(t.got, t.expected) for t in trials]
    flat = np.concatenate([m.ravel() for m in masks])
    zeros = not np.any(numbers.expected[flat])  # else a 0 that is right says nothing: it is so whatever is wrong
    telling = [m | (t.expected != 0) | zeros for m, t in zip(masks, trials, strict=True)]
    if numbers.scalar or all(map(np.array_equal, masks, telling)):
        return
    where = entries(masks, trials, telling)
    if not where and not all(m.any() and not m.all() for m in masks):
        return
    there = what(numbers.where(flat))
    if where and where.startswith("everywhere but"):
        yield f"right {where.removeprefix('everywhere but ')}, elsewhere not" + (f": there {there}" if there else "")
    elif where:
        yield f"wrong only {where}" + (f": there {there}" if there else "")
    elif there:
        yield f"{flat.sum()} of {flat.size} numbers are wrong, in the first case those {some(masks)}: there {there}"


def what(off):
    """What is the matter with the wrong entries, or ''."""
    claims = (*sign(off), *factors(off), *terms(off), *itself(off, off.named))
    said = next((said for digits, said in claims if digits <= off.evidence), "")
    if np.all(off.got == off.got[0]) and "sign" not in said and (off.got.size > 1 or off.got[0] in (-1, 0, 1)):
        return f"you have {number(off.got[0])}"
    return said


def unbounded(broken, trials):
    """A sentence about the entries that are not finite, the same in all trials, or ''."""
    wrong = [(mask, t) for mask, t in zip(broken, trials, strict=True) if not t.right]
    if not all(mask.any() for mask, _ in wrong):
        return ""
    if all(mask.all() for mask, _ in wrong):
        which = "your numbers are" if trials[0].expected.ndim else "your number is"
    else:
        masks = [mask for mask, _ in wrong]
        where = entries(masks, [t for _, t in wrong]) or f"at {some(masks).removeprefix('at ')}"
        which = f"{sum(m.sum() for m in masks)} numbers, those {where}, are"
    return f"{which} not finite: a division by 0, the logarithm of 0, or a number too large for exp"
