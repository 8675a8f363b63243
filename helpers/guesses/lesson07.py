"""Questions of lesson 07, actor and critic. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "07 arriving": Number(
        "The actor steps from cell 2 to the goal, and is paid −1. Of cell 2 the critic says −4.55, and of the goal, as "
        "if it were a cell, −3.46. How large is δ?",
        says="Paid is −1, as always, and yet it is good news: 4.55 were expected to go, and it was 1. "
        "What the critic says of the goal does not count.",
        known={
            0.09: "That believes the critic's word on the goal. After the end nothing is paid, whatever it says.",
            -1: "That is the reward. How much was expected?",
            -3.55: "The size is right. Was it worse than expected, or better?",
            -5.55: "What was expected is subtracted, and it was negative.",
            -9.01: "What was expected is subtracted, and after the end nothing is paid.",
        },
        tolerance=0,
        truth=3.55,
    ),
    "07 one step": Choice(
        "β = 0.1 and δ = 0.96. How far does your update move V(s) towards the target?",
        {
            "less than a tenth of the way, since seven weights share the step": "Nothing is shared: each weight moves by "
            "β δ times its own slope, whatever the others do.",
            "a tenth of the way": "So far b alone brings it, whose slope is 1. What do the other six do to V(s)?",
            "more than a tenth of the way": "",
        },
        says="b moves by β δ, and V(s) with it: a tenth. Each other weight moves by β δ times its slope, and V(s) by that "
        "times the slope again: a square, so never back. The seven squares add up to 5.26, and 5.26 · β δ is 0.51. "
        "V(s) has moved by 0.53, more than half of the way; the slopes change a little as it goes.",
        truth="more than a tenth of the way",
    ),
    "07 while walking": Choice(
        "How many of twenty learners with δ are stuck after 2,000 single steps?",
        {
            "as many as of REINFORCE's, 16": "Then it would be the length of the step alone. But what is it multiplied with, "
            "after a walk of 100 steps, in REINFORCE and here?",
            "about 10, as with the prize": "The prize takes one number from all G. What is left is all luck of the walk to come. "
            "Is that in δ?",
            "fewer than 5": "",
        },
        says="None of the twenty. After a walk of 100 steps REINFORCE pushes by G from −100 on, all bills that came after. "
        "δ has a single bill in it, and the difference of two values: at first it is never larger than 3.55, on arriving.",
        truth="fewer than 5",
    ),
    "07 no flag": Choice(
        "The flag is always False, so V(s′) counts at the goal, too. What becomes of V, with nearly all seeds?",
        {
            "it comes out too low by the same amount everywhere, and the actor learns": "So it would be if V of the "
            "goal stood still: a prize or a fine at the end of each walk. One of the six seeds has that luck.",
            "V of the goal comes to 0 by itself": "No step starts at the goal, so nothing pulls it there. It moves by the "
            "weights that it shares.",
            "all of it sinks, and does not stop": "",
            "it rises": "A target is −1 plus what comes next. Nothing in it is above.",
        },
        says="Each V(s) is drawn to V(s′) − 1, so the last cell follows the goal. But when cell 2 goes down by 0.50, "
        "the goal goes down by 0.58: the target runs away faster than it is followed. Arriving is then worth no more than "
        "walking on, and five of the six actors still need 10 steps or more. "
        "With seed 1 the goal comes to rest by luck, and its actor learns. Held still near what it says now, −3.46, V of the "
        "goal would only shift every V.",
        truth="all of it sinks, and does not stop",
    ),
    "07 noise": Choice(
        "How large is the variance of one walk's estimate with δ, beside that with G? Variance goes with the square.",
        {
            "about a half": "That is more than is left with G − V(s), 39 per cent, which has all luck of the later steps. In δ there is none.",
            "about a fiftieth": "",
            "about the same": "The mean is the same. But G is up to 25 and more, and no δ above is larger than 6.4.",
            "none is left": "The actor's draws remain: δ differs from left to right, and a walk may be short or long.",
        },
        says="Squares of numbers up to 6.4, most often of 1, beside squares of numbers around 13. All the luck of the later "
        "steps is gone. What is left is which action was drawn, and where the walk went.",
        truth="about a fiftieth",
    ),
    "07 silent critic": Choice(
        "The critic says 0 everywhere, and always will. What is the average push on z?",
        {
            "down, for whatever it does": "Each single push is: δ is −1 at every step. But when left is pushed down, right "
            "goes up. Put −1 and −1 into your average.",
            "as REINFORCE's, only weaker": "REINFORCE knows from G how long the walk became. Here δ is −1 at every step, "
            "on short walks and on long ones.",
            "none at all": "",
            "as with the true V": "With the true V, δ tells good actions from bad ones. Here it is −1 after both.",
        },
        says="−p(1 − p) + (1 − p)p = 0. Each single push is there, and all of them are noise. "
        "A number that does not depend on the action adds nothing on average (lesson 06b).",
        truth="none at all",
    ),
    "07 three cells": Choice(
        "In how many of the three cells does the average push with φ₀ have the wrong sign?",
        {
            "in none": "",
            "in one": "Which? Right leads from cell 0 to 1, from 1 to 0, from 2 to the goal; left from 0 to 0, from 1 to 2, from 2 to 1. "
            "Compare what φ₀ says of the two.",
            "in all three, as all three values are wrong": "They are. But the sign asks only which neighbour is better. Does φ₀ know?",
        },
        says="φ₀ says that cell 1 is better than cell 0, cell 2 better than cell 0, the goal better than cell 1, and so it is. "
        "The pushes are 0.38, −0.97 and 1.31, and with the true V 0.73, −2.29 and 1.80: weaker, and the same way.",
        truth="in none",
    ),
    "07 other end": Choice(
        "What does descent of the critic's loss do with V(s′), if nothing is cut?",
        {
            "it leaves it alone": "V(s′) is in δ, and nothing is cut.",
            "it lowers it": "",
            "it raises it": "Descent makes δ² smaller, and δ is positive. To raise V(s′) makes δ larger.",
        },
        says="δ² is made small from both ends: V(s) goes up to the target, and the target comes down to V(s). "
        "But the target is the news, and V(s) was only expected.",
        truth="it lowers it",
    ),
    "07 nothing cut": Number(
        "What arrives at V(s) from the sum of both losses, with nothing cut?",
        says="V(s) is in the actor's loss as well, in its δ, and gets log π from there. That has nothing to do with how it went: "
        "to promise more makes δ smaller, and the loss −δ log π with it. Descent raises V(s) by more than twice what it should.",
        known={
            -0.96: "That is the critic's loss alone. Is there no V(s) in the other?",
            0.37: "The second share has the right size. ∂(−δ log π)/∂V(s) is + log π, which is negative.",
            -1.33: "That is the actor's loss alone.",
            -1.28: "The share of the other loss is added, not multiplied.",
        },
        tolerance=0.01,
    ),
    "07 nudged": Number(
        "Backward says 0 for V(s), since δ is cut. What slope does the nudge find?",
        says="log π, as if nothing were cut. A cut stops what comes back. The nudge goes forward, and there every number still "
        "follows V(s). So compare, for the wire that you nudge: if the framework says 0 and the nudge does not, it is cut; if they "
        "say the same, it leaks. The second wire is tested alike: nudge V(s′) in the critic's loss.",
        known={
            0: "That is what backward says. The nudge runs the program forward, and δ still follows V(s).",
            1.33: "The size is right. In δ, V(s) has a minus, and so has the loss.",
            -0.96: "That is from the critic's loss.",
        },
        tolerance=0.01,
    ),
    "07 curves": Choice(
        "Which program forgot which cut?",
        {
            "A forgot the first, B the second": "",
            "A forgot the second, B the first": "Which of your two deletions made V nearly the same in all cells?",
            "C forgot one of them": "C's critic says what is true. Neither of your deletions left it so.",
        },
        says="A's critic promises 3 steps where the actor takes 9: through log π it is paid for promising, and the more, the less "
        "sure the actor is. Its advice points the right way, and is too faint. "
        "B's critic makes δ small from both ends and says nearly the same everywhere: one step to go. Then δ is near −1 after every "
        "action but the last, on arriving. In the cells 0 and 1 neither action is better, as with the critic that says 0, and the "
        "noise carries the actor off.",
        truth="A forgot the first, B the second",
    ),
}
