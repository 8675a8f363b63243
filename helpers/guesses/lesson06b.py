"""Questions of lesson 06b, why it works. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "06b episode": Number(
        "In the cells 0, 1 and 2 the actor goes right with the probabilities 0.265, 0.480 and 0.719. "
        "How likely is the shortest walk: right, left, right?",
        says="0.265 · 0.520 · 0.719: a factor for each choice, and in cell 1 it is that of left.",
        known={
            0.0915: "That would be right three times. In cell 1 it goes left: 1 − 0.480.",
            0.501: "That is the mean of the three. All three must happen, one after the other.",
            0.33: "It is no one of three: each choice has a probability of its own.",
        },
        tolerance=0.02,
        truth=0.0991,
    ),
    "06b earlier rewards": Number(
        "Before the coin falls −7 was paid. Then right comes with p = 0.3. "
        "Averaged over both outcomes, what is −7 times the score?",
        says="0.3 · (−7) · 0.7 + 0.7 · (−7) · (−0.3): the halves cancel.",
        known={
            -7: "That is without the score, which is 0.7 for right and −0.3 for left.",
            -1.47: "That is right's half, 0.3 · (−7) · 0.7. Left has one as well.",
            1.47: "That is left's half, 0.7 · (−7) · (−0.3). Right has one as well.",
            -4.9: "That is −7 times the score of right. Left may come too.",
            2.1: "That is −7 times the score of left. Right may come too.",
            -2.94: "The two halves have different signs: the score of left is −0.3.",
        },
        tolerance=0,
        truth=0,
    ),
    "06b one walk": Choice(
        "Of the 5,000 rounds, how many give ∂J/∂u1 the right sign, minus? (Lesson 06 showed five of them, "
        "and two had it wrong.)",
        {
            "about half of them": "",
            "three quarters": "Five are few. The luck of the coins is larger than what a walk knows.",
            "nearly all": "Then lesson 06 would have had bad luck: two of five were wrong.",
        },
        says="No better than a coin's. And yet the mean is to be right.",
    ),
    "06b twice": Number(
        "Two steps, one weight: p = σ(θ) is the probability of right in both. Right twice pays 1, all else 0, "
        "so J = p · p. At θ = 0 the first step has Q(right) = p and Q(left) = 0, so its term in (6.4) is "
        "p(1 − p) · p = 1/8. What is dJ/dθ?",
        says="2p · p(1 − p) = 1/4. The first step's term is half of it.",
        known={
            0.125: "That is the first step alone. θ is in the second as well.",
            1: "2p is the derivative by p. θ comes before the sigmoid.",
            0.5: "Is the slope of the sigmoid in it, and J's own two factors?",
        },
        tolerance=0,
        truth=0.25,
    ),
    "06b map": Choice(
        "With b = −10.75, the mean of all G, subtracted, the variance falls to 39 % of what it was. "
        "Subtract V(s) in its place. How far does it fall?",
        {
            "much further": "V knows more. But how much more, says the split: 9, beside 116 and 89.",
            "about as far": "",
            "not as far": "V takes out the mean as well, and a little more.",
        },
        says="The mean does most of the work here. Where cells differ by more than luck, V takes out more.",
    ),
    "06b rare action": Choice(
        "Subtract V: then −1 becomes −0.1, and 0 becomes 0.9. What becomes of the variance of the push?",
        {
            "it falls": "Multiply by the scores: what is the push of the rare action now?",
            "it stays": "The mean stays. But the pushes are −0.1 · 0.1 and 0.9 · (−0.9).",
            "it grows": "",
        },
        says="The pushes are now −0.01 and −0.81, and differ by 0.8. The variance is 0.0576, 64-fold.",
        truth="it grows",
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
}
