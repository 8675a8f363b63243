"""Questions of lesson 06, it learns. A key tells nothing of its answer."""

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
        says="From coins, bills and two derivatives. This one is unlucky at first: after 200 walks it is worse than at the start. Of twenty others most are better by then.",
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
}
