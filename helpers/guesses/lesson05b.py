"""Questions of lesson 05b, repairs."""

from helpers.guesses.questions import Choice, Number
from helpers.guesses.sketch import Sketch

QUESTIONS = {
    "05b zero": Choice(
        "All weights and biases 0, as many red points as blue ones. What does the network learn?",
        {
            "nothing at all": "",
            "only the output layer learns": "dW = hᵀ dz. What is h, if all that feeds it is 0?",
            "the same as any other, only later": "For that something must move. Which dW is not 0?",
            "only the biases learn": "Those of the hidden layer hear through a W of zeros. And those of the output? "
            "Half of the points pull each way.",
        },
        says="h is 0, so the output's dW is; dz comes back through a W of zeros, so the hidden layer's is. "
        "It is a level place, and the steps are 0 for ever.",
        truth="nothing at all",
    ),
    "05b equal weights": Number(
        "300 steps have changed all 32 of them. How many different neurons are there?",
        says="They get equal inputs and equal upstream, so equal gradients, so they stay equal. "
        "32 neurons can say no more than one. Chance is there to tell them apart.",
        known={
            32: "Something must tell one from another. Their weights were equal: are their gradients different?",
            2: "Two outputs, but each neuron serves both, and in the same way.",
        },
        tolerance=0,
    ),
    "05b careful": Choice(
        "How many of the 32 are alive again after five hundred careful steps?",
        {
            "all": "What would tell them to move?",
            "some": "Each of them needs a gradient. Where would it come from?",
            "none": "",
        },
        says="A dead neuron has slope 0 for every point, so nothing passes through it: not to its own weights, "
        "and not to the layer in front, which might have changed what it hears. The output says the same to all points; "
        "only its bias can move, and the loss ends at that of a coin.",
    ),
    "05b come back": Choice(
        "In which layer do dead neurons come back?",
        {
            "in neither": "Their own weights get no gradient, that is so. But may their inputs change?",
            "in the first layer only": "Its inputs are the points, and they stay.",
            "in the second layer only": "",
            "in both": "The first layer hears the points, and they stay.",
        },
        says="Their own weights stand still in both. But the first layer goes on learning through the neurons that live, "
        "and what it says to a dead one may become what wakes it.",
    ),
    "05b silent": Choice(
        "Its gradient is some millionths long. What does clipping to 0.1 do to it?",
        {
            "it becomes 0.1 long, and the network learns": "That would be another rule. Clipping leaves alone what is below the limit.",
            "nothing": "",
            "it becomes shorter still": "It shortens what is longer than the limit.",
        },
        says="It is below the limit and stays as it is. Clipping is for steps that are too long, "
        "and makes no wrong weights right.",
        truth="nothing",
    ),
    "05b two ways": Number(
        "At the end arrives ∂L/∂h_out = 2. The layer's own part, tanh(hW + b), moves 0.3 times as much as h. What is ∂L/∂h?",
        says="2 · 1 straight on, and 2 · 0.3 through the layer: over two edges shares add up.",
        known={
            0.6: "That is the way through the layer alone.",
            2: "That is the way straight on alone.",
            1.3: "Those are the local derivatives. What arrives at them?",
            2.3: "The 0.3 is multiplied by what arrives, too.",
        },
        tolerance=0,
        truth=2.6,
    ),
    "05b with skips": Sketch(
        "The size of dz with skips, as a power of ten (0 is what was sent in), against the layer.",
        says="Layer 20 has no skip, and takes two thirds. From layer 19 to the front it grows eightfold in all: what passes by stays, and each layer adds its share.",
        x="layer",
        y="power of ten",
        low=-8,
        high=2,
    ),
    "05b all zero": Number(
        "Twenty layers of zeros with skips are inserted. What is ∂log π(right | x = −1)/∂u₁ now?",
        says="All digits of the number you follow: h + tanh(0) is h, and a layer of zeros with a skip is no layer.",
        known={
            0: "Without skips it would be. But what is h + tanh(0)?",
            0.327: "The size is right.",
            -6.53: "Twenty times? They stand one behind another, and each passes on 1.",
        },
        tolerance=0.005,
    ),
    "05b hundred times": Number(
        "All weights 100 times as large. How many times as large is the spread of what the last layer but one says?",
        says="z is 100 times as large, and so is the root that it is divided by.",
        known={
            100: "z is. But then it is divided. By what?",
            10: "Which root would that be? The root of the variance grows as z does.",
            0: "It does not fade. What is z divided by?",
        },
        tolerance=0.01,
    ),
}
