"""Questions of lesson 01, one neuron. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number
from helpers.guesses.sketch import Sketch

CLAIMED = 0.000635  # so far rises z by the claim of lesson 01


class Raised(Choice):
    """What z does; its change, handed over as a number, is one of the options."""

    def checked(self, truth):
        """As in `Choice`."""
        if isinstance(truth, str):
            return super().checked(truth)
        share = float(truth) / CLAIMED
        far = "as far" if abs(share - 1) < 0.02 else "less far" if share < 1 else "farther"
        return super().checked("it falls" if share < 0 else f"it rises {far}")


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
        low=0.0,
        high=0.5,
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
    "01 nudged weight": Raised(
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
    "01 paths": Number(
        "How many paths lead from h to z, with the thick one?",
        says="Each layer offers two neurons: 2 · 2. A further layer of two would double them.",
        known={
            1: "The thick one. Which others are there?",
            2: "Above and below? An arrow may also cross over.",
            3: "One is missing. From each neuron of the first layer there are two ways on.",
            8: "Those are the arrows. A path is a whole way from h to z.",
            6: "A path may use an arrow that another uses, too. From each neuron of the first layer there are two ways on; and after them?",
        },
        tolerance=0,
        truth=4,
    ),
    "01 operations": Choice(
        "Two inputs, hidden layers of two tanh neurons, one output. With one hidden layer there are 9 weights and biases, and sympy's derivatives by all of them take 223 sums, products and tanhs. With five hidden layers there are 33. How many operations?",
        {
            "about 800": "Four times as many, as the weights. But each formula is longer, too.",
            "about 3,600": "16 times as many, as the paths from the first layer. But there are more weights, too.",
            "more than 10,000": "",
        },
        says="35,379, and that is 159 times as many. There are more weights; from the first layer 16 paths lead on, in place of one; and each slope 1 − tanh² writes out its tanh again, with all that is inside it.",
        truth="more than 10,000",
    ),
    "01 many inputs": Number(
        "Let a hundred weights lead into h, and count a product for each arrow. Weight by weight it is 1 + 8 each time, 900 in all. And with the part behind h done once?",
        says="The 8 arrows behind h once, and 100 from h to the weights.",
        known={
            900: "So it is if all arrows are walked for each weight. Which of them are the same for all?",
            100: "And the arrows behind h?",
            8: "And the arrows between h and the weights?",
            9: "That is one weight. There are a hundred.",
            800: "The arrows behind h once for each weight? They are the same for all.",
        },
        tolerance=0,
        truth=108,
    ),
}
