"""Questions of lesson 03b, paths, and forward."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "03b paths of x": Number(
        "One path leads from the weight u1 to log π. How many lead from the input x?",
        says="One through each hidden neuron: x is heard by both.",
        known={
            1: "A weight has one. Who hears x?",
            3: "Through the hidden neurons, and nowhere else.",
            7: "That is the number of weights. How many of them does x meet first?",
        },
        tolerance=0,
    ),
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
        "Run the first neuron by hand. u1 = 0.8 has the slope 1, x = −1 and c1 = 0.1 have the slope 0. Which slope has h1 = tanh(u1·x + c1) = −0.604?",
        says="The product has the slope 1 · (−1) + 0.8 · 0 = −1, the sum still −1, and the tanh times 1 − h1² = 0.635. In lesson 03 the same two factors were met from the other end.",
        known={
            0.635: "That is the slope of the tanh. What comes in?",
            -1: "That comes in. The tanh is still to be passed.",
            -0.604: "That is the value.",
            1: "That is u1's own slope. The product, the sum and the tanh come after.",
        },
    ),
    "03b many to one": Choice(
        "Fifty weights, one loss. Which way takes fewer passes?",
        {
            "forward": "Forward needs a pass for each weight: fifty.",
            "backward": "",
            "both alike": "One needs a pass for each weight, the other a pass for each result.",
        },
        says="One pass back serves all fifty. That is every network's case.",
        truth="backward",
    ),
    "03b one to many": Choice(
        "One knob, fifty measured results. Which way now?",
        {
            "forward": "",
            "backward": "Backward needs a pass for each result: fifty.",
            "both alike": "One needs a pass for each knob, the other a pass for each result.",
        },
        says="One pass forward carries the knob's derivative to all fifty.",
        truth="forward",
    ),
}
