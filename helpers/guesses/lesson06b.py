"""Questions of lesson 06b, why it works."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "06b one neuron": Number(
        "Now let it see its cell, by a single neuron: p = σ(w · x + b). "
        "How many steps does the best such actor need on average?",
        says="Hardly better. σ(w · x + b) only rises or only falls from cell to cell, "
        "and the corridor wants right, left, right. Here is the hidden layer's reason.",
        known={
            3: "For that it must say right, left, right. Can σ(w · x + b) rise and then fall?",
            11.657: "A little better: it may prefer right more in the last cell than in the first.",
        },
        tolerance=0.02,
    ),
    "06b earlier rewards": Choice(
        "What was paid before an action may be left out of its weight, and the average stays. Which fact says so?",
        {
            "1: a product": "That gave log P its terms. Why may a weight change?",
            "2: ∇P = P ∇log P": "That made an average of the sum. Why may a weight change?",
            "4: the world has no θ": "That cleared the world out of ∇log P. The score is still there.",
            "5: the score is 0 on average": "",
        },
        says="When the coin is thrown, what was paid before is a fixed number. "
        "A fixed number times something that is 0 on average is 0 on average.",
        truth="5: the score is 0 on average",
    ),
    "06b twice": Number(
        "Two steps, one weight: p = σ(θ) is the probability of right in both. Right twice pays 1, all else 0, "
        "so J = p · p. At θ = 0 the first step has Q(right) = p and Q(left) = 0, and (6.5) says 1/8. What is dJ/dθ?",
        says="2p · p(1 − p) = 1/4. The other 1/8 is the second step's.",
        known={
            0.125: "That is the first step alone. θ is in the second as well.",
            1: "2p is the derivative by p. θ comes before the sigmoid.",
            0.5: "Is the slope of the sigmoid in it, and J's own two factors?",
        },
        tolerance=0,
        truth=0.25,
    ),
    "06b one walk": Number(
        "Of a hundred walks, how many give ∂J/∂u1 the right sign?",
        says="No better than a coin. With V(s) subtracted, as later in this lesson, 74 of a hundred are right. "
        "Here is one of the walks, step by step.",
        known={
            100: "Then one walk would be enough to learn from.",
            74: "So many are right once the noise is taken out, later in this lesson.",
            0: "Then one would turn every sign round, and learn.",
        },
        off=4,
    ),
    "06b smallest loss": Choice(
        "Keep one walk, and its negative G. Which actor makes the pseudo-loss −Σ G · log π(a) smallest?",
        {
            "one that would hardly ever have walked so": "",
            "the one that reaches the goal soonest": "The loss does not know what becomes of an actor, "
            "only how it would rate this walk.",
            "the one that walked": "Its gradient is not 0, so it is no minimum.",
        },
        says="Each term is |G| · log π, and falls without end as π goes to 0. "
        "The value of this loss means nothing: only its gradient is of use, and only at the actor that walked.",
        truth="one that would hardly ever have walked so",
    ),
    "06b map": Number(
        "Subtract the constant −10.75, the mean of all G, and the variance falls to 39 % of what it was. Subtract V(s) "
        "in its place, a number of its own for each cell. To how many per cent of the first does it fall now?",
        says="The mean does the work. A map of the cells adds next to nothing here.",
        known={
            0: "G still differs from walk to walk, whatever is subtracted.",
            100: "It takes out at least the mean.",
            15: "The same factor once more? But the mean can be taken out only once.",
        },
        tolerance=0.05,
    ),
    "06b alone": Number(
        "Subtract from each weight the mean of its batch. In a batch of a single transition, "
        "what is left of the gradient?",
        says="Its weight is the mean, and a number minus itself is nothing. The mean of one's own batch is almost a "
        "baseline, and not quite: it contains the action that it judges.",
        known={1: "The score stays. But what is it multiplied by?"},
        tolerance=0,
        truth=0,
    ),
    "06b rare action": Choice(
        "Two actions and one step. The first is taken with p = 0.9 and pays −1, the other pays 0, so V = −0.9. "
        "What becomes of the variance, if V is subtracted?",
        {
            "it falls to a half": "Mostly it falls. But what does the rare action get, with V?",
            "it stays": "It can only stay if both are the same number.",
            "it grows": "",
        },
        says="With V, the common action gets −0.1 · 0.1, hardly anything, and the rare one 0.9 · (−0.9). "
        "Without, the common one gets −1 · 0.1 and the rare one nothing: they hardly differ. "
        "The variance is 0.0009 without, 0.0576 with, 64-fold.",
        truth="it grows",
    ),
}
