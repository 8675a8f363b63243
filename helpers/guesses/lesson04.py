"""Questions of lesson 04, backprop by hand. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

PLACES = (  # where a patient of the hunt may be ill
    "the start: dlogits",
    "dW",
    "db",
    "what a layer hands down",
    "the slope of tanh",
    "an array that forward kept",
)


def place(truth, says, *wrong):
    """The question where a patient is ill; wrong: words for each of the other places, in order."""
    rest = iter(wrong)
    options = {option: "" if option == truth else next(rest) for option in PLACES}
    return Choice("Where is the fault?", options, says=says, truth=truth)


QUESTIONS = {
    "04 one weight": Number(
        "From the table: what is ∂L/∂w1?",
        says="−0.604 · 0.735 + 0.100 · 0.520 + 0.716 · 0.281 is about −0.191: in each row local × upstream, and the three shares are added.",
        known={
            -0.444: "That is the share of the left cell. The other two rows use w1 as well.",
            -0.06363: "That is the mean of the three shares. Raise w1 a little: each row of z2 moves in full, and L is their sum.",
            1.536: "That is the sum of dz2 alone. Each has to be multiplied by what w1 was multiplied by.",
            0.2116: "That is the sum of the first column alone. Where is the upstream, dz2?",
            0.3250: "That is sum times sum. Each row has its own pair: multiply first, then add.",
            0.584: "That is w2, with the second column.",
            0.6972: "In the left cell h is negative, and so is its share.",
        },
        truth=-0.19090033,
    ),
    "04 biases": Choice(
        "b2 is added to the sum in every row. All of these have its shape: which is ∂L/∂b2?",
        {
            "dz2.mean(axis=0)": "Raise b2 by 0.001: all three rows of z2 rise by 0.001, each in full.",
            "dz2[0]": "That is what the left cell says. The other two use b2 as well.",
            "dz2.sum(axis=0)": "",
        },
        says="b2 is used in each row, with nothing to multiply it, and collects three shares. The shape can't tell a sum from a mean.",
        truth="dz2.sum(axis=0)",
    ),
    "04 one hidden": Number(
        "A hidden neuron sends h to two outputs, with the weights 3 and −2. Their dz are 10 and 4. What is dh?",
        says="3 · 10 − 2 · 4: h has two listeners, and collects a share from each.",
        known={
            14: "Those are the two dz, added. How much of h reaches each output?",
            1: "Those are the two weights, added. Where are the upstreams?",
            38: "The second weight is negative: when h rises, that output falls.",
            30: "That is the share of the first output. The second one listens as well.",
            -8: "That is the share of the second output. The first one listens as well.",
            11: "That is the mean of the two shares. L moves by both.",
            -240: "Shares of two listeners are added. Factors are multiplied along *one* way.",
        },
        truth=22,
        tolerance=0,
    ),
    "04 tanh": Number(
        "Some tanh has said h = 0.6, and dh = 5 has come back to it. What is dz, below it?",
        says="5 · (1 − 0.36). Each entry has its own slope and nothing is summed, so in NumPy it is * and not @.",
        known={
            3: "That is 5 · h. The slope of tanh is 1 − h².",
            1.2: "That is 5 · h(1 − h), with the slope of the sigmoid.",
            0.64: "That is the slope alone. Upstream is 5.",
            0.8: "That is 5 · (1 − h)². Only h is squared.",
            2: "That is 5 · (1 − h): the square is missing.",
            3.5579: "h is tanh(z) already, so no second tanh is needed.",
            5: "So it would be at h = 0, where tanh is steepest.",
        },
        truth=3.2,
    ),
    "04 kept": Number(
        "A network 2 → 16 → 16 → 2, with 200 rows in X. How many numbers does forward keep for the way back?",
        says="200 rows of 2 + 16 + 16, and with twice as many rows it is twice as much. The network itself has 354 weights and biases: in training one often runs out of memory for what is kept.",
        known={
            7200: "The output is not among them: it is returned, and backward has no use for it.",
            6400: "X is kept as well: dW1 needs it.",
            3600: "The second hidden layer is kept as well, for dW3.",
            34: "That is one row.",
            36: "That is one row, with the output, which is not kept.",
            354: "Those are the weights and biases. What is kept grows with the rows.",
            320: "Those are the weights. What is kept grows with the rows.",
            64000: "Those are the products. Of a sum only the result is kept.",
        },
        tolerance=0,
        truth=6800,
    ),
    "04 rival": Choice(
        "A rival's db2 is dz2[0]. It checks its seven numbers by nudging, with L = log π(right) in the left cell alone. Is it caught?",
        {
            "yes": "Only the left cell has a part in this L. What stands in the other rows of dz2?",
            "no": "",
        },
        says="The other two rows of dz2 are 0, and the sum is dz2[0]. A check is worth as much as the case that it is tried on; all three cells catch it.",
        truth="no",
    ),
    "04 thousand": Choice(
        "The softmax, computed as (4.5) stands there, gets the logits 1000 and 999. What does NumPy say?",
        {
            "0.731 and 0.269": "So it should be, for only the difference counts. But what is e¹⁰⁰⁰ in a computer?",
            "1 and 0": "e¹⁰⁰⁰ is inf, and so are e⁹⁹⁹ and the sum. What is inf / inf?",
            "nan and nan": "",
            "it stops with an error": "Python's own math.exp would. NumPy warns, and goes on.",
        },
        says="Nothing above 1.8 · 10³⁰⁸ fits into a float, so it is inf / inf. (If yours says 0.731 and 0.269, you have cured it already.)",
        truth="nan and nan",
    ),
    "04 sure and wrong": Choice(
        "A network is sure and wrong: the right class has p = 0.001. Its logit rises a little. Which loss falls faster, 1 − p or −log p?",
        {
            "1 − p, 1000 times": "1 − p falls as fast as p rises, and p has hardly begun to.",
            "both alike": "Near p = 1 they are alike. Here p is 0.001.",
            "−log p, 1000 times": "",
        },
        says="The derivative of −log p is that of 1 − p, divided by p. So 1 − p falls with 0.000999, and −log p with 0.999: whoever is wrong is pulled at full strength.",
        truth="−log p, 1000 times",
    ),
    "04 inner sum": Number(
        "Three logits have the exponentials 6, 3 and 1, so their sum Σ is 10. The logit of class 1, the one with the 3, rises a little. How fast does Σ rise with it?",
        says="Only the 3 moves, and the slope of eˡ is eˡ itself. So Σ rises 3 times as fast as the logit.",
        known={
            1: "So fast rises the logit. Σ has its exponential, whose slope is itself.",
            10: "So it would be if all three logits rose. The others stay.",
            0.3: "That is the share of the sum: the slope of log Σ, which comes next.",
            1.0986: "That is the logit, log 3. How fast does its exponential rise?",
            20.0855: "The exponential is 3 already.",
        },
        truth=3,
    ),
    "04 right logit": Number(
        "Class 1, with the 3 of 10, is the right one. How fast does −log p move with its logit?",
        says="The slope of log Σ is 1/Σ times that of Σ: 3/10, this class's p. The last term of (4.6) brings −1.",
        known={
            3: "That is the slope of Σ. Around it stands a logarithm, with the slope 1/Σ, and one more term has this logit.",
            2: "That is the slope of Σ, less 1. Around Σ stands a logarithm, with the slope 1/Σ.",
            0.1: "That is the slope of the logarithm at Σ = 10. Times how fast Σ rises, and one more term has this logit.",
            -0.9: "1/Σ has to be multiplied by how fast Σ rises, 3.",
            -1: "The logit itself brings −1. But it is in the sum of exponentials as well.",
            0.7: "The size is right. Does the loss rise when the right answer becomes likelier?",
            -3.3333333: "That is −1/p, how it moves with p. p does not move as fast as the logit.",
            0.3: "That is the share of the sum. One more term has this logit.",
            -0.3: "Near: the sum brings +0.3. What does the other term bring?",
            0.21: "That is how fast p moves, p(1 − p). Go on to −log p.",
            -0.21: "That is 1 − p. The loss is −log p.",
        },
    ),
    "04 other logit": Number(
        "And with the logit of class 0, which is wrong?",
        says="It is in the sum of exponentials alone. So all three are (0.6, −0.7, 0.1): the probabilities, with 1 taken off at the right class.",
        known={
            0: "It takes its share of the sum, and so from the right class.",
            -0.6: "The size is right. A wrong class that grows makes the loss larger.",
            -0.4: "That is p − 1, as if this class were right.",
            0.4: "That is 1 − p. Only the sum of exponentials has this logit.",
            -0.18: "That is how fast the right class's p moves. Go on to −log p.",
            0.18: "That is how fast 1 − p moves. Go on to −log p.",
        },
    ),
    "04 actor goes left": Number(
        "The actor's logits are 0 for left and z for right, and its p of right is 0.8. It goes left. How fast does log π(left) move with z?",
        says="z is the logit of right, which was not chosen: −log π has the slope 0.8 − 0 there, and log π the other sign. Had it gone right, it would be 1 − 0.8, as in (1.4). Both are a − p, with a = 1 for right and 0 for left. The actors of lessons 06 to 08 start from that.",
        known={
            0.8: "The size is right. That is the slope of −log π: when right gets more, left gets less.",
            0.2: "That is 1 − p, as if it had gone right.",
            -0.2: "That is the p of left. z is the logit of right, which takes its own share.",
            0.16: "That is how fast p moves, p(1 − p). Go on to log π.",
            -0.16: "That is how fast the p of left moves. Go on to its logarithm.",
        },
        truth=-0.8,
    ),
    "04 short step": Number(
        "Two weights have the slopes 3 and −2. Each moves by −α times its slope, with α = 0.01. By how much does the loss change, about?",
        says="The first weight moves by −0.03, and the loss by 3 · (−0.03) = −0.09. The second moves by +0.02, and the loss by −2 · 0.02 = −0.04. A slope meets itself, so each share is negative, whatever its sign. Together it is −α times the sum of the squared slopes, −0.01 · (9 + 4).",
        known={
            0.13: "The size is right. Does it go up or down?",
            -0.05: "The second weight moves by +0.02, and its slope is −2: this share is negative as well.",
            0.05: "The first share is 3 · (−0.03), the second −2 · 0.02. Both are negative.",
            -0.01: "So far the weights move together, −0.03 + 0.02. The loss moves by each step times its slope.",
            0.01: "Those are the slopes added, times α. The loss moves by each step times its slope.",
            -13: "That is without α.",
            -0.0361: "So long is the step. The loss moves by each step times its slope.",
            -0.09: "That is the share of the first weight. The second one moves as well.",
            -0.04: "That is the share of the second weight. The first one moves as well.",
        },
        truth=-0.13,
    ),
    "04 patient one": place(
        "the start: dlogits",
        "All blocks are 4 times too large, the first one on the way back as well, so the factor was there at the start. And there are 4 rows.",
        "db2 is wrong as well, and no dW is in it.",
        "dW2 is wrong as well, and no db is in it.",
        "Layer 2 is wrong already, and nothing was handed down to it.",
        "Layer 2 is wrong already, and there is no tanh above it.",
        "db2 is wrong as well, and it is made of dz2 alone.",
    ),
    "04 patient two": place(
        "what a layer hands down",
        "Layer 2 clears dz2. With one row db1 is dz1 itself, and a sign is turned in it: 1 − h² lies between 0 and 1, so it turns none, left out or not. Other weights were used. Every W is 3 × 3, so the shape rule said nothing.",
        "Layer 2 is right, and it is made of that.",
        "db1 is wrong as well, and no dW is in it.",
        "dW1 is wrong as well, and no db is in it. And db2 is right.",
        "It lies on the way, yes. But 1 − h² lies between 0 and 1, and turns no sign, left out or not.",
        "Then something would change when it is asked again.",
    ),
    "04 patient three": place(
        "the slope of tanh",
        "Layer 3 clears dz3. Between dz3 and dz2 lie what is handed down and the tanh, and the ratios of db2 are 1/(1 − h²) for the three numbers in h2: 1.2, 1.05 and 1.1.",
        "Layer 3 is right, and it is made of that.",
        "db2 is wrong as well, and no dW is in it.",
        "dW2 is wrong as well, and no db is in it.",
        "It lies on the way, yes. But compare the ratios of db2 with the three numbers in h2, one by one.",
        "Then something would change when it is asked again.",
    ),
    "04 patient four": place(
        "the slope of tanh",
        "Layer 2 clears dz2, and no sign is turned. The ratio is 20 where h is −0.95, 0.788 where it is 0.269 and 4 where it is −0.751: 1/(1 + h), each with its own h. Asked is (1 − h)(1 + h), and 1 + h is missing.",
        "Layer 2 is right, and it is made of that.",
        "db1 is wrong as well, and no dW is in it.",
        "dW1 is wrong as well, and no db is in it.",
        "It lies on the way, yes. But no sign is turned; compare the ratios of db1 with the three numbers in h1, one by one.",
        "Then something would change when it is asked again.",
    ),
    "04 patient five": place(
        "an array that forward kept",
        "The first time all is right, so every formula is. The second time only db2 is, the one that needs nothing that was kept: the first call has written into it.",
        "Then db2 would change as well. And dlogits is handed over anew.",
        "The first time it is right. What is different the second time?",
        "db2 is right both times.",
        "The first time it is right. And dW2, which has nothing above it, changes too.",
        "Its line it is, but not its number: the first time that is right. What has the first call left behind?",
    ),
    "04 nothing learnt": Number(
        "Two classes, and a network that knows nothing: it says 1/2 and 1/2 to each point. What is its loss?",
        says="−log(1/2) = log 2. With ten classes it would be log 10 = 2.30. Whoever starts far above that is sure of something, and wrong.",
        known={
            0.5: "That is 1 − p. The loss is −log p.",
            0.301: "In base 10. Here log is the natural logarithm.",
            1: "In bits. Here log is the natural logarithm.",
            -0.6931: "The minus is in the loss already.",
            138.629: "That is the sum over 200 points. The loss is their mean.",
        },
        truth=0.6931471805599453,
    ),
    "04 after four hundred": Choice(
        "Where will the loss be at step 400?",
        {
            "near 0.19": "That is the floor of a valley. There the gradient goes to 0, and this one is longer than 22 steps ago.",
            "near 0.16": "That is with a length that stays as it is. From step 56 to step 78 it has grown by a tenth.",
            "below 0.15": "",
        },
        says="It is 0.006, and no point is wrong. The length grew on, to 0.057 at step 200. Step through it: the boundary is nearly straight for a hundred steps, then it bends and folds itself between the arms. A loss that stands still has not always arrived; here the sign was that its gradient grew.",
        truth="below 0.15",
    ),
    "04 another start": Choice(
        "400 steps of 0.5 more, which makes 800. Where will its loss be, which is 0.194 after 400?",
        {
            "near 0.19": "The length has fallen, but not to 0. And from step 300 to step 400 it has hardly fallen any more.",
            "far below 0.19": "",
        },
        says="It is 0.011, and no point is wrong: with 0.5 it was slow, and not stuck. Its length had fallen all along, and misled: from step 400 to 600 it grew from 0.0037 to 0.0275. The other start, all right and with a loss of 0.0015 at step 800, has 0.0026. So a length says how fast it goes down, and not whether one has arrived. In 400 steps α = 2, 3, 4, 6 and 7 are through, 5 and 8 end with 17 and 19 points wrong: with long steps it is luck. (Of the starts 1 to 8 this is the only one that is not through after 400 steps of 0.5.)",
        truth="far below 0.19",
    ),
}
