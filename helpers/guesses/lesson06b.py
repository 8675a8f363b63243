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
        says="0.3 · (−7) · 0.7 + 0.7 · (−7) · (−0.3): the halves cancel. "
        "The score is 0 on average, and so is any fixed number times the score.",
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
        "Which way does the shortest walk (right leads back in cell 1) push u1?",
        {
            "down, as it should": "Right in cell 0 is pushed down: z is to fall there. Which way must u1 go for that?",
            "up": "",
            "not at all": "z answers to u1 in the cells 0 and 2.",
        },
        says="Cell 0 gives −3 · 0.735 · (−0.444) = 0.98 and cell 2 −1 · 0.281 · 0.341 = −0.10. So the best walk there is "
        "pushes the wrong way: it knows only that it cost something. The long walks have large G, and have gone left in "
        "cell 0 again and again. That is pushed down as well, and far harder. Below is what the walks of each length add to the mean.",
        truth="up",
    ),
    "06b one visit": Choice(
        "In cell 0 right has p = 0.265. Averaged over both actions, which way does one visit push z?",
        {
            "down": "Whichever is taken becomes less likely. But the score of left is negative: less of left is more of "
            "right.",
            "neither way": "Both halves have the factor p(1 − p). Q differs.",
            "up": "",
        },
        says="Right: 0.265 · (−9.91) · 0.735 = −1.931. Left: 0.735 · (−13.69) · (−0.265) = 2.666, since less of left is "
        "more of right. Together 0.735.",
        truth="up",
    ),
    "06b twice": Number(
        "What is the second step's term in (6.4)?",
        says="There right gives 1/2 · 1 · 1/2 = 1/4 and left 0, and it is reached with η = 1/2: 1/8. "
        "Both terms together give 1/4. By hand it is the same: dJ/dθ = 2p · p(1 − p) = 1/4. "
        "What the first term left out is p · ∇Q(right) = 1/2 · 1/4, and that is the second term.",
        known={
            0.25: "That is one visit. Half of the walks come so far: η = 1/2.",
            0.0625: "Q(right) is 1 here: the first step was right already.",
            0.5: "π, Q, the score, and η: is one of them missing?",
            0: "The same θ throws the coin here, too.",
        },
        tolerance=0,
        truth=0.125,
    ),
    "06b back again": Number(
        "With which other b is the variance as large as with b = 0?",
        says="An estimate is linear in b, so its variance is a parabola in b. It is smallest half way, at −13: 824, which "
        "is 37 % of what it was; lesson 06's prize of 12 is near it. Beyond −26 a baseline does harm. "
        "(That is the luck at θ₀. Later in the training walks are shorter.)",
        known={
            0: "That one is known. There is one more.",
            26: "G is negative, and b is subtracted: a positive b takes G further away from 0.",
            -13: "There it is smallest. Go on until it has grown again.",
            -12: "There it is nearly smallest. Go on until it has grown again.",
            -20: "There it is still little more than half. Go on.",
            -24: "Nearly: 1,793. Go on.",
            -25: "Nearly: 1,978. Go on.",
            -27: "Just past it: 2,397.",
            -30: "That is too far: it is 3,147 there.",
        },
        tolerance=0.025,
        truth=-26.1,
    ),
    "06b map": Choice(
        "How far does the variance fall with V(s), compared with the best b for all cells?",
        {
            "much further": "V knows more. But how far is it from the best b where most visits are?",
            "about as far": "",
            "not as far": "V takes out the mean as well.",
        },
        says="Two of three visits are to cell 0, and there V is nearly the best b itself.",
    ),
    "06b rare action": Choice(
        "Subtract V: then 1 becomes 0.1, and 0 becomes −0.9. What becomes of the variance of the push?",
        {
            "it falls": "Multiply by the scores: what is the push of the rare action now?",
            "it stays": "The mean stays. But the pushes are 0.1 · 0.1 and −0.9 · (−0.9).",
            "it grows": "",
        },
        says="The pushes are now 0.01 and 0.81, and differ by 0.8. The variance is 0.0576, 64-fold.",
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
