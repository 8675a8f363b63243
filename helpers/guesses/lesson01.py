"""Questions of lesson 01, one neuron. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number
from helpers.guesses.sketch import Sketch

QUESTIONS = {
    "01 right, left, right": Number(
        "How many of the 6,561 neurons have p above ½ in cell 0, below ½ in cell 1, and above ½ in cell 2?",
        says="Not one, nor is there any beyond the grid. Over the three cells w·x + b is a straight line, and σ keeps its order: a line can't go down and up again.",
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
        "Draw the slope of σ: how steep is it at each z?",
        says="It is never negative, and at most ¼. Three places, measured: p = 0.1 has the slope 0.09, p = 0.5 has 0.25, p = 0.8 has 0.16.",
        x="z",
        y="slope",
        low=-0.5,
        high=1.0,
    ),
    "01 kink": Choice(
        "ReLU(z) is 0 up to z = 0, and z from there on. Sympy gets it written in two ways, as a maximum and by cases, and is asked for the slope at 0. What does it say?",
        {
            "0 and 0": "The two ways are one function, and yet sympy says two things.",
            "1/2 and 1/2": "The two ways are one function, and yet sympy says two things.",
            "1/2 and 0": "",
            "1 and 1": "The two ways are one function, and yet sympy says two things.",
        },
        says="Two answers for one function at one point, and neither is its derivative.",
    ),
    "01 nudged weight": Number(
        "The activation's slope is 0.635, w1 is 0.7, and in cell 0 x = −1. Raise u1 by 0.001. By how much does z move?",
        says="−1 · 0.635 · 0.7 = −0.444 for each unit of u1. The claim has the wrong size, and the wrong sign.",
        known={
            0.000635: "That is the claim.",
            -0.000635: "The sign is right. How loudly is the neuron heard?",
            0.000444: "The size is right. What does u1 multiply?",
            -0.444: "That is for a whole unit of u1.",
            0.0007: "That is w1 alone.",
        },
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
    "01 programs, second": Choice(
        "Four more go on from ∂z/∂u2 = 0.671, where p = 0.265. They say 0.493, 0.178, 0.131 and 2.53. Which has the derivative of log π?",
        {
            "0.493": "",
            "0.178": "Its last factor is p.",
            "0.131": "Its last factor is p(1 − p): that is the derivative of π.",
            "2.53": "Its last factor is 1/p: the slope of σ is missing.",
        },
        says="0.671 · (1 − 0.265).",
        truth="0.493",
    ),
    "01 operations": Number(
        "With one hidden layer there are 9 weights, and their printed derivatives take 223 operations. With five there are 33. How many operations now?",
        says="The weights became 3.7 times as many, the operations 159 times.",
        known={
            818: "In proportion to the weights? It grows faster.",
            1115: "In proportion to the layers? It grows faster.",
            2998: "With the square of the number of weights? Faster still.",
            10994: "With its cube? Faster still.",
        },
        tolerance=0.25,
    ),
    "01 shared": Choice(
        "By hand 136 operations do. How far down does sympy come, when each piece that stands there twice is computed once?",
        {
            "to 136, as by hand": "Pieces that only look alike are not shared.",
            "to some hundreds": "",
            "to some thousands": "Better than that: most of it was repetition.",
        },
        says="To 455. That is 3.3 times as many as by hand, and the two lines part: with two hidden layers it was 1.3.",
        truth="to some hundreds",
    ),
}
