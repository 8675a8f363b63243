"""Questions of lesson 04, backprop by hand. A key tells nothing of its answer."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "04 weights": Choice(
        "dz2 is (3, 1), h1 is (3, 2), and dW2 must be (2, 1). Only one of these fits: which?",
        {
            "h1 @ dz2": "(3, 2) @ (3, 1): the numbers that meet, 2 and 3, differ, and NumPy stops.",
            "h1.T @ dz2": "",
            "dz2.T @ h1": "(1, 3) @ (3, 2) is (1, 2): W2 lying on its side.",
            "h1 * dz2": "That is (3, 2): a number for each cell and neuron. The cells are not yet collected.",
        },
        says="(2, 3) @ (3, 1) is (2, 1). The threes, which vanish, are the cells.",
        truth="h1.T @ dz2",
    ),
    "04 biases": Choice(
        "dz2 is (3, 1), and db2 must be (1,). Now three fit. Which is right?",
        {
            "dz2.mean(axis=0)": "Raise b2 by 0.001: all three rows of z2 rise by 0.001, each in full.",
            "dz2[0]": "That is what the left cell says. The other two use b2 as well.",
            "dz2.sum(axis=0)": "",
        },
        says="b2 is used in each row, and a number that is used three times collects three shares. Shapes can't tell a sum from a mean.",
        truth="dz2.sum(axis=0)",
    ),
    "04 hidden": Choice(
        "Back through the weights: dz2 is (3, 1), W2 is (2, 1), and dh1 must be (3, 2). Only one fits: which?",
        {
            "dz2 @ W2": "(3, 1) @ (2, 1): the numbers that meet, 1 and 2, differ, and NumPy stops.",
            "W2 @ dz2.T": "(2, 1) @ (1, 3) is (2, 3): dh1 lying on its side.",
            "dz2 @ W2.T": "",
        },
        says="(3, 1) @ (1, 2) is (3, 2). What vanishes this time is the 1, the number of outputs.",
        truth="dz2 @ W2.T",
    ),
    "04 tanh": Choice(
        "h1 = tanh(z1). dh1 and 1 − h1² are (3, 2), and so must dz1 be. Only one fits: which?",
        {
            "dh1 @ (1 - h1**2)": "(3, 2) @ (3, 2): the numbers that meet, 2 and 3, differ.",
            "dh1.T @ (1 - h1**2)": "That is (2, 2): the cells are gone, and dz1 needs them.",
            "(1 - h1**2) @ dh1.T": "That is (3, 3): each cell with each cell, and no cell has heard of another.",
            "dh1 * (1 - h1**2)": "",
        },
        says="Each entry of z1 has one listener, the entry of h1 in its place. Nothing is summed, so there is no @.",
        truth="dh1 * (1 - h1**2)",
    ),
    "04 kept": Number(
        "A network 2 → 16 → 16 → 2, with 200 rows in X. How many numbers does forward keep for the way back?",
        says="200 rows of 2 + 16 + 16. The network itself has 354 weights.",
        known={
            7200: "The output is not among them: backward has no use for it.",
            6400: "X is kept as well: dW1 needs it.",
            34: "That is one row.",
            354: "Those are the weights. What is kept grows with the rows.",
            36: "That is one row, with the output, which is not kept.",
        },
        tolerance=0,
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
    "04 right logit": Number(
        "The probabilities are 0.6, 0.3 and 0.1, and class 1, which has 0.3, is right. How fast does −log p move with the logit of class 1?",
        says="−log p = log(sum of exponentials) − logit. The last term brings −1. The first one brings this class's share of the sum, 0.3.",
        known={
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
    "04 thousand": Choice(
        "The softmax as it stands there gets the logits 1000 and 999. What does NumPy say?",
        {
            "0.731 and 0.269": "So it should be, for only the difference counts. But what is e¹⁰⁰⁰ in a computer?",
            "1 and 0": "e¹⁰⁰⁰ is inf, and so are e⁹⁹⁹ and the sum. What is inf / inf?",
            "nan and nan": "",
            "it stops with an error": "Python's own math.exp would. NumPy warns, and goes on.",
        },
        says="Nothing above 1.8 · 10³⁰⁸ fits into a float, so it is inf / inf.",
        truth="nan and nan",
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
    "04 after four hundred": Number(
        "At step 78, 22 of the 200 points are wrong. How many are wrong after 400 steps?",
        says="Step through it: for a hundred steps the boundary is nearly straight and only turns. Then it bends, folds itself between the spirals, and the loss falls. A loss that stands still has not always arrived.",
        known={
            22: "So it looks from step 78, and did for a long time.",
            100: "That is a coin.",
        },
        tolerance=0,
    ),
    "04 objects": Number(
        "Lesson 03's engine makes an object for each product and each sum. How many for one forward pass of all 200 points, through 2 → 16 → 16 → 2?",
        says="2 · 320 in each row, and that 400 times in the training: fifty million. The tanh come on top.",
        known={
            640: "That is one row.",
            64000: "A product and a sum: two for each.",
            141600: "The 34 biases stand in no product.",
            708: "That is one row, with the biases.",
        },
        tolerance=0.06,
    ),
}
