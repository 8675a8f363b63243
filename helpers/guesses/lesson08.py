"""Questions of lesson 08, the pole on the cart."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "08 coin": Choice(
        "Always pushed to one side, it falls after nine steps. And where a coin decides each push?",
        {
            "sooner": "Then a coin would be worse than pushing to one side. But half of its pushes undo the other half.",
            "after two or three times as many steps": "",
            "after ten times as many steps": "That would be nearly two seconds. It starts to fall at once, and a coin does not look.",
            "not before time is up": "A pole does not stand by itself.",
        },
        says="23 steps on average: less than half a second. Here is one of them.",
        truth="after two or three times as many steps",
    ),
    "08 heard least": Choice(
        "Which of the four is heard too softly for what hangs on it? All of these episodes ended by the angle, none by the track.",
        {
            "the position": "It is as soft. But no pole falls because its cart stands a little to the left.",
            "the velocity": "It is five times as large as the angle.",
            "the angle": "",
            "the angular velocity": "It is the loudest of the four.",
        },
        says="It decides whether the pole has fallen, and is some eight times smaller than its velocity.",
        truth="the angle",
    ),
    "08 fell": Number(
        "r = 1, and the pole has fallen. The critic, asked for V(s′), says 50. What is the target?",
        says="The last step was paid. After the fall nothing is, whatever the critic says.",
        known={
            50.5: "That counts on the future of a pole that lies on the ground.",
            0: "Nothing comes after. But the step itself was paid.",
            51: "Nothing comes after a fall; and the future would count γ times.",
            50: "That is the critic's word, and of a pole that has fallen.",
            -1: "So it was in the corridor. Here a step pays +1, the last one, too.",
        },
        tolerance=0,
        truth=1,
    ),
    "08 time up": Number(
        "r = 1, and time was up; the pole still stands. The critic says V(s′) = 50. What is the target?",
        says="The clock is not among the four numbers. To the critic this s′ is a standing pole like any other, "
        "and it would have gone on to earn.",
        known={
            1: "So it would be for a fallen pole. This one stands, and looks like any standing pole.",
            51: "Nearly: the future counts γ times.",
            50: "The step itself was paid as well, and the future counts γ times.",
            49.5: "That is γ V(s′). The step itself was paid as well.",
            0: "The step was paid, and the pole still stands.",
        },
        tolerance=0,
        truth=50.5,
    ),
    "08 for ever": Number(
        "A pole that never falls is paid 1 in each step, and γ = 0.99. What is it worth: 1 + γ + γ² + …?",
        says="1/(1 − γ). The 500 steps of the clock do not enter: where time is up, V(s′) counts. With γ = 1 there would be no end "
        "to V, and so γ is below 1.",
        known={
            500: "That is what it is paid until time is up, without γ. And time that is up is no fall.",
            99: "That is without its first step: γ/(1 − γ).",
            99.3: "That is the sum over 500 steps. Where time is up, V(s′) still counts.",
            1: "That is a pole that falls at once.",
            50: "Sum the series: each term is 0.99 times the one before.",
        },
        tolerance=0,
        truth=100,
    ),
    "08 patient, first": Choice(
        "A: what is wrong?",
        {
            "γ is 0": "",
            "the actor's step is forgotten": "Then poles stand as with a coin, too. But the critic would learn what that is worth: about 18.",
            "the critic's step is forgotten": "Then V stays where it began, at 0. This one has moved, and stopped at 1.",
            "the actor goes down instead of up": "Then it would get worse than a coin.",
        },
        says="V = 1 is one step's pay, and nothing of what follows. δ soon is 0, whatever is done, and nothing is learnt.",
        truth="γ is 0",
    ),
    "08 patient, second": Choice(
        "B: what is wrong?",
        {
            "the actor's step is forgotten": "Then poles would go on standing as with a coin. They get worse.",
            "γ is 0": "Then V would go to 1.",
            "nothing is paid": "V would be near 0, too. But then δ would be near 0, and the actor would stay as it is.",
            "the critic's step is forgotten": "",
        },
        says="V stays where it began, at 0. So δ is about 1 for each step. On average that hardly pushes (lesson 07): chance has moved this actor to one side.",
        truth="the critic's step is forgotten",
    ),
    "08 patient, fifth": Choice(
        "E: what is wrong?",
        {
            "time that is up counts as a fall": "",
            "the actor's step is too long": "Then it would do harm before any clock has run out. Here all is well until then.",
            "V(s′) counts after a fall as well": "So it was in D, and V went far above 100. Here it falls far below.",
            "γ is 0": "Then V would be 1.",
        },
        says="All is well until the first pole has stood for 200 steps. Then the critic is told that a pole is over which still "
        "stands. In those updates V falls by 5 on average, in the others it rises: it cannot see the clock. And the actor "
        "is advised by it.",
        truth="time that is up counts as a fall",
    ),
    "08 patient, sixth": Choice(
        "F: what is wrong?",
        {
            "the actor goes down instead of up": "Then it would never have stood. V has once been high, and rightly.",
            "time that is up counts as a fall": "Then V would be torn when poles stand, and here they do not.",
            "the actor's step is too long": "",
            "the critic's step is forgotten": "Then V would stay at 0.",
        },
        says="Twenty times too long: 2 for 0.1. A single step took p from 0.9 to 0.1, on average over what a pole may see. "
        "Where p is 0 or 1 the score is nearly 0, and nothing is learnt: once this actor came back, the second time it "
        "does not, in these 600 updates.",
        truth="the actor's step is too long",
    ),
    "08 twenty": Choice(
        "How many of the twenty are good after 1,200 updates?",
        {
            "nearly all": "",
            "some": "More: the healthy curve above was no stroke of luck.",
            "hardly any": "The first look was only the beginning of its way: 1,200 updates are eight times as many.",
        },
        says="So one training may fail by bad luck, and one that succeeds says little.",
        truth="nearly all",
    ),
    "08 told late": Choice(
        "0 for each step, −1 for the fall. How many of the ten actors stand for 475 steps after 1,200 updates?",
        {
            "nearly all": "The same is told. But compare the sizes: how large can a δ be now?",
            "some": "Fewer. Compare the sizes: how large can a δ be now?",
            "hardly any": "",
        },
        says="No gradient is wrong, and nothing is lost of what is told. But with V between −1 and 0 every δ is small, "
        "and 1,200 updates do not lead far: drawing, these ten stand 17 to 26 steps, as with a coin. The marks at 9 are "
        "of those that always push to one side when they take the likelier.",
        truth="hardly any",
    ),
    "08 cure": Choice(
        "What makes at least nine of ten actors good?",
        {
            "the size alone": "It helps some of them. But V begins at 0, and δ of the first falls is −100.",
            "the start alone": "Then V is about right from the beginning. But the first δs are 0.01 and 0: little is learnt in 1,200 updates.",
            "either": "Neither is enough alone.",
            "only both together": "",
        },
        says="With the size alone δ of a fall is −100, a hundred times +1's; with the start alone the first δs are 0.01 and 0. With both they are 1 and 0. What is paid and where V begins belong together.",
        truth="only both together",
    ),
    "08 as they come": Choice(
        "The four numbers undivided: how many of the ten are good after 1,200 updates?",
        {
            "nearly all": "A network could make its weights larger. In 1,200 updates it does not get there.",
            "some": "Fewer: what matters most is hardly heard.",
            "hardly any": "",
        },
        says="Something was hardly heard. The next trial says what.",
        truth="hardly any",
    ),
    "08 one divided": Choice(
        "The angle divided by 0.21, the other three as they come: how many of the ten are good?",
        {
            "nearly all": "",
            "some": "More: it was this one alone.",
            "hardly any": "Then it would be one of the others. It is this one.",
        },
        says="So it was the angle, 0.1 beside 0.5 and 0.8. The others need no division, and the position did no harm at 0.04 either.",
        truth="nearly all",
    ),
    "08 two trials": Choice(
        "Your first scale: as loud as in the cure, but not beside the others. Your second: beside the others as in the cure, "
        "but ten times softer. With which are nearly all of the ten good?",
        {
            "with the first": "The angle is 0.5, as in the cure. But now it is beside 2.6 and 3.9.",
            "with the second": "It is louder beside the others, as in the cure. But it is 0.05, and z hardly answers to it: "
            "the weights would have to grow first.",
            "with both": "Each has half of what the cure has, and half is not enough.",
            "with neither": "",
        },
        says="The angle must be loud beside the others, and loud enough: neither alone will do in 1,200 updates.",
        truth="with neither",
    ),
    "08 turning back": Choice(
        "The pole leans 2 degrees to the right, and is turning back to the left, by 1 radian per second. Where is the cart pushed?",
        {
            "to the right": "That would help it back up. But it is on its way already, and would fall to the other side.",
            "to the left": "",
        },
        says="It brakes. The map shows it as a slanting line: the sign of a · angle + b · angular velocity, which a control engineer "
        "would write down. Nobody told it.",
    ),
}
