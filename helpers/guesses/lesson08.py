"""Questions of lesson 08, the pole on the cart."""

from helpers.guesses.questions import Choice, Number

QUESTIONS = {
    "08 coin": Number(
        "The pole starts nearly upright, and a coin decides each push. How many steps does it stand on average?",
        says="Less than half a second. Here is one of them.",
        known={
            500: "That is until time is up. A pole does not stand by itself.",
            250: "That would be five seconds. It starts to fall at once, and a coin does not catch it.",
            100: "That would be two seconds. It starts to fall at once, and a coin does not catch it.",
            50: "That would be a second. It is faster.",
            10: "So long it stands if it is always pushed to the same side. A coin is a little better.",
            1: "It must first lean 12 degrees, and it starts nearly upright.",
        },
        tolerance=0.2,
    ),
    "08 heard least": Choice(
        "Which of the four is heard too softly for what hangs on it?",
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
        says="1/(1 − γ). The 500 steps of the clock do not enter: where time is up, V(s′) counts.",
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
    "08 first look": Number(
        "32 poles, 150 updates. How many steps stood the last 32 poles that fell?",
        says="Hardly more than with a coin.",
        known={
            500: "One would wish so. 150 updates are three seconds of a pole's time.",
            150: "Longer no pole can have stood by now. Those that fell fell earlier.",
            100: "That would be two seconds. They are still far from it.",
            50: "They do learn. But it does not show in those that fell.",
            9: "So it would be if all were pushed to one side.",
        },
        tolerance=0.25,
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
            "V(s′) counts after a fall as well": "Then V would not know of falls, and be near 100. This V is right: poles stand for 9 steps.",
            "the actor goes down instead of up": "",
            "γ is 0": "Then V would be 1. It is what 9 steps are worth.",
        },
        says="The critic is in order: 9 is what these poles earn. So it is the actor that goes wrong: it does more of what turned out worse.",
        truth="the actor goes down instead of up",
    ),
    "08 patient, third": Choice(
        "C: what is wrong?",
        {
            "the actor goes down instead of up": "Then poles would fall as soon. But V would say 9, as it should.",
            "V(s′) counts after a fall as well": "",
            "the critic's step is forgotten": "Then V would stay at 0.",
            "time that is up counts as a fall": "No pole here stands until time is up. And it would make V smaller.",
        },
        says="V says that a pole is worth what one is that never falls, and on its way there even more; and they fall after 9 "
        "steps: the critic has not heard of falls. To the actor a fall is like any other step.",
        truth="V(s′) counts after a fall as well",
    ),
    "08 patient, fourth": Choice(
        "D: what is wrong?",
        {
            "the actor's step is forgotten": "Then poles would go on standing as with a coin. They get worse.",
            "γ is 0": "Then V would go to 1.",
            "nothing is paid": "V would be near 0, too. But then δ would be near 0, and the actor would stay as it is.",
            "the critic's step is forgotten": "",
        },
        says="V stays where it began, so δ is about 1 for each step: whatever is done becomes likelier, until it is nearly always the same.",
        truth="the critic's step is forgotten",
    ),
    "08 patient, fifth": Choice(
        "E: what is wrong?",
        {
            "time that is up counts as a fall": "",
            "the actor's step is too long": "Then it would do harm before any clock has run out. Here all is well until then.",
            "V(s′) counts after a fall as well": "Then V would not fall far below 100.",
            "γ is 0": "Then V would be 1.",
        },
        says="All is well until poles stand for 200 steps. Then the critic is told that a standing pole is worth 1, and V is torn "
        "each time the clock runs out; it cannot see the clock. The actor is advised by that.",
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
        says="Twenty times too long: 2 for 0.1. One step can bring p to 0 or 1, and there the score is nearly 0. "
        "From its first fall this actor came back, from the second it does not, in these 600 updates.",
        truth="the actor's step is too long",
    ),
    "08 twenty": Number(
        "How many of the twenty are good after 1,200 updates?",
        says="So one training may fail by bad luck, and one that succeeds says little.",
        known={
            1: "The first look was only the beginning of its way.",
            10: "More: it is a sound method.",
        },
        off=1,
    ),
    "08 told late": Number(
        "0 for each step, −1 for the fall. How many of the ten actors stand for 475 steps after 1,200 updates?",
        says="They stand as with a coin, or worse. No gradient is wrong, and nothing is lost of what is told: so what is it? The next trials look.",
        known={
            10: "The same is told. But look at the size of the numbers.",
            9: "The same is told. But look at the size of the numbers.",
            5: "Not even so many.",
        },
        off=1,
    ),
    "08 hundred": Choice(
        "−100 for the fall: how many of the ten are good now?",
        {
            "none": "It is better than that: the size was a cause.",
            "some": "",
            "all ten": "It is not as good as that: the size was not the only cause.",
        },
        says="The size is a part of it, and something else is wrong besides.",
    ),
    "08 lower start": Number(
        "−100 for the fall, and V from −100: how many of the ten are good?",
        says="With the size alone it was some, with the start of V as well it is all. What is paid and where V begins belong "
        "together.",
        known={
            0: "The cure works.",
            5: "It helps more than that.",
        },
        off=1,
    ),
    "08 as they come": Number(
        "The four numbers undivided: how many of the ten are good after 1,200 updates?",
        says="Hardly one, in the same time: beside three louder numbers the angle is hardly heard.",
        known={
            10: "A network could make its weights larger. But that takes steps.",
            9: "A network could make its weights larger. But that takes steps.",
            5: "Fewer: what matters most is hardly heard.",
        },
        off=1,
    ),
    "08 one divided": Number(
        "The angle divided by 0.21, the other three as they come: how many of the ten are good?",
        says="So it was the angle, 0.1 beside 0.5 and 0.8; the others can do without.",
        known={
            0: "Then it would be one of the others. It is this one.",
            1: "Then it would be one of the others. It is this one.",
            5: "It is not only a part of it.",
        },
        off=1,
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
