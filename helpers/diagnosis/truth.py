"""Yes and no: what can be said of wrong truth values."""

import numpy as np


class Truths:
    """What can be said of trials (inputs, got, expected) in which True or False is asked."""

    def __init__(self, trials):
        asked = all(np.ndim(got) == 0 and got in (0, 1) for _, got, _ in trials)
        self.said = [bool(got) for _, got, _ in trials] if asked else []
        self.wrong = [bool(got) for _, got, expected in trials if asked and bool(got) != bool(expected)]

    @property
    def plain(self):
        """A sentence that needs no further thought, or ''."""
        if not self.wrong:
            return ""
        if len(self.wrong) == len(self.said):
            return "you say the opposite in every case"
        return f"you say {self.said[0]} in every case, whatever the arguments are" if len({*self.said}) == 1 else ""

    @property
    def full(self):
        """A sentence, or ''."""
        if self.plain or len({*self.wrong}) != 1:
            return self.plain
        much = "too much is accepted" if self.wrong[0] else "too little is accepted"
        share = f"{len(self.wrong)} of {len(self.said)}"
        return f"you say {self.wrong[0]} wrongly in {share} cases, and never the other way round: {much}"
