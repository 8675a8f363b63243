"""Questions of lesson 01, one neuron. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number
from helpers.guesses.sketch import Sketch

QUESTIONS = {
    "01 right, left, right": Number(
        "How many of the 6,561 neurons have p above ½ in cell 0, below ½ in cell 1, and above ½ in cell 2?",
        says="Not one, nor is there any beyond the grid. Over the three cells w·x + b is a straight line, and σ keeps its order: a line can't go down and up again. So our actor has a hidden layer: neurons between input and output, each with a bend.",
        known={
            820: "An eighth of them, if the three cells had nothing to do with each other. Follow w·x + b through them.",
            1: "One would do. Try to find it: follow w·x + b through the cells.",
        },
        tolerance=0,
    ),
    "01 most moved": Choice(
        "w = 1.5 and b = 0.5. Raise w a little. In which cell does p move most, up or down?",
        {
            "cell 0": "",
            "cell 1": "There x = 0, and w multiplies it: p does not move at all.",
            "cell 2": "p is larger there. But σ is flatter there, too.",
        },
        says="In cells 0 and 2 z moves equally far, in opposite directions. In cell 0 z = −1, in cell 2 z = 2, where σ is flatter: p moves by 0.197 and by 0.105 times as much as w.",
    ),
    "01 slope": Sketch(
        "σ is 0.1 at z = −2.2, 0.5 at 0 and 0.9 at 2.2. How steep is it at each z? Draw its slope.",
        says="It is never negative, and at most ¼. Three places, measured: p = 0.1 has the slope 0.09, p = 0.5 has 0.25, p = 0.8 has 0.16.",
        x="z",
        y="slope",
        low=-0.5,
        high=1.0,
    ),
    "01 kink": Choice(
        "ReLU(z) is 0 up to z = 0, and z from there on. What is its slope at z = 0?",
        {
            "0": "From the left. And from the right?",
            "½": "That is the mean of both sides, and the slope on neither of them.",
            "1": "From the right. And from the left?",
            "there is none": "",
        },
        says="From the left it is 0, from the right 1.",
        truth="there is none",
    ),
    "01 nudged weight": Choice(
        "Raise u1 by 0.001. By the claim z rises by 0.000635. What does it do, in cell 0?",
        {
            "it rises as far": "So it would if u1 stood alone in the tanh, and z were h1. Look at the drawing: what does u1 multiply, and what multiplies h1?",
            "it rises less far": "w1 = 0.7 makes it less, that is right. But what does u1 multiply in cell 0?",
            "it rises farther": "w1 is 0.7, which makes it less. And what does u1 multiply in cell 0?",
            "it falls": "",
        },
        says="By 0.000444, that is −0.444 for each unit of u1. Three factors make it. z1 = u1·x + c1 moves by x = −1 for each unit of u1: the arrow carries the name u1, and brings the factor x. h1 moves by 0.635 for each unit of z1, and z by w1 = 0.7 for each unit of h1. The claim has the wrong size, and the wrong sign.",
    ),
    "01 programs, first": Choice(
        "Three programs differentiate z with respect to u2, in cell 0. A says 0.559, B says −0.671, C says 0.671. Here w2 is −1.2. Which forgot the input, and nothing else?",
        {
            "A": "A forgot more: it has the slope alone.",
            "B": "",
            "C": "With w2 = −1.2 and x = −1 the sign is right.",
        },
        says="B has w2 · slope, and the input −1 turns it round. A has the slope alone, C all three factors.",
        truth="B",
    ),
    "01 operations": Choice(
        "Five hidden layers in place of one: how many times as many operations?",
        {
            "about 4 times": "As many as the weights. But each formula is longer, too.",
            "about 60 times": "3.7 · 16 = 59, for weights and paths. But look into the actor's formula: what stands inside each tanh?",
            "more than 100 times": "",
        },
        says="159 times, 35,379. Weights and paths make 3.7 · 16 = 59 at the most. The rest is that each tanh stands there with its whole argument, all the network below it. "
        "With one name for each tanh, in place of its argument, the same formulas take 48 operations and 2,184: 46 times.",
        truth="more than 100 times",
    ),
    "01 shared": Choice(
        "Sympy computes once what stands there twice: with two hidden layers 73 operations are left, where 58 do by hand. With five, 136 do by hand. How many does sympy need there?",
        {
            "136, as by hand": "At two layers it already needs more than by hand.",
            "some hundreds": "",
            "some thousands": "Better than that: most of it was repetition.",
        },
        says="455. That is 3.3 times as many as by hand, and the two lines part: with two hidden layers it was 1.3.",
        truth="some hundreds",
    ),
}
