"""Questions of lesson 06 (it learns) and 06b (why it works). A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "06 first bill": Number(
        "In the walk above, what is G at the very first step?",
        says="Everything comes after the first step, so there G is the whole bill.",
        known={-1: "That is the first reward alone.", 0: "Nothing was paid yet. But G looks ahead."},
        tolerance=0,
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
    "06 pushes": Choice(
        "Every step costs, so every G is negative. Which way does G · score push the action that was taken?",
        {
            "always up": "The score pushes up. But what is the sign of G?",
            "always down": "",
            "up if it was good, down if it was bad": "One would wish so. But no G is positive.",
        },
        says="Good and bad alike! The bad ones are only punished harder, since longer walks follow them. Can one learn from that?",
        truth="always down",
    ),
    "06 after training": Number(
        "How many steps does it need on average, after 2,000 episodes of the loop?",
        says="From coins, bills and two derivatives.",
        known={
            12.7: "That is where it began. It has learnt something.",
            11.7: "That is the best that a policy can do which does not see its cell. This one sees it.",
        },
        tolerance=0.05,
    ),
    "06 impatient": Choice(
        "Four times the step, α = 0.02 for 0.005. How is it after 300 episodes?",
        {
            "it is stuck": "",
            "it has learnt faster": "One hopes so. But one unlucky walk makes a large step.",
            "about the same": "The steps are four times as large, and so is their noise.",
        },
        says="One unlucky walk made it sure of the wrong thing, and who is sure tries nothing else.",
        truth="it is stuck",
    ),
    "06b one walk": Number(
        "Estimate ∂J/∂u1 from a single walk, by the rewards to go. Of a hundred walks, how many give it the right sign?",
        says="No better than a coin! And yet the average is right: where the sign is right, the push is larger. With V(s) subtracted, 74 of a hundred are right.",
        known={
            100: "Then one walk would be enough to learn from.",
            74: "So many are right with V(s) subtracted.",
        },
        tolerance=0.05,
    ),
    "06b noise": Number(
        "The whole return, then the reward to go, then the reward to go minus V(s). By what factor does the standard deviation of the whole estimate fall, from the first to the last?",
        says="1.6 for what was paid before, and 1.6 more for V(s). A standard deviation 2.6 times smaller is a variance nearly 7 times smaller: as sure of the gradient after a seventh of the walks.",
        known={
            6.7: "That is the variance's factor. Its root is asked.",
            1.6: "That is the first of the two steps alone.",
        },
        tolerance=0.08,
    ),
    "06b map": Number(
        "Subtract the constant −10.75 from every G, and the variance of the estimate falls to 40 % of what it was. Subtract V(s) in its place, a number of its own for each cell. To how many per cent does it fall now?",
        says="The mean does the work. A map of the cells adds next to nothing here: their values differ little beside the noise of a walk.",
        known={
            0: "G still differs from walk to walk, whatever is subtracted.",
            100: "It takes out at least the mean.",
            16: "The same factor once more? But the mean can be taken out only once.",
        },
        tolerance=0.05,
    ),
    "06b alone": Number(
        "Subtract from each G the mean of its batch. In a batch of a single transition, what is left of the gradient?",
        says="Its G is the mean, and G minus G is nothing. The mean of one's own batch is almost a baseline, and not quite: it contains the action that it judges.",
        known={1: "The score stays. But what is it multiplied by?"},
        tolerance=0,
        truth=0,
    ),
    "06b smallest loss": Choice(
        "Keep one walk, and its negative G. Which actor makes the pseudo-loss −Σ G · log π(a) smallest?",
        {
            "the one that reaches the goal soonest": "The loss does not know what becomes of an actor, only how it would rate this walk.",
            "the one that walked": "Its gradient is not 0, so it is no minimum.",
            "one that would hardly ever have walked so": "",
        },
        says="Each term is |G| · log π, and falls without end as π goes to 0. The value of this loss means nothing: only its gradient is of use, and only at the actor that walked.",
        truth="one that would hardly ever have walked so",
    ),
}
