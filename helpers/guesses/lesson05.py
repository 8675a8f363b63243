"""Questions of lesson 05, why deep networks fall silent."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "05 length": Choice(
        "300 steps, α = 0.02, and this fall of the loss. About how long is the gradient?",
        {
            "0.1": "Then 300 steps would lower the loss by 0.06.",
            "0.004": "Then 300 steps would lower the loss by 0.0001.",
            "0.00001": "",
            "0.0000000001": "That is about its square. The length is the root.",
        },
        says="300 · 0.02 · length² is 4.5 · 10⁻¹⁰ if the length is 8.7 · 10⁻⁶. Is it so short, or is it wrong?",
        truth="0.00001",
    ),
    "05 smallest": Choice(
        "dW = hᵀ dz, and dz comes from the end. In this network, in which layer is dW smallest?",
        {
            "the first": "dz is smallest there. But what does dz meet: how large is h in front, and how large at the end?",
            "the last": "There h has come a long way. But what does it meet: how large is dz at the end?",
            "all are about the same": "",
        },
        says="The lengths are all near two millionths, the last layer's as well. So it cannot be dz alone that fades.",
        truth="all are about the same",
    ),
    "05 hundred products": Number(
        "100 numbers of size 1, each times a random weight of size 1, are added. What size has the sum?",
        says="Each product has the mean square 1, a hundred of them add up to 100, and the size is the root.",
        known={
            100: "That is its mean *square*. The size is the root.",
            1: "That is one product. Mean squares add.",
            0: "On average, yes. But how far from 0 is it, one time with another?",
            50: "Mean squares add, whatever the signs are. What is the mean square of a hundred, and its root?",
        },
        tolerance=0.1,
    ),
    "05 ten layers": Number(
        "What is left of dz after ten layers, as a power of ten? (−1 for a tenth, −2 for a hundredth.)",
        says="√100 · 0.05 is a half, and ten halves multiply to a thousandth. The slopes take the rest.",
        known={
            -1: "Ten layers that take a half each: they multiply.",
            -0.3: "That is one layer.",
            -10: "That would be a tenth in each layer. What is √100 · 0.05?",
            -13: "That is 0.05 in each layer. A hundred products are added there: the root of n is missing.",
            -6: "That is all twenty.",
            -2: "Seven layers come to about that.",
            0.001: "That is the number. Its power of ten is asked.",
            3: "The size of the power is right. But what is left is less than 1: minus.",
        },
        tolerance=0.1,
    ),
    "05 nineteen slopes": Choice(
        "What do these nineteen slopes leave of dz together?",
        {
            "about 0.5": "For that each would have to leave 0.96.",
            "about 0.2": "",
            "about 0.05": "For that each would have to leave 0.85.",
        },
        says="0.92 to the nineteenth is 0.2, and 0.13 was measured: the slopes take most of what dz has lost. "
        "The rest is the draw: with other weights it is another, now and then none.",
        truth="about 0.2",
    ),
    "05 twice": Choice(
        "std = 0.2: with what size is dz back in layer 1?",
        {
            "below 0.1: the flat neurons let nothing through": "The slopes are about a half, and the weights bring a 2. What is the product?",
            "about 1: a half times 2": "Nearly. It is a little more than 1, nineteen times.",
            "about 10": "",
            "half a million: a 2 for each of 19 layers": "That is the weights alone. The slopes take most of it away.",
        },
        says="The slopes leave 0.57, times 2 is 1.13, and nineteen such factors make 10: only the product counts. "
        "With std = 0.4 it is hundreds or thousands, by the draw. Then the gradient explodes, as one says: a step that suits the last layer "
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
    "05 hundredth": Number(
        "tanh, 20 layers: at which factor is about a hundredth of dz left in layer 1?",
        says="Nineteen factors of 0.8 leave 0.014, and the slopes take a little more.",
        known={
            0.01: "A hundredth in *each* layer leaves far less in all.",
            0.5: "A half in each of nineteen layers leaves two millionths.",
            0.9: "More than a twentieth is left there.",
            0.7: "A thousandth is left there.",
        },
        tolerance=0.05,
        truth=0.8,
    ),
    "05 relu": Choice(
        "A ReLU has slope 1 for one half of its neurons and 0 for the other. Between which settings do 20 layers bring "
        "back what was sent in?",
        {
            "0.5 and 0.8": "So much the slopes leave. The weights must make up for it.",
            "0.9 and 1.1": "At 1 each layer loses. What is the mean square of such slopes, and its root?",
            "1.4 and 1.5": "",
            "1.9 and 2.1": "A 2 would make up for a *mean* of ½. But mean squares multiply.",
        },
        says="With 1.4 a half of it, with 1.5 twice as much. Why it is near √2, the next section says.",
        truth="1.4 and 1.5",
    ),
    "05 sigmoid": Choice(
        "A sigmoid's slope is ¼ at best. At which factor does it bring back as much as tanh does at 1?",
        {
            "at none: its slope is too small": "Small slopes and large weights make a product. Go on turning.",
            "near 1": "A millionth of a millionth is left there.",
            "near 4, which makes up for the ¼": "¼ is the *best* slope. Large weights make large z, and most slopes are smaller.",
            "near 10": "",
        },
        says="At 4 the z have grown too, and the size of the slopes is 0.16. At 10 it is 0.10, and 10 times that is 1.",
        truth="near 10",
    ),
    "05 first patient": Choice(
        "What is wrong with A?",
        {
            "all weights too small": "Then h would fade as well. Here it stays near 0.5.",
            "all weights too large": "Then dz would grow towards the front.",
            "sigmoid in place of tanh": "",
            "nothing: h is level": "h is. But of dz a millionth of a millionth is left in layer 1.",
        },
        says="A sigmoid of about 0 says ½, so h never fades, and its slope is ¼, so dz loses three quarters in each layer. "
        "Here the sentence from the web holds: the first layers get nothing.",
        truth="sigmoid in place of tanh",
    ),
    "05 second patient": Number(
        "One layer of B is to blame. Which?",
        says="Its weights are far too small: all behind it get a small h, all in front of it a small dz. "
        "Its own dW alone is large: it has the good h and the good dz, and is the one that would move.",
        known={
            11: "The h that comes *into* layer 11 is small already. Who made it?",
            9: "The dz of layer 9 is small already. Whose weights did it pass last?",
            1: "Its dW is small, but h is still good behind it.",
            20: "Its h is small, but so it is in many layers before.",
        },
        tolerance=0,
        truth=10,
    ),
    "05 third patient": Choice(
        "What would help C?",
        {
            "smaller weights": "",
            "larger weights": "dz grows on its way to the front. Larger weights make it grow more.",
            "another activation: its neurons are saturated": "They are, because of what feeds them. And dz does not fade: it grows.",
            "nothing: h stays large, as it should": "Look at dz in front.",
        },
        says="Its weights are too large. The neurons are saturated, and dz grows all the same.",
        truth="smaller weights",
    ),
    "05 fourth patient": Choice(
        "D has good weights for a tanh, √n · std = 1. Which activation has it?",
        {
            "tanh": "With tanh your weights kept a tenth or so. Here it is a thousandth.",
            "sigmoid": "Then h would stay near ½.",
            "ReLU": "",
            "none: z goes on as it is": "Then all slopes are 1, and h and dz are level with these weights.",
        },
        says="The mean square of the slopes is ½, so each layer leaves 0.7 of dz, and of h, whose z² are "
        "cut to 0 by half: after nineteen, a thousandth is left.",
        truth="ReLU",
    ),
}
