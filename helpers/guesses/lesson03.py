"""Questions of lesson 03, a graph, and back. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "03 nudged factor": Number(
        "c = a · b, with a = 2 and b = −3. Raise a by 0.001. By how much does c move?",
        says="That is b times 0.001: the slope is the other factor.",
        known={
            0.001: "That is the sum's rule. A product moves otherwise.",
            0.002: "That uses the factor that moved. Compute 2.001 · (−3).",
            -0.002: "That uses the factor that moved. Compute 2.001 · (−3).",
            -3: "That is how fast it moves. Here a moves by 0.001 only.",
            -6.003: "That is where c goes. How far is it from −6?",
        },
        tolerance=0,
        truth=-0.003,
    ),
    "03 nudged twice": Number(
        "L = s · a with s = a + 1. At a = 2 that is 6. Raise a by 0.001, everywhere it stands. By about how much does L rise?",
        says="0.002 through s, 0.003 through the other factor: they add up. The millionth beyond them is 0.001 · 0.001, and shrinks faster than the nudge.",
        known={
            0.003: "That is the product's own share. The sum moves as well.",
            0.002: "That is the share over the sum alone.",
            0.000006: "Along a path one multiplies. Here are two paths.",
        },
        tolerance=0.001,
    ),
    "03 same parent": Number(
        "c = a + a. What does a.grad say, in the program above?",
        says="c is 2a, so it should be 2. The second share has wiped out the first, and 1 is left.",
        expected=1,
        others={2: "So it should be: c is 2a. Your lines do already what the next cells ask for."},
        known={
            2: "So it should be: c is 2a. But follow the line through both edges.",
            1: "That is one edge's share. Two edges lead to a.",
            4: "Twice 2? Each edge brings 1.",
        },
        tolerance=0,
    ),
    "03 depth-first": Number(
        "L = s · s with s = a + a is 4a², so at a = 3 its derivative is 24. What does the program say?",
        says="Two edges lead from L to s, so s is visited twice. It has all its 12 from the start, and each visit passes 12 on over both edges: 24, twice.",
        expected=48,
        known={
            24: "If only.",
            12: "Less than the truth? It is more.",
            36: "Nearly the story. But s has all its 12 from the start.",
            96: "Twice too often? Only s is visited twice.",
        },
        tolerance=0,
    ),
    "03 once each": Number(
        "L = s + s · s with s = a + a; at a = 3 the derivative is 2 · (1 + 2s) = 26. And the program?",
        says="s had 1 from the sum, passed it on over two edges, and was never asked again when 12 more came from the product.",
        expected=2,
        known={
            26: "If only.",
            24: "That would be the product's share alone. Which share comes first?",
            1: "That is what s had. Two edges lead on to a.",
        },
        tolerance=0,
    ),
    "03 two rounds": Number(
        "L = s · s again. The first round gives a the right 24. What has it after the second?",
        says="In the second round s begins with its old 12, collects 12 more, and passes 24 on over both edges: 24 + 48. So says a second call in micrograd.",
        expected=72,
        known={
            24: "If only.",
            48: "24 twice? But s, too, begins its second round with something.",
        },
        tolerance=0,
    ),
    "03 diamond": Number(
        "L = (a + b) · a with a = 2 and b = 3. What is ∂L/∂a?",
        says="5 straight from the product, and 2 over the sum.",
        expected=7,
        known={
            5: "That is the straight way alone.",
            2: "That is the way over the sum alone.",
            10: "Along a path one multiplies; paths are added.",
        },
        tolerance=0,
    ),
    "03 engines, third": Choice(
        "C says 7 for a, which is right. What is its mistake?",
        {
            "= in place of +=": "Its 7 is a sum of two shares.",
            "the upstream is forgotten": "With the local derivatives alone a would get 5 + 1.",
            "a product gives each factor its own number": "",
            "the row is walked from its beginning": "Then b would get nothing.",
        },
        says="The sum and a are the factors. C's sum gets 5, its own number, where 2 is due, and hands 5 on to a and b; a itself gets 2 in place of 5. For a that is 7 all the same.",
        truth="a product gives each factor its own number",
    ),
    "03 engines, second": Choice(
        "And which forgot the upstream, and passes on the local derivative alone?",
        {
            "A": "Over the sum it passed on 2, which is the upstream.",
            "B": "",
            "C": "With the local derivative alone, b would get 1.",
        },
        says="Over the sum it passes on 1, where 1 · 2 is due: a gets 5 + 1, and b gets 1. So A wrote = for +=: its first share, 5, is wiped out by the 2 over the sum.",
        truth="B",
    ),
    "03 neuron": Number(
        "∂p/∂b is the sigmoid's slope, 0.197. Two more edges lead on to x, over the sum and over the product. What is ∂p/∂x?",
        says="0.197 times 1 through the sum, times w = 1.5 through the product.",
        expected=0.29491789986,
        known={
            -0.197: "That is w's share: a product swaps.",
            0.197: "That has come through the sum. The product is still to be passed.",
            -0.295: "The size is right. Is w negative?",
            1.5: "That is the last factor. What arrives at it?",
            -1: "That is x itself. Its slope is asked.",
        },
    ),
}
