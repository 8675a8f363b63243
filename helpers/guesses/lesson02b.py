"""Questions of lesson 02b, the last digits."""

from helpers.guesses.questions import Choice, Number
from helpers.guesses.sketch import Sketch

QUESTIONS = {
    "02b curve": Sketch(
        "With h = 0.1 the forward difference is off by 0.043, and with h = 0.01 by 0.0042: the exponents are −1.4 and −2.4. (The central one of lesson 02 was off by 10⁻⁵ with h = 10⁻¹².) Draw how the forward one goes on to the left.",
        says="Read it from right to left: it falls with slope 1, turns, and rises again with slope −1. The central one falls with slope 2, turns earlier, and rises like the other. (Single dips are luck.)",
        x="exponent of h",
        y="exponent of the error",
        low=-17,
        high=1,
    ),
    "02b central": Choice(
        "Central: h² = ε/h, with ε = 2.2·10⁻¹⁶. At about which h is that?",
        {
            "10⁻³": "h² would be 10⁻⁶, and ε/h far below it.",
            "10⁻⁵": "",
            "10⁻⁸": "That is the square root, for one side. Here h² · h = ε.",
            "10⁻¹¹": "That is about the error there, h². And h?",
            "10⁻¹⁶": "With h = ε the round-off is 1.",
        },
        says="h³ = ε, so h is the cube root of ε, 6·10⁻⁶. The error there is about h² = 4·10⁻¹¹: ten digits. Lesson 02 took 10⁻⁵.",
        truth="10⁻⁵",
    ),
    "02b coarse": Choice(
        "ε = 1.2·10⁻⁷. Which of these steps is best for the central difference in 32 bits?",
        {
            "10⁻²": "",
            "10⁻⁵": "That is the one of 64 bits: ε/h would be 10⁻² here.",
            "10⁻⁷": "That is ε itself: the round-off would be 1.",
            "10⁻⁸": "That is the forward one of 64 bits. In 32 bits 1 + 10⁻⁸ is 1.",
        },
        says="The cube root of 1.2·10⁻⁷ is 0.005. The error there is about h² = 2·10⁻⁵: four or five digits. The limit of your check, 10⁻⁵, would be below the nudging's own error.",
        truth="10⁻²",
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
        "How much of what the complex step says of this slope is right?",
        {
            "eight digits": "Eight are right of each of the two numbers. But how many are left when they are subtracted?",
            "four digits": "10,000 with eight right digits is right to about 0.0001. And how large is the slope?",
            "not even the sign": "",
        },
        says="10,000 with eight right digits is right to about 0.0001, which is twelve times the slope. The complex step subtracts nothing of its own, but f does.",
        truth="not even the sign",
    ),
    "02b size": Number(
        "What does the imaginary part of x·|x|, divided by h, say?",
        says="|1 + ih| is 1, a real number. So x·|x| is (1 + ih) · 1 = 1 + ih, where (1 + ih)² would have 2ih: half of the slope is lost. No error, no warning.",
        known={
            2: "So it should be. But |x| of a complex number is its length, a real number.",
            0: "Only |x| loses its imaginary part. The factor x still has it.",
        },
        tolerance=0.001,
    ),
    "02b spot": Choice(
        "Only one of the three gradients is wrong. Whose?",
        {
            "A": "",
            "B": "Its gradient is what the middle column says. For h = 10⁻⁶ its program has too few digits.",
            "C": "1.000 is the slope on the right, and no h makes the two sides one: this is a kink, and nobody can say more there.",
        },
        says="The slope is 1.423, by nudges that agree on all sides, and the gradient is half of it. B is right: its two sides come together, and part again for the smallest h. This is round-off: 0.06 at h = 10⁻⁶ makes ε about 10⁻⁷, so its program computes in 32 bits. And C sits on a kink.",
        truth="A",
    ),
    "02b which": Choice(
        "Which of them will do?",
        {
            "forward": "It has eight at best.",
            "central": "",
            "sideways": "It will not take a complex number.",
            "one pass back": "Nobody lets you look inside.",
        },
        says="Six calls, and ten digits, as its function is smooth and of size 1.",
        truth="central",
    ),
}
