"""Questions of lesson 05, why deep networks fall silent."""

from helpers.guesses.questions import Choice, Number

SMALL, LARGE, ONE = "all weights too small", "all weights too large", "one layer's weights too small"
SIGMOID, ZERO, WELL = "sigmoid in place of tanh", "all weights 0", "nothing"

QUESTIONS = {
    "05 twenty layers": Choice(
        "The same 300 steps with twenty hidden layers. Where does the loss end?",
        {
            "below 0.34: more layers can do more": "They could. But can the gradient tell them how?",
            "near 0.34": "That would be luck: the one is twenty times as deep as the other.",
            "between 0.34 and 0.69: deep networks are slow": "Slow it would be if it moved at all.",
            "at 0.69": "",
        },
        says="It has not moved: 0.6931 is log 2, the loss of a coin.",
        truth="at 0.69",
    ),
    "05 smallest": Choice(
        "dW = hᵀ dz, and dz comes from the end. In this network, in which layer is dW smallest?",
        {
            "the first": "dz is smallest there. But what does dz meet: how large is h in front, and how large at the end?",
            "the last": "There h has come a long way. But what does it meet: how large is dz at the end?",
            "all are about the same": "",
        },
        says="The norms are all near two millionths, the last layer's as well. So it cannot be dz alone that fades.",
        truth="all are about the same",
    ),
    "05 hundred products": Number(
        "100 numbers of size 1, each times a random weight of size 1, are added. About what size has the sum?",
        says="Not 100, for most of it cancels, and not 1, for not all does. It is the root of 100.",
        known={
            100: "If all had one sign. Half of the weights are negative.",
            1: "That is one product. A sum of many strays farther.",
            0: "On average, yes. But how far from 0 is it, one time with another?",
            50: "If half of them cancelled the other half, nothing would be left. How much is left by chance?",
        },
        tolerance=0.1,
    ),
    "05 ten layers": Number(
        "What is left of dz after ten layers, as a power of ten? (−1 for a tenth, −2 for a hundredth.)",
        says="√100 · 0.05 is a half, and ten halves multiply to a thousandth.",
        known={
            -1: "Ten layers that take a half each: they multiply.",
            -0.3: "That is one layer.",
            -10: "That would be a tenth in each layer. What is √100 · 0.05?",
            -13: "That is 0.05 in each layer. A hundred products are added there: the root of n is missing.",
            -6: "That is all twenty.",
            -2: "Seven layers come to about that.",
        },
        tolerance=0.1,
    ),
    "05 twice": Choice(
        "std = 0.2: with what size is dz back in layer 1?",
        {
            "below 0.1: the flat neurons let nothing through": "The slopes are about a half, and the weights bring a 2. What is the product?",
            "about 1: a half times 2": "Nearly. It is a little more than 1, nineteen times.",
            "about 10": "",
            "half a million: a 2 for each of 19 layers": "That is the weights alone. The slopes take most of it away.",
        },
        says="The slopes take a half, the weights bring a 2 and a little more: only the product counts. "
        "With std = 0.4 it is a thousand or so. Then the gradient explodes, as one says: a step that suits the last layer "
        "throws the first one far away.",
        truth="about 10",
    ),
    "05 two wishes": Choice(
        "With which rule does dz lose most on its way to the first layer?",
        {
            "2/d_in": "½ · d_out · 2/d_in is 4 in one layer and ¼ in the next. Together?",
            "2/d_out": "½ · d_out · 2/d_out is 1 in each layer.",
            "4/(d_in + d_out)": "",
            "all lose alike": "Take ½ · d_out · std² for two layers of each rule. One product is below 1.",
        },
        says="½ · d_out · std² is 1.6 in one layer and 0.4 in the next: 0.64 for two, and ten such pairs leave a hundredth "
        "of the mean square, a tenth of the size. Measured: 0.07, against 0.40 with 2/d_in (a half is the one layer that "
        "has no partner) and 0.79 with 2/d_out.",
    ),
    "05 first patient": Choice(
        "What is wrong with A?",
        {
            SMALL: "Then h would fade as well. Here it stays near 0.5.",
            LARGE: "Then dz would grow towards the front.",
            ONE: "Then there would be a step. dz falls evenly.",
            SIGMOID: "",
            ZERO: "Then nothing at all would come back.",
            WELL: "In layer 1 is left a millionth of a millionth.",
        },
        says="A sigmoid of about 0 says ½, so h never fades, and its slope is ¼, so dz loses three quarters in each layer. "
        "Here the sentence from the web holds: the first layers get nothing.",
        truth=SIGMOID,
    ),
    "05 second patient": Choice(
        "What is wrong with B?",
        {
            SMALL: "Then h would fade evenly. Here it falls in one step.",
            LARGE: "Then dz would grow towards the front.",
            ONE: "",
            SIGMOID: "Then h would stay near 0.5, to the end.",
            ZERO: "Then nothing at all would come through.",
            WELL: "There is a step of a thousand.",
        },
        says="Layer 10. All behind it get a small h, all in front of it a small dz. Its own dW alone is large: "
        "it has the good h and the good dz, and is told to grow.",
        truth=ONE,
    ),
    "05 third patient": Choice(
        "What is wrong with C?",
        {
            SMALL: "Then h would fade. Here it is near 0.9.",
            LARGE: "",
            ONE: "There is no step.",
            SIGMOID: "A sigmoid's dz falls towards the front.",
            ZERO: "Something comes back, and more of it from layer to layer.",
            WELL: "Look at the front: dz has grown on its way.",
        },
        says="The neurons are saturated, h is near 1, and dz grows all the same.",
        truth=LARGE,
    ),
    "05 fourth patient": Choice(
        "What is wrong with D?",
        {
            SMALL: "",
            LARGE: "Then h would be near 1.",
            ONE: "There is no step.",
            SIGMOID: "Then h would be level, and here it fades.",
            ZERO: "Then nothing at all would come through.",
            WELL: "dW is even, but at a thousandth.",
        },
        says="The picture you know: h fades to the end, dz to the front, and the product is small everywhere.",
        truth=SMALL,
    ),
}
