"""Yes and no: what can be said of wrong truth values."""

import numpy as np


def truths(values, plain):
    """A sentence about trials (inputs, got, expected) in which True or False is asked, or ''.

    plain: only what needs no further thought.
    """
    if not all(np.ndim(got) == 0 and got in (0, 1) for _, got, _ in values):
        return ""
    wrong = [(inputs, bool(got)) for inputs, got, expected in values if bool(got) != bool(expected)]
    if not wrong:
        return ""
    said = {bool(got) for _, got, _ in values}
    if len(wrong) == len(values):
        return "you say the opposite in every case"
    if len(said) == 1:
        return f"you say {said.pop()} in every case, whatever the arguments are"
    mistaken = {got for _, got in wrong}
    if len(mistaken) == 1 and not plain:
        much = "too much is accepted" if True in mistaken else "too little is accepted"
        said, share = mistaken.pop(), f"{len(wrong)} of {len(values)}"
        return f"you say {said} wrongly in {share} cases, and never the other way round: {much}"
    return ""
