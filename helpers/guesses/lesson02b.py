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
        "At its best step, how many digits of the forward difference are right in 32 bits?",
        {
            "seven": "So many has a number. But the subtraction takes some, and h the rest.",
            "five": "That is the central one: its best h is the cube root of ε, and its error there h², about 2·10⁻⁵.",
            "three": "",
            "none": "With h = 10⁻³ truncation is about 10⁻³, and round-off 10⁻⁴.",
        },
        says="h is the square root of 1.2·10⁻⁷, 0.00035, and the error about as large: half of the digits, as in 64 bits. Even the central one has only four or five, so the limit of your check, 10⁻⁵, would be below the nudging's own error.",
        truth="three",
    ),
    "02b by heart": Number(
        "In 32 bits, x = 1 and h = 10⁻⁸. What does the forward difference of sin say, where the truth is 0.54?",
        says="The next number after 1 is 1.00000012, so 1 + 10⁻⁸ is 1, and nothing has moved.",
        known={0.54: "If only. What is 1 + 10⁻⁸ in 32 bits?"},
        tolerance=0,
    ),
    "02b sideways": Choice(
        "Take the coarse h = 10⁻⁵ in place of 10⁻²⁰. How many digits of f′(x) are right now?",
        {
            "about five": "So would an error of h say. Which term with an i comes next in (2.4), once it is divided by h?",
            "ten or eleven": "",
            "all sixteen": "Is the term with h³ too small to be seen? Divide it by h.",
        },
        says="The next term with an i is h³/6 · f‴: divided by h it is about 2·10⁻¹¹. With 10⁻²⁰ it is far below the last digit. And 1 + 10⁻²⁰ is 1, but 1 + 10⁻²⁰ · i keeps its two parts apart: nothing large stands beside h·f′(x).",
        truth="ten or eleven",
    ),
    "02b own subtraction": Choice(
        "How much of what the complex step says of this slope is right?",
        {
            "eight digits": "Eight are right of each of the two numbers. But how many are left when they are subtracted?",
            "four digits": "10,000 with eight right digits is right to about 0.0001. And how large is the slope?",
            "no digit at all": "",
        },
        says="10,000 with eight right digits is right to about 0.0001, twelve times the slope. The complex step subtracts nothing of its own, but f does.",
        truth="no digit at all",
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
        "One of the three programs computes in 32 bits. Which?",
        {
            "A": "Its two sides come together, and stay so down to 10⁻⁶: no digit is missing. (But its gradient is half of what both say.)",
            "B": "",
            "C": "Its two sides are the same for every h. Round-off would grow as h shrinks; this is a kink.",
        },
        says="Its two sides come together, and part again at h = 10⁻⁶. That is round-off: ε/h is 0.06 there, so ε is about 10⁻⁷. Its gradient is what the middle column says. C sits on a kink. So A's is the only gradient that is wrong: 0.712 is half of 1.423.",
        truth="B",
    ),
    "02b kink": Number(
        "What does the central difference say of ReLU at 0, with h = 0.2?",
        says="From 0 at −0.2 to 0.2 at 0.2: half of the distance, the mean of both sides. With every other h it is the same.",
        known={
            0: "That is the slope on the left alone.",
            1: "That is the slope on the right alone, and what forward says.",
            0.2: "So much ReLU gains between the two points. And how far apart are they?",
        },
        tolerance=0,
        truth=0.5,
    ),
    "02b beside": Choice(
        "The gradient that is checked says 0.2 in this entry. What will the check say of it?",
        {
            "right, both times": "On one side of its kink a leaky ReLU has the slope 0.2. And on the other?",
            "right at −0.1, wrong at 0.1": "",
            "wrong at −0.1, right at 0.1": "On which side is a fifth kept?",
            "no verdict, both times": "From 0.1 a step of 10⁻⁵ does not reach the kink.",
        },
        says="On the left the slope is 0.2, on the right 1. At the kink itself neither is wrong, nor right. (Try it in the cell above.)",
        truth="right at −0.1, wrong at 0.1",
    ),
    "02b which": Choice(
        "Forward or central: which for S, and which for T?",
        {
            "forward for both": "It has eight digits at best. S needs nine.",
            "central for both": "It has the digits. But how many hours does T take, and how many would do?",
            "forward for S, central for T": "Which of the two has more digits, and which needs fewer calls?",
            "central for S, forward for T": "",
        },
        says="S: central has ten digits, for six calls, and forward eight at best. T: eight are more than enough, and forward takes four hours where central takes six. (It reuses the call at x itself.)",
        truth="central for S, forward for T",
    ),
}
