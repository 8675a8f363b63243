"""Questions of lesson 02, nudge and check. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "02 finer": Number(
        "With h = 0.1 the error is 0.043. What is it with h = 0.01?",
        says="A tenth of the step, a tenth of the error: one more digit.",
        known={
            0.043: "That is the old one. Something is gained.",
            0.00043: "That would be a hundred times better. It is better by less.",
            0.0215: "It falls faster than that.",
        },
        tolerance=0.05,
    ),
    "02 both sides": Number(
        "The central difference with h = 0.1 is off by 0.0009. And with h = 0.01?",
        says="What is left shrinks with h²: a tenth of the step, a hundredth of the error. Step through it: the dashed secant turns into the tangent sooner.",
        known={
            0.00009: "That is what a single side gains. Here h³ is divided by h.",
            9e-7: "h³ is divided by h before it counts.",
            0.0009: "That is the old one.",
        },
        tolerance=0.05,
    ),
    "02 much finer": Choice(
        "Their difference is divided by 2h. About how many digits of the slope are right?",
        {
            "sixteen": "Each of the two has sixteen. But the eleven that agree fall away when they are subtracted.",
            "eleven": "Those eleven agree, and so they fall away when the two are subtracted.",
            "five": "",
            "none": "Not all sixteen agree: what comes after the eleventh is left.",
        },
        says="Of sixteen digits eleven fall away, and five are left. The rule with h² promised an error of about 10⁻²⁵, and it is 1·10⁻⁵. With h = 10⁻⁵ it is 1·10⁻¹¹, a million times better. Until lesson 02b looks for the best, h is 10⁻⁵.",
        truth="five",
    ),
    "02 drag": Choice(
        "f(x, y) = x · x + x · y. You drag y, and leave x alone. Which of the two slopes changes?",
        {
            "the slope by x": "",
            "the slope by y": "Along y it is a straight line, with one slope everywhere.",
            "both": "Along y it is a straight line, with one slope everywhere.",
            "none": "Each y has its own parabola along x.",
        },
        says="It is 2x + y: y was held still while it was measured, and is part of it all the same. The slope by y is x.",
        truth="the slope by x",
    ),
    "02 reach in": Choice(
        "How far does z move now, beside the −0.000444 of u1's nudge?",
        {
            "as far": "u1's nudge was multiplied by the input, and had a tanh to pass. This one comes after both.",
            "farther, and down": "It was the input, −1, that turned u1's nudge round. This one comes after it.",
            "farther, and up": "",
            "less far": "What made u1's nudge smaller is the tanh, with a slope below 1. This one comes after it.",
        },
        says="z moves by 0.0007. ∂z/∂h1 is w1 = 0.7, another slope than ∂z/∂u1 = −0.444: another size, and another sign.",
        truth="farther, and up",
    ),
    "02 checkers, first": Choice(
        "All slopes are about 10⁻⁸, and the gradient is twice too large everywhere. Who lets it pass?",
        {
            "only A": "",
            "only B": "Twice the sum is not the sum.",
            "only C": "gradient / nudged is 2 everywhere, and 2 − 1 is no small number.",
            "A and C": "A does. But for C gradient / nudged is 2 everywhere.",
            "B and C": "Twice the sum is not the sum, and gradient / nudged is 2 everywhere.",
        },
        says="10⁻⁸ is off by 10⁻⁸, far below A's limit. And where slopes are a million, A blames the nudging's own rounding.",
        truth="only A",
    ),
    "02 checkers, second": Choice(
        "Ten thousand entries of size 1. One is too large by 0.1, and one too small by 0.1. Who lets it pass?",
        {
            "only A": "It looks at each entry, and 0.1 is more than its limit.",
            "only B": "B does: the two cancel in its sum. But what is C's mean, of ten thousand?",
            "only C": "C does: the mean is 0.2 / 10,000. But what is B's sum?",
            "A and C": "A looks at each entry, and 0.1 is more than its limit.",
            "B and C": "",
        },
        says="In B's sum the two errors cancel: an error has no sign, so take |a − n| first. In C's mean they are thinned to 0.2 / 10,000 = 0.00002: look at each entry, and at the worst. (And where a slope is 0, C divides by 0.)",
        truth="B and C",
    ),
    "02 one place": Choice(
        "With that line mended, the check says True at x = −1. Read by_hand once more: what will it say at another x?",
        {
            "True": "u1 and u2 stand beside x, so their slopes have x as a factor. Where is it in the last line?",
            "False": "",
        },
        says="Somebody had cell 0 before his eyes, where x is −1, and the check looked into the same cell.",
        truth="False",
    ),
    "02 printed": Choice(
        "The gradient that is handed in is the right one. What does your check say?",
        {"True": "What does a nudge of 0.00001 do to the third decimal?", "False": ""},
        says="A false alarm. A nudge of 0.00001 does not reach the third decimal: all nudged slopes are 0. The check is at its wits' end, and does not know it.",
    ),
    "02 calls": Number(
        "How often was log π called, for seven weights?",
        says="Up and down for each weight: 2n. For a million weights that is two million calls, for one step of learning.",
        known={
            7: "Each weight goes up and down.",
            8: "So it would be with one side: f(x) once, and f moved for each. Here each goes up and down.",
            2: "For each of the seven.",
            15: "f(x) itself is not needed.",
        },
        tolerance=0,
    ),
}
