"""The part of lesson 08: the loop that lets poles swing and learns from each step."""

from helpers.engine.part import Part, register
from helpers.engine.parts.training import judge_train

register(
    Part(
        "train", "08", "train", "pole", "lets the poles swing, and calls update after each step",
        ("In each round: z, an action for each pole, `poles.step(a)`, a batch, `update`; then s_next becomes s.",
         "A pole is set up anew in the step after its end: remember which were over, and leave them out of the batch, `each[~over]`.",
         "Only `terminated` goes into the batch: a pole that was cut off by the clock has not fallen. For what is over, both count."),
        judge_train,
    )
)  # fmt: skip
