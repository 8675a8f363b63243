"""Questions of lesson 00, start here. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice

QUESTIONS = {
    "00 coin": Choice(
        "Right, left, right takes three steps. And an agent that tosses a coin in every cell, how many steps does it need on average?",
        {
            "about 4": "Then hardly a toss would be lost. But in every cell half of them are.",
            "about 8": "Three tosses in a row are right one time in eight. But each such attempt takes more than one step.",
            "about 12": "",
            "about 40": "Even if each wrong toss led back to the start, it would be 14. It leads one cell back.",
        },
        says="Call the steps that are left on average a, b and c, in cells 0, 1 and 2. One step, then half the time here, half there: "
        "a = 1 + (a + b)/2, b = 1 + (a + c)/2, c = 1 + b/2. That is solved by a = 12, b = 10, c = 6.",
    ),
    "00 one path": Choice(
        "The weights on the path, u1 = 0.8 and w1 = 0.7, are positive, and tanh, σ and the logarithm all rise. "
        "Raise u1 a little, in cell 0. What does log π do?",
        {
            "it rises": "Look at the first factor of the path once more: what does u1 multiply?",
            "it falls": "",
            "it stays": "Something must go on: the path has no gap.",
        },
        says="In cell 0 the input is x = −1. A larger u1 makes u1·x smaller, and from there to the end all rises or falls together.",
        truth="it falls",
    ),
}
