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
    "07 one step": Number(
        "V(s) was −8.43, the target is −7.46, and β = 0.1. What is V(s) after the update?",
        says="More than half of the way. A table of values would move by β δ, a tenth of the way. Here seven weights move, "
        "each by β δ ∂V/∂φ, and each moves V again by ∂V/∂φ: together nearly β δ times the sum of the squares.",
        known={
            -8.33: "If only one number moved, as in a table. Seven weights do.",
            -7.46: "That is the target itself, all of the way.",
        },
        tolerance=0.01,
    ),
    "07 while walking": Number(
        "2,000 single steps are some 500 walks. How many steps does the actor need on average after them?",
        says="In a quarter of the walks it is further than REINFORCE was after all its 2,000: what δ stands is a step "
        "ten times as long. The critic runs after the actor: what it must learn changes while it learns.",
        known={
            12.7: "That is where it began. It has learnt something.",
            3.3: "So far REINFORCE came, in four times as many walks.",
            3: "That would take an actor without any doubt. It is close.",
        },
        tolerance=0.02,
    ),
    "07 no flag": Choice(
        "The flag is always False, so V(s′) counts at the goal, too. What becomes of V?",
        {
            "it comes out too low by the same amount everywhere, and the actor learns": "So it would be if V of the "
            "goal stood still: a prize or a fine at the end of each walk. But does it stand still?",
            "V of the goal comes to 0 by itself": "No step starts at the goal, so nothing ever pulls it there.",
            "all of it sinks, and does not stop": "",
            "it rises": "A target is −1 plus what comes next. Nothing in it is above.",
        },
        says="Each V(s) is drawn to V(s′) − 1, so the last cell follows the goal, and no target is a fixed number any more. "
        "The goal's value is moved by the weights it shares with the cells, down with them. Then arriving is worth no more than "
        "walking on, and the actor has no reason to arrive. So it is with nearly all seeds; "
        "a few come to rest by luck. Held still at any number, V of the goal would do no harm.",
        truth="all of it sinks, and does not stop",
    ),
    "07 noise": Number(
        "How large is the variance of one walk's estimate with δ, in per cent of that with G?",
        says="All the luck of the later steps is gone. What is left is the coin of the step itself, and the way.",
        known={
            39: "So much is left with G − V(s). δ has no luck of later steps in it.",
            50: "Half? All the luck of the later steps is gone.",
            10: "Less still.",
            100: "The mean is the same. The noise is not.",
            0: "The actor's own coins remain.",
        },
        tolerance=0.25,
    ),
    "07 silent critic": Choice(
        "The critic says 0 everywhere, and always will. What is the average push on the actor?",
        {
            "down, for whatever it does": "Each single push is: δ is −1 at every step. But when left is pushed down, right "
            "goes up. What is left on average?",
            "as REINFORCE's, only weaker": "REINFORCE knows from G how long the walk became. Here δ is −1 at every step, "
            "on short walks and on long ones.",
            "none at all": "",
            "as with the true V": "With the true V, δ tells good actions from bad ones. Here it is −1 after both.",
        },
        says="δ is −1 whatever was done, and by fact 5 a number that does not depend on the action adds nothing on average. "
        "Each single push is there, and all of them are noise.",
        truth="none at all",
    ),
    "07 misjudged": Choice(
        "What does the average of this critic's pushes come to?",
        {
            "less than 40.3628, as its numbers are smaller than the true ones": "They are, and in "
            "the middle cell their sign is wrong. But the errors may cancel. What is the error of least squares at right angles to?",
            "40.3628, exactly": "",
            "more than 40.3628": "Its errors would have to go along with the slope. What is the error of least squares at right angles to?",
            "a number of the other sign": "In the middle cell its word has the wrong sign, and only there.",
        },
        says="Least squares leaves an error that is at right angles to what it fits with. It fits with ∂log π/∂p, and that is what the "
        "average multiplies. Such a critic is called compatible (Sutton and others, 2000). "
        "What counts is not how wrong a critic is, but in which direction. Yours judges cells and not actions, and is not of this kind.",
        truth="40.3628, exactly",
    ),
    "07 nothing cut": Number(
        "And from the sum of both losses, with nothing cut?",
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
    "07 other end": Choice(
        "δ is 0.96. What does descent do with V(s′)?",
        {
            "it leaves it alone": "V(s′) is in δ, and nothing is cut.",
            "it lowers it": "",
            "it raises it": "Descent makes δ² smaller, and δ is positive. To raise V(s′) makes δ larger.",
        },
        says="δ² is made small from both ends: V(s) goes up to the target, and the target comes down to V(s). "
        "But the target is the news, and V(s) was only expected.",
        truth="it lowers it",
    ),
    "07 nudged": Number(
        "Backward says 0 for V(s), since δ is cut. What slope does the nudge find?",
        says="log π, as if nothing were cut. A cut stops what comes back. The nudge goes forward, and there every number still "
        "follows V(s). So compare: if the framework says 0 and the nudge does not, the wire is cut; if they say the same, it leaks.",
        known={
            0: "That is what backward says. The nudge runs the program forward, and δ still follows V(s).",
            1.33: "The size is right. In δ, V(s) has a minus, and so has the loss.",
            -0.96: "That is from the critic's loss.",
        },
        tolerance=0.01,
    ),
    "07 curves, first": Choice(
        "Which of the three forgot the second cut, so that its critic also moves the target?",
        {
            "A": "A gets better, and its critic knows that cell 0 is worse than cell 2. Which critic has made δ the same everywhere?",
            "B": "",
            "C": "C's critic is right. With δ made small from both ends, is there a reason for it to be?",
        },
        says="It ends worse than it began. To make δ small from both ends, its critic says the same everywhere: one step to go. "
        "Then δ is near −1 at every step, as with the critic that always says 0, and the noise carries the actor off.",
        truth="B",
    ),
    "07 curves, second": Choice(
        "And which forgot the first, so that its actor's loss also lifts V?",
        {
            "A": "",
            "B": "B's critic says the same everywhere. To lift V, each time, does not make it flat.",
            "C": "C's critic says what is true. A critic that is lifted at every step would say too much.",
        },
        says="Its critic promises 3 steps where the actor takes 9. Through log π it is paid for promising, and the more, the less "
        "sure the actor is. Its advice points the right way, and is too faint. When the doubt ends, so does the leak.",
        truth="A",
    ),
}
