"""Hidden tests of homework 4, each named as its cell. student: its functions, see course.border.asking; seed: its own.

The oracles work transition by transition on plain numbers and differentiate by complex steps.
"""

import cmath
import math

import numpy as np

from course.tasks.comparisons import compare, number, parts
from helpers.rl import GOAL, NEXT
from helpers.running_actor import THETA0

STEP = 1e-30


def slopes(loss, numbers):
    """The gradient of a loss by complex steps, number by number."""
    moved = (np.array(numbers) + 1j * STEP * (np.arange(len(numbers)) == k) for k in range(len(numbers)))
    return [loss(each).imag / STEP for each in moved]


def network(q, x):
    """The output of the seven numbers of an actor or critic."""
    u1, u2, c1, c2, w1, w2, b = q
    return w1 * cmath.tanh(u1 * x + c1) + w2 * cmath.tanh(u2 * x + c2) + b


def own_transitions(rng):
    """Two transitions, the second ending an episode, as the notebook draws them."""
    p_one = rng.choice([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9], size=2)
    a_taken = rng.permutation(2)
    V_here = np.array([-rng.integers(4, 20) / 2, rng.choice([-0.25, -0.5, -1.5, -2.0])])
    return p_one, a_taken, V_here, -rng.integers(2, 10, size=2) - 0.5


def test_my_transitions(student, seed):
    others = [own_transitions(np.random.default_rng([30401, k])) for k in range(10)]
    names = ["delta", "the new V(s)", "the change of z"]
    for case in [own_transitions(np.random.default_rng([seed, 4, 3])), *others]:
        p_one, a_taken, V_here, V_after = (each.tolist() for each in case)
        found = parts(student.my_transitions(*case), names, "my_transitions")
        for k, which in enumerate(["first", "second"]):
            target = -1 if k else -1 + 0.9 * V_after[0]
            p_now = p_one[k] if a_taken[k] else 1 - p_one[k]
            toward_action = 1 - p_now if a_taken[k] else p_now - 1
            delta = target - V_here[k]
            where = f"of the {which} transition for p = {p_one}, a = {a_taken}, V(s) = {V_here}, V(s') = {V_after}"
            for name, got, right in zip(
                names, found, [delta, 0.8 * V_here[k] + 0.2 * target, delta * toward_action / 2], strict=True
            ):
                compare(parts(got, ["first", "second"], name)[k], right, f"{name} {where}", tolerance=2e-4)


def test_td_errors(student, seed):
    rng = np.random.default_rng([30402, 2])
    for sizes, N in [((1, 2, 1), 6), ((2, 3, 1), 1), ((3, 1), 4), ((2, 4, 3, 1), 5)] * 5:
        layers = [(rng.normal(size=(i, o)), rng.normal(size=o)) for i, o in zip(sizes, sizes[1:], strict=False)]
        X, X_next = rng.normal(size=(2, N, sizes[0]))
        r, ends, gamma = rng.normal(-1, 1, size=N), rng.random(N) < rng.choice([0.0, 0.5, 1.0]), [1.0, 0.9, 0.5]
        gamma = float(rng.choice(gamma))
        right = [
            reward + (0 if end else gamma * value(layers, x_next)) - value(layers, x)
            for x, reward, x_next, end in zip(X.tolist(), r.tolist(), X_next.tolist(), ends.tolist(), strict=True)
        ]
        where = f"a batch of {N} with terminated = {ends.tolist()} and gamma = {gamma}"
        compare(student.td_errors(layers, X, r, X_next, ends, gamma), right, f"delta of {where}")


def value(layers, x):
    """The output of a critic of any shape for one state."""
    for k, (W, c) in enumerate(layers):
        z = [c[j] + sum(x[i] * W[i][j] for i in range(len(x))) for j in range(len(c))]
        x = z if k == len(layers) - 1 else [math.tanh(each) for each in z]
    return float(x[0])


def check_actor(student, cases):
    for theta, X, a, delta in cases:
        rows = list(zip(X[:, 0].tolist(), a.tolist(), delta.tolist(), strict=True))

        def loss(theta, rows=rows):
            signed = ((-1 if action else 1, network(theta, x), surprise) for x, action, surprise in rows)
            return sum(surprise * cmath.log(1 + cmath.exp(sign * z)) for sign, z, surprise in signed) / len(rows)

        what = f"x = {np.round(X[:, 0], 2).tolist()}, a = {a.tolist()}, delta = {np.round(delta, 2).tolist()}"
        compare(student.actor_gradient(theta, X, a, delta), slopes(loss, theta), f"the actor's gradient for {what}")


def test_actor_gradient_one(student, seed):
    rng = np.random.default_rng([30403, 1])
    check_actor(
        student,
        [
            (rng.normal(size=7), rng.integers(-1, 2, size=(1, 1)) * 1.0, np.array([k % 2]), rng.normal(0, 2, size=1))
            for k in range(20)
        ],
    )


def test_actor_gradient_batch(student, seed):
    rng = np.random.default_rng([30403, 2])
    check_actor(
        student,
        [
            (rng.normal(size=7), rng.integers(-1, 2, size=(N, 1)) * 1.0, rng.integers(2, size=N), rng.normal(0, 2, N))
            for N in [2, 3, 5, 12] * 5
        ],
    )


def check_critic(student, number_of_cases, full):
    rng = np.random.default_rng([30404, number_of_cases])
    for N in [1, 2, 4, 9] * 6:
        ends = rng.random(N) < 0.4
        X, X_next = rng.integers(-1, 2, size=(2, N, 1)) * 1.0
        X_next[ends] = 2.0
        delta, gamma, phi = rng.normal(0, 2, size=N), float(rng.choice([1.0, 0.9, 0.5])), rng.normal(size=7)
        rows = list(zip(X[:, 0].tolist(), X_next[:, 0].tolist(), ends.tolist(), delta.tolist(), strict=True))

        def loss(moving, rows=rows, still=phi, gamma=gamma):
            total = 0
            for x, x_next, end, d in rows:
                d = d + network(still, x) - network(moving, x)
                if full and not end:
                    d = d + gamma * (network(moving, x_next) - network(still, x_next))
                total = total + d * d / 2 / len(rows)
            return total

        what = f"x = {X[:, 0].tolist()}, next x = {X_next[:, 0].tolist()}, terminated = {ends.tolist()}, {gamma=}"
        answer = student.critic_gradient(phi, X, X_next, ends, delta, gamma, full)
        compare(answer, slopes(loss, phi), f"the critic's gradient for {what}, {full=}")


def test_critic_gradient_semi(student, seed):
    check_critic(student, 1, full=False)


def test_critic_gradient_full(student, seed):
    check_critic(student, 2, full=True)


def run(rng):
    """(ten numbers q, cells, actions) of a run, as the notebook draws them."""
    q = np.round(np.append(THETA0, [1.5, -2.0, -6.0]) + 0.2 * rng.normal(size=10), 2)
    return q, np.append(rng.integers(3, size=5), 2), np.append(rng.integers(2, size=5), 1)


def flowing(q, cell, action, places):
    """Slopes of the sum of both losses by the ten numbers, at those places of the program that see them move.

    places: 1 or 0 for the actor's loss, the critic's head by V(s), and the four that should have been cut: h1 and h2
    on their way to the critic, V(s') in the target, delta in the actor's loss.
    """

    def hidden(q, s):
        return [cmath.tanh(q[0] * (s - 1) + q[2]), cmath.tanh(q[1] * (s - 1) + q[3])]

    def critic(q, h):
        return q[7] * h[0] + q[8] * h[1] + q[9]

    def losses(own, head, left, right, later, blame):
        total = 0
        for s, a in zip(cell.tolist(), action.tolist(), strict=True):
            after = int(NEXT[s, a])
            h, h_next = hidden(q, s), hidden(q, after)
            mine = hidden(own, s)
            z = own[4] * mine[0] + own[5] * mine[1] + own[6]
            log_pi = -cmath.log(1 + cmath.exp(-z if a else z))
            here = critic(head, [hidden(left, s)[0], hidden(right, s)[1]])
            target, number_only = ((0 if after == GOAL else 0.9 * critic(each, h_next)) for each in (later, q))
            weight = -1 + number_only - critic(blame, h)
            total = total + ((-1 + target - here) ** 2 / 2 - weight * log_pi) / len(cell)
        return total

    return slopes(lambda moved: losses(*(moved if place else q for place in places)), q)


def reviewed(rng, place):
    """(the arguments of `my_leak`, what is right) for a run in which this one of the four cuts is missing."""
    q, cell, action = run(rng)
    missing = [int(k == place) for k in range(4)]
    reported = np.array(flowing(q, cell, action, [1, 1, *missing]))
    stray = flowing(q, cell, action, [0, 0, *missing])
    after, amount = NEXT[cell, action], sum(each**2 for each in stray) ** 0.5
    given = q, action, cell - 1.0, after - 1.0, after == GOAL, reported
    return given, [int(place < 3), [0, 1, 3, 3][place], amount]


def leaks(student, seed):
    """(what it is about, the student's verdict, the true one) for the student's own run and others."""
    own = int(np.random.default_rng([seed, 4, 6]).integers(4))
    runs = [("your run", [seed, 4, 5], own), *((f"another run ({k})", [30405, k], k % 4) for k in range(8))]
    for what, numbers, place in runs:
        given, right = reviewed(np.random.default_rng(numbers), place)
        yield what, parts(student.my_leak(*given), ["loss", "block", "amount"], "my_leak"), right


def test_my_leak_where(student, seed):
    for what, answer, right in leaks(student, seed):
        for name, got, expected in zip(["loss", "block"], answer, right, strict=False):
            given = number(got, f"the {name} of my_leak")
            assert given == expected, (
                f"the {name} of the leak in {what}: you returned {given:g}, expected is {expected}"
            )


def test_my_leak_amount(student, seed):
    for what, answer, right in leaks(student, seed):
        compare(answer[2], right[2], f"the amount of the leak in {what}", tolerance=1e-4, relative=True)


def check_returns(student, cases):
    for r, ends, V, n, gamma in cases:
        right = [return_at(t, r.tolist(), ends.tolist(), V.tolist(), n, gamma) for t in range(len(r))]
        what = f"r = {np.round(r, 2).tolist()}, terminated = {ends.tolist()}, V = {np.round(V, 2).tolist()}"
        answer = student.n_step_returns(r, ends, V, n, gamma)
        compare(answer, right, f"the returns for {what}, n = {n}, gamma = {gamma}")


def return_at(t, r, ends, V, n, gamma):
    """The return of n steps from time t on, summed as it is defined."""
    last = min(t + n, len(r)) - 1
    over = [k for k in range(t, last + 1) if ends[k]]
    rewards = r[t : (over[0] if over else last) + 1]
    bootstrap = 0 if over else gamma ** len(rewards) * V[last + 1]
    return sum(gamma**j * each for j, each in enumerate(rewards)) + bootstrap


def test_n_step_returns_going_on(student, seed):
    rng = np.random.default_rng([30406, 1])
    cases = []
    for T in [1, 2, 5, 9] * 6:
        n, gamma = int(rng.integers(1, 12)), float(rng.choice([1.0, 0.9, 0.6]))
        cases.append((rng.normal(-1, 1, size=T), np.zeros(T, dtype=bool), rng.normal(-5, 3, size=T + 1), n, gamma))
    check_returns(student, cases)


def test_n_step_returns_ending(student, seed):
    rng = np.random.default_rng([30406, 2])
    cases = []
    for k, T in enumerate([1, 2, 5, 9, 12] * 6):
        ends = rng.random(T) < [0.2, 0.5][k % 2]
        ends[rng.integers(T)] = True
        n, gamma = int(rng.integers(1, 8)), float(rng.choice([1.0, 0.9, 0.6]))
        cases.append((rng.normal(-1, 1, size=T), ends, rng.normal(-5, 3, size=T + 1), n, gamma))
    check_returns(student, cases)
