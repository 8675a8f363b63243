"""Questions of lesson 06 (it learns) and 06b (why it works). A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "06 bill": Number(
        "In the walk above, what is G at the fourth step, the one that leaves cell 0?",
        says="Its own −1, and that of the two steps after it. The three before were paid already.",
        known={
            -1: "That is its reward alone. Two more steps follow.",
            -2: "That is what comes after it. Its own reward is its doing as well.",
            -4: "That is what was paid up to here. G looks ahead.",
            -6: "That is the whole bill. Three steps were paid before.",
            3: "The size is right. A step costs.",
        },
        tolerance=0,
        truth=-3,
    ),
    "06 left": Number(
        "p = 0.3, and the coin said left (a = 0). What is d log π(left)/dz?",
        says="log(1 − p) falls as z rises, with slope −p.",
        known={
            0.7: "That would be for right.",
            -0.7: "Nearly: it is log(1 − p) that you differentiate.",
            0.3: "The size is right. If z rises, does left become more likely?",
            -0.21: "That is the slope of 1 − p. Here is a logarithm.",
            0.21: "That is the sigmoid's slope. Here is a logarithm, and left.",
        },
        truth=-0.3,
    ),
    "06 three actions": Choice(
        "Three actions with π = (0.2, 0.5, 0.3), and the coin said the second. What is the score?",
        {
            "(0, 0.5, 0)": "The chosen entry is right. But to raise another logit makes the second action less likely.",
            "(0.2, −0.5, 0.3)": "That is the gradient of the cross-entropy, which is to fall. Here log π is to rise.",
            "(−0.2, 0.5, −0.3)": "",
            "(−0.1, 0.25, −0.15)": "That is the derivative of π itself. That of log π is it divided by π.",
        },
        says="One-hot − softmax. It adds up to 0: the same number added to all three logits changes nothing.",
        truth="(−0.2, 0.5, −0.3)",
    ),
    "06 pushes": Choice(
        "Every step costs, so every G is negative. Which way does G · score push the action that was taken?",
        {
            "always up": "The score pushes up. But what is the sign of G?",
            "always down": "",
            "up if it was good, down if it was bad": "One would wish so. But no G is positive.",
        },
        says="Good and bad alike. The bad ones are only punished harder, since longer walks follow them. "
        "Can one learn from that?",
        truth="always down",
    ),
    "06 after training": Number(
        "How many steps does it need on average, after 2,000 walks?",
        says="From coins, bills and two derivatives. After 200 walks it is worse than at the start: 200 are few.",
        known={
            12.7: "That is where it began. It has learnt something.",
            11.7: "That is the best that a policy can do which does not see its cell. This one sees it.",
            3: "That would take an actor without any doubt. Its doubt shrinks ever more slowly.",
        },
        tolerance=0.05,
    ),
    "06 impatient": Number(
        "Twenty actors, four times the step, 300 walks. How many of them now need more than 20 steps?",
        says="A long walk pushes what it did so far down that the other action gets probability 1. "
        "Where p is 0 or 1 the score is 0, and nothing is learnt any more.",
        known={
            0: "One hopes so. But a long walk makes a large step.",
            20: "A few have luck.",
            1: "It is not one unlucky actor. It is the rule.",
            5: "One in four? It is the rule, and no exception.",
        },
        off=2,
    ),
    "06 prize": Number(
        "Every walk pays 12 more, whatever was done. How many of the twenty now need more than 20 steps?",
        says="Yet it favours no way through the corridor. It only moves the bills to where they pull both ways.",
        known={
            0: "Nearly. Bad luck remains.",
            12: "As many as without? It favours no way, but look at the pushes.",
            20: "It does no harm.",
        },
        off=1,
    ),
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
