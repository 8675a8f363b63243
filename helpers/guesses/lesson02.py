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
        "Central differences of sin at 1. Which step has the smaller error, 10⁻⁵ or 10⁻¹²?",
        {
            "10⁻⁵": "",
            "10⁻¹²": "So (2.1) says. But a computer takes these differences.",
            "no difference": "One of the two is a million times better.",
        },
        says="10⁻⁵ is off by 1·10⁻¹¹, and 10⁻¹² by 1·10⁻⁵. So there is more to it than the bend of the curve; lesson 02b hunts for it. Until then: h = 10⁻⁵.",
        truth="10⁻⁵",
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
    "02 reach in": Number(
        "Now leave all weights alone. Let the network run to h1, add 0.001 to what h1 says, and let it run on. By how much does z = w1·h1 + w2·h2 + b move, with w1 = 0.7 and w2 = −1.2?",
        says="Larger, and to the other side: ∂z/∂h1 = 0.7 is another slope than ∂z/∂u1 = −0.444.",
        known={
            -0.000444: "That is the weight's nudge, which has a tanh to pass, and the input to be multiplied with.",
            0.000444: "That has still passed the tanh. You add to what comes out of it.",
            0.7: "That is how fast it moves. The nudge is 0.001.",
            -0.0012: "That is how z hears h2.",
            0.001: "That is how far h1 moves. How loudly is it heard?",
        },
    ),
    "02 same neuron": Number(
        "c1 is the bias of the same neuron: h1 = tanh(u1·x + c1). What is ∂z/∂c1 at x = −1?",
        says="0.7 · 0.635 · 1. Neuron and tanh are the same as for u1; beside c1 stands a 1 in place of the input −1.",
        known={
            -0.444: "Beside u1 stands x = −1. What stands beside c1?",
            0.7: "That is the neuron's own slope. On the way from c1 there is a tanh.",
            0.635: "That is the slope of the tanh alone. Who listens to it?",
            1: "That is the last factor alone.",
        },
        tolerance=0.01,
    ),
    "02 which line": Choice(
        "Which line is wrong?",
        {
            "dz = …": "Then all seven would be wrong.",
            "dz1 = …": "Then u1 and c1 would be wrong.",
            "dz2 = …": "",
            "return …": "Two entries are wrong, each by the same factor. What do they share?",
        },
        says="u2 and c2 are wrong, both by the factor −0.583, and dz2 is what these two share, and they alone. It has w1 where w2 is due, and 0.7 / −1.2 = −0.583.",
        truth="dz2 = …",
    ),
    "02 checkers, first": Choice(
        "All slopes are about 10⁻⁸, and the gradient is twice too large everywhere. Who lets it pass?",
        {
            "A": "",
            "B": "Twice the sum is not the sum.",
            "C": "gradient / nudged is 2 everywhere.",
        },
        says="10⁻⁸ is off by 10⁻⁸, far below its limit. And where slopes are a million, it blames the nudging's own rounding.",
        truth="A",
    ),
    "02 checkers, second": Choice(
        "One entry is too large by 0.1, another too small by 0.1. Who lets it pass?",
        {
            "A": "0.1 is more than its limit.",
            "B": "",
            "C": "For a handful of entries of size 1 its mean is well above 0.001.",
        },
        says="The two errors cancel in the sum. An error has no sign: take |a − n| first.",
        truth="B",
    ),
    "02 checkers, third": Choice(
        "Ten thousand entries of size 1, and one of them has the wrong sign. Who lets it pass?",
        {
            "A": "It looks at every entry: 2 is more than its limit.",
            "B": "The sum is off by 2 in 10,000, which is 200 times its limit.",
            "C": "",
        },
        says="An error of 2, shared among ten thousand, is 0.0002. And where a slope is 0 it divides by 0.",
        truth="C",
    ),
    "02 one place": Choice(
        "Three more gradients have a wrong last factor where x should stand. Which of them does a check at x = −1 not see?",
        {
            "x²": "(−1)² is 1, and x is −1: the sign gives it away.",
            "|x|": "|−1| is 1, and x is −1: the sign gives it away.",
            "1/x": "",
        },
        says="1 / −1 is −1, just as x is. In cell 2 it would pass as well, and in cell 0.5, if there were one, it would be four times too large.",
        truth="1/x",
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
