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
    "06 often": Choice(
        "Right with p = 0.9, left with 0.1, and G = −1 for both. On average over the coin, which way does G · (slope of π) "
        "push z?",
        {
            "nowhere: both cost the same": "They do. But which is pushed more often, and is its push any smaller?",
            "down, against right": "",
            "up, towards right": "That would be for G = +1. Here what is done is pushed down.",
        },
        says="Nine times in ten right is pushed down by 0.09, and once left is, by as much. So π is pushed against what it "
        "does often, though both actions cost the same.",
        truth="down, against right",
    ),
    "06 pushes": Choice(
        "One walk takes 3 steps, the fewest there are; another takes 100. "
        "What does G · score do to the actions that were taken?",
        {
            "the short walk's become likelier, the long one's less likely": "One would wish so. "
            "But what is the sign of G in the short walk?",
            "both walks' become less likely, the long one's more so": "",
            "both walks' become likelier": "The score alone would do that. What is the sign of G?",
            "the short walk's stay, the long one's become less likely": "G is 0 nowhere: its steps cost as well.",
        },
        says="Every step costs, so no G is positive. Good and bad alike are pushed down, and the bad harder: the short "
        "walk has G of −3, −2 and −1, the long one from −100 to −1. Can one learn from that?",
        truth="both walks' become less likely, the long one's more so",
    ),
    "06 cells": Choice(
        "In which cells does it now go right with more than ½?",
        {
            "in all three": "Where does right lead from cell 1?",
            "in 0 and 2": "",
            "in 2 alone": "Left in cell 0 leads nowhere, and costs 1.",
            "in none: what it did was pushed down": "Left was pushed down as well. Which of the two was pushed harder?",
        },
        says="Right, left, right: the shortest way.",
        truth="in 0 and 2",
    ),
    "06 impatient": Choice(
        "Of the twenty with the small step, none needs more than 20 steps, as the cell above says. "
        "With four times the step, and a quarter of the walks, how many do?",
        {
            "none: the steps add up to the same": "They would, along the true slopes. "
            "But think of the pushes of one walk of 100 steps.",
            "one to five": "It is no bad luck of a few. A long walk comes to most of them sooner or later.",
            "about half or more": "",
        },
        says="A long walk can push what it did so far down that the other action gets nearly probability 1.",
    ),
    "06 prize": Choice(
        "With the prize, how many of the twenty actors need more than 20 steps?",
        {
            "fewer than without": "",
            "as many: it favours no way": "It favours none on average. But the three lines above say that each single push changes.",
            "more than without": "It pulls walks up that were pushed down. But compare the sizes: is the largest push "
            "larger than before?",
        },
        says="It favours no way through the corridor, but makes the pushes smaller: by a third, from θ₀.",
    ),
    "06 hundred": Choice(
        "And with a prize of 100?",
        {
            "fewer still": "More prize is not more calm. What happens now to whoever walked round for 100 steps?",
            "about as few as with 12": "It favours no way either. But look at the last line, and "
            "multiply by the steps: which walk is pulled up hardest?",
            "all of them, or nearly": "",
        },
        says="All twenty are lost. Every step of every walk is pulled up. Added up, 3 times 98 is 294 and 100 times 49.5 is "
        "4,950: whoever has walked round for long does so ever more.",
        truth="all of them, or nearly",
    ),
    "06 four steps": Choice(
        "The first four steps are in cell 0: left, left, left, right. Every G is negative. Which of them push u₁ up?",
        {
            "the three to the left": "For left the slope has the other sign: raising u₁ makes it likelier. And G is negative.",
            "the one to the right": "",
            "all four": "What makes right likelier makes left less likely: their slopes have different signs.",
            "none: what was done is pushed down": "What was done is. But what makes right less likely: a larger u₁, or a smaller one?",
        },
        says="Its slope is −0.3266 and its G −3: up. The three to the left push down: a larger u₁ would make left likelier.",
        truth="the one to the right",
    ),
}
