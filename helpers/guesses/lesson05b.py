"""Questions of lesson 05b, repairs."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
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
    "05b killed": Choice(
        "In which of the ten steps do most of the neurons die that die?",
        {
            "the first five": "",
            "all ten alike": "A step is α times the gradient. Were all of them equally long?",
            "the last five": "The loss is small again there, and the steps with it. What was moved so far before?",
        },
        says="A long step throws many weights far to one side, and where z lands below 0 for all points a neuron "
        "is dead.",
        truth="the first five",
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
        "and what it says to a dead one may become what wakes it. Here eight came back.",
        truth="in the second layer only",
    ),
    "05b spikes": Choice(
        "Clipped to 1: are the spikes gone, and does the loss end lower or higher than before?",
        {
            "they stay": "A spike is a step that went too far. What does a limit do to such a step?",
            "gone, and it ends lower": "No spike throws it back. But how long are its steps, all in all?",
            "gone, and it ends higher": "",
        },
        says="The spikes were long steps, and are gone; a small zigzag is left. But the clipped loss ends higher, in three "
        "of four draws, this one among them: the steps were shorter.",
        truth="gone, and it ends higher",
    ),
    "05b silent": Choice(
        "Each alone, 300 steps of 0.02: which of the three brings the silent network to learn?",
        {
            "all three": "What does clipping do to a gradient that is below the limit?",
            "clipping alone": "What does clipping do to a gradient that is below the limit?",
            "skips alone": "On the workbench normalising made dW a million times as large, too.",
            "normalising alone": "On the workbench dz came back past such weights with skips, too.",
            "skips and normalising": "",
        },
        says="A gradient below the limit stays as it is: clipping is for steps that are too long. The other two end "
        "below 0.02, with spikes of their own on the way.",
        truth="skips and normalising",
    ),
    "05b two ways": Number(
        "At the end arrives ∂L/∂h_out = 2. The layer's own part, tanh(hW + b), moves 0.3 times as much as h. What is ∂L/∂h?",
        says="2 · 1 straight on, and 2 · 0.3 through the layer: over two edges shares add up.",
        known={
            0.6: "That is the way through the layer alone.",
            2.06: "The 0.3 comes from inside the layer already, once is enough: 2 times 0.3.",
            2: "That is the way straight on alone.",
            1.3: "Those are the local derivatives. What arrives at them?",
            2.3: "The 0.3 is multiplied by what arrives, too.",
        },
        tolerance=0,
        truth=2.6,
    ),
    "05b with skips": Choice(
        "From layer 19 to layer 1, what becomes of the size of dz?",
        {
            "it falls, only later": "For that something must make it smaller. Straight on it is multiplied by 1.",
            "it stays as it is": "What passes by does. And the shares that are added?",
            "it becomes a few times as large": "",
            "it becomes a thousand times as large": "That is 1 + ½ in each layer, as if all signs agreed. Mean squares add.",
        },
        says="Mean squares add: 1 and ¼ in each layer, and after eighteen layers the root of it is 7.5. With "
        "slopes, in six draws, it is 4 to 8 times as large.",
        truth="it becomes a few times as large",
    ),
    "05b all zero": Number(
        "Twenty layers of zeros with skips are inserted. What is ∂log π(right | x = −1)/∂u₁ now?",
        says="No digit changes: h + tanh(0) is h, and a layer of zeros with a skip is no layer.",
        known={
            0: "Without skips it would be. But what is h + tanh(0)?",
            0.3266: "The size is right, but what would turn the sign?",
            -6.53: "Twenty times? They stand one behind another, and each passes on 1.",
        },
        tolerance=0.005,
    ),
    "05b same dn": Number(
        "If dn is 1 in all four rows, what is dz in the first one?",
        says="With dn = 1 everywhere the loss moves as the sum of the four n does, and that is 0 whatever z is.",
        known={
            0.5: "That is 1 / s, as if mean and s were fixed. How far does the sum of the four n move with z?",
            1: "That is dn. With dn = 1 everywhere the loss moves as the sum of the four n. How far does that move?",
            0.25: "So much does the first n move with the first z. But the three other n move as well.",
        },
        tolerance=0,
        truth=0.0,
    ),
    "05b first row": Number(
        "dn = 1, 0, 0, 0 with n = −1, −1, 1, 1 and s = 2. What is dz in the first row?",
        says="1 less the mean, ¼, and less the part along n, (−1) · (−¼), leaves ½, and half of that is dz. All four: 0.25, −0.25, 0, 0.",
        known={
            0.5: "That is what is left, or 1 / s alone. Subtract both parts, and divide by s.",
            0.375: "One of the two parts is still in it: the mean, ¼, or n times the mean of n · dn, which is ¼ as well.",
            0.625: "n is −1 there and the mean of n · dn is −¼: their product is positive, and is subtracted. The mean of dn is subtracted, too.",
            1: "That is dn itself.",
        },
        tolerance=0,
    ),
    "05b hundred times": Number(
        "How many times as large is dW of layer 10 now?",
        says="dz is divided by s, which is 100 times as large. Seen otherwise: a step that turned weights of 1 hardly turns "
        "weights of 100, so the loss moves by a hundredth as much.",
        known={
            1: "What comes *out* is the same. But what is dn divided by on its way back?",
            100: "The other way round: s stands below the line.",
            0: "Small it becomes. How small?",
            0.0001: "Once for dz. The h that it meets is normalised already.",
            10: "It becomes smaller: what is dn divided by on its way back?",
        },
        tolerance=0.01,
    ),
}
