"""Questions of lesson 00, start here. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "00 coin": Number(
        "Right, left, right takes three steps. How many does an agent need on average that tosses a coin in every cell?",
        says="Every other toss leads back, and in cell 0 nowhere.",
        known={
            3: "That takes three lucky tosses in a row.",
            6: "Two tosses for each step forward? But the wrong ones also lead back.",
            8: "So often three tosses in a row are right. But a wrong one need not lead back to the start.",
        },
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
