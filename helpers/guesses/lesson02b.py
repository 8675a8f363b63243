"""Questions of lesson 02b, the last digits."""

from helpers.guesses.questions import Choice, Number
from helpers.guesses.sketch import Sketch

QUESTIONS = {
    "02b curve": Sketch(
        "With h = 0.1 the forward difference is off by 0.043, and with h = 0.01 by 0.0042: the exponents are −1.4 and −2.4. Draw how it goes on to the left.",
        says="Read it from right to left: it falls with slope 1, turns, and rises again with slope −1. The central one falls with slope 2, turns earlier, and rises like the other. (Single dips are luck.)",
        x="exponent of h",
        y="exponent of the error",
        low=-17,
        high=1,
    ),
    "02b rounding": Choice(
        "The difference is off by about 10⁻¹⁶. It is divided by h = 10⁻¹². How far off is the quotient?",
        {
            "about 10⁻⁴": "",
            "about 10⁻¹⁶": "That is the difference itself. Then comes the division.",
            "about 10⁻²⁸": "Dividing by something small makes large.",
        },
        says="Of sixteen digits four are left. At sin it was 4·10⁻⁵ for one side, and 1·10⁻⁵ for both.",
        truth="about 10⁻⁴",
    ),
    "02b forward": Number(
        "Forward: at which h are h and ε/h equal? (You can type 3e-9.)",
        says="h² = ε, so h = √ε. The error there is about √ε, too: half of the sixteen digits.",
        known={2.2e-16: "With h = ε the round-off is 1.", 1.1e-16: "Half of ε is not its root."},
        tolerance=0.1,
        truth=2.0**-26,
    ),
    "02b central": Number(
        "Central: at which h are h² and ε/h equal?",
        says="h³ = ε, so h is the cube root of ε, and the error is about h² = 4·10⁻¹¹: ten digits. Lesson 02 took 10⁻⁵, which is close.",
        known={
            1.5e-8: "That is the root, for one side. Here h² · h = ε.",
            3.7e-11: "That is the error there, h². And h?",
        },
        tolerance=0.1,
        truth=2.0 ** (-52 / 3),
    ),
    "02b coarse": Number(
        "ε = 1.2·10⁻⁷. Which h is best for the central difference in 32 bits?",
        says="The cube root of 1.2·10⁻⁷. The error there is about h² = 2·10⁻⁵: a gradient check could not tell 10⁻⁵ from nothing.",
        known={
            6.1e-6: "That is the one of 64 bits.",
            0.00035: "That is the root, for one side.",
            1.2e-7: "With h = ε the round-off is 1.",
        },
        tolerance=0.1,
        truth=2.0 ** (-23 / 3),
    ),
    "02b by heart": Number(
        "In 32 bits, x = 1 and h = 10⁻⁸. What does the forward difference of sin say, where the truth is 0.54?",
        says="The next number after 1 is 1.00000012, so 1 + 10⁻⁸ is 1, and nothing has moved.",
        known={0.54: "If only. What is 1 + 10⁻⁸ in 32 bits?"},
        tolerance=0,
    ),
    "02b sideways": Choice(
        "Take h = 10⁻²⁰, in 64 bits. How many digits of f′(x) can f(x + ih) give?",
        {
            "none": "1 + 10⁻²⁰ is 1. But 1 + 10⁻²⁰ · i keeps its two parts apart.",
            "about eight": "Half of them go where something is subtracted.",
            "all sixteen": "",
        },
        says="f(x) is in the real part, and h·f′(x) in the imaginary part, where nothing large is beside it. The term with h³ is far below the last digit.",
        truth="all sixteen",
    ),
    "02b own subtraction": Choice(
        "At x = 10⁻⁴ the slope is −0.0000083. What is right of what the complex step says?",
        {
            "all digits": "1 − cos x is the difference of two numbers that agree in eight digits.",
            "about eight digits": "Eight are lost in 1 − cos x. But it is divided by x² afterwards, and by that much more the slope is smaller than f.",
            "not even the sign": "",
        },
        says="It says +0.000044. 1 − cos(10⁻⁴) is 5·10⁻⁹ with eight digits, f is 0.5 with eight digits, and its slope is hidden below the eighth. The complex step loses nothing, and mends nothing. The clumsy central difference with h = 10⁻³ says −0.00000832, since it looks from farther away.",
        truth="not even the sign",
    ),
    "02b size": Number(
        "What does the imaginary part of x·|x|, divided by h, say?",
        says="|x| is a real number: it has thrown the imaginary part away, and half of the slope with it. No error, no warning.",
        known={
            2: "So it should be. But |x| of a complex number is its length, a real number.",
            0: "Only |x| loses its imaginary part. The factor x still has it.",
        },
        tolerance=0.001,
    ),
    "02b at zero": Number(
        "What does the central difference of ReLU say at 0?",
        says="The mean of both sides, 0 and 1, for every h. The forward one says 1. Neither is a slope. And the picture on the right says more: the error reaches as far as the step.",
        known={
            0: "That is the side on the left.",
            1: "That is the side on the right, which the forward difference sees.",
        },
        tolerance=0.001,
    ),
    "02b spot, first": Choice(
        "Which of them sits on a kink?",
        {
            "A": "Its two sides agree as h shrinks: the curve is smooth there.",
            "B": "Its two sides come together, and part again for the smallest h: that is rounding.",
            "C": "",
        },
        says="Two slopes, on each side another, and no h makes them one.",
        truth="C",
    ),
    "02b spot, second": Choice(
        "And whose gradient is wrong?",
        {
            "A": "",
            "B": "Its gradient is what the middle column says. For h = 10⁻⁶ its program has too few digits.",
            "C": "1.000 is the slope on the right. Nobody can say more at a kink.",
        },
        says="The slope is 1.423, by nudges that agree on all sides, and the gradient is half of it. And B is right: its program computes in 32 bits, and 10⁻⁶ is too small a step for that.",
        truth="A",
    ),
    "02b which, first": Choice(
        "A simulator that a company sells. It takes three numbers and returns one, in 64 bits. You want its slopes to nine digits.",
        {
            "forward": "It has eight at best.",
            "central": "",
            "sideways": "It will not take a complex number.",
            "one pass back": "Nobody lets you look inside.",
        },
        says="Six calls, ten digits, and nothing is asked of the program.",
        truth="central",
    ),
    "02b which, second": Choice(
        "A formula of sines and exponentials in NumPy, one number in. You want fourteen digits.",
        {"forward": "It has eight at best.", "central": "It has ten or eleven.", "sideways": ""},
        says="All of it is analytic. If the formula subtracts nearly equal numbers, not even this helps.",
        truth="sideways",
    ),
    "02b which, third": Choice(
        "A network with a million weights, which is to take ten thousand steps of learning.",
        {
            "forward": "A million calls for each step.",
            "central": "Two million calls for each step.",
            "sideways": "A million calls for each step, and complex ones.",
            "one pass back": "",
        },
        says="The other three move one weight at a time.",
        truth="one pass back",
    ),
    "02b twice the weights": Number(
        "With 2,000 weights in place of 1,000, how many times more products do central differences take?",
        says="Twice as many calls, and each call twice as long: n². One pass back takes two times more, since it goes once over a network that is twice as large.",
        known={
            2: "There are twice as many calls. And how long is each?",
            8: "Twice the calls, each with twice the products.",
        },
        tolerance=0,
    ),
}
