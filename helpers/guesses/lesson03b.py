"""Questions of lesson 03b, paths, and forward."""

from helpers.guesses.questions import Number

QUESTIONS = {
    "03b paths": Number(
        "Ten layers of two neurons. Each adds up the two values before it, which for the first layer are the input, twice; the output adds the last two. How many paths lead from the input to the output?",
        says="Two for the input in its two places, and each layer doubles them.",
        known={
            20: "That is the number of neurons.",
            62: "That is too few: a path chooses at every layer.",
            100: "It does not grow with the square. Try one layer, then two.",
            1024: "Nearly: 2 to the power of 10, a choice in each layer. The output chooses as well.",
        },
        tolerance=0,
    ),
    "03b edges": Number(
        "The same ten layers: how many edges are there, each of which backward walks once?",
        says="Six for each layer, two into each sum and one into each tanh, and two at the end.",
        known={
            2048: "So many paths there are; an edge lies on many of them.",
            60: "Nearly: the output adds as well.",
            42: "The tanhs have an edge each, too.",
            40: "That is four for each layer, from neuron to neuron. Each neuron has two boxes here.",
        },
        tolerance=0,
    ),
    "03b forward": Number(
        "Run the second neuron by hand. u2 = −0.5 has the slope 1, x = −1 and c2 = 0.3 have the slope 0. Which slope has h2 = tanh(u2·x + c2) = 0.664?",
        says="The product has the slope 1 · (−1) + (−0.5) · 0 = −1, the sum still −1, and the tanh times 1 − h2² = 0.559. Backward meets the same factors from the other end.",
        known={
            0.559: "That is the slope of the tanh. What comes in?",
            -1: "That comes in. The tanh is still to be passed.",
            0.664: "That is the value.",
            1: "That is u2's own slope. The product, the sum and the tanh come after.",
            0.441: "That is h2². The slope of the tanh is 1 minus it, and something comes in.",
            -0.441: "That is h2². The slope of the tanh is 1 minus it.",
        },
    ),
    "03b passes": Number(
        "A network has 50 inputs and 3 outputs, and all 150 derivatives are wanted. How many passes that carry derivatives does the better direction need?",
        says="Three, back: one for each output, and each brings the derivatives by all 50 inputs. Forward it would be 50.",
        known={
            1: "A pass back starts with a 1 at one output. Here are three.",
            50: "So many forward needs, one for each input. And back?",
            150: "Each pass brings more than one derivative.",
            53: "Either direction brings them all.",
            47: "That is the difference. How many does the better one need?",
        },
        tolerance=0,
        truth=3,
    ),
}
