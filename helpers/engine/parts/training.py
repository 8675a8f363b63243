"""Judge of train: its batches, actions and returns must be those of what the poles have lived through."""

import numpy as np

from helpers.engine.parts.ended_episodes import expected_returns, misadded
from helpers.engine.parts.poles import STEPS, Poles, Spy, net

BATCH = "a batch must hold five arrays, (s, a, r, s_next, terminated), each with one entry for a pole that is going on"
RETURNED = "return (actor, critic, returns): two networks, and a list of numbers"
OUT_OF_TIME = ". A pole whose time is up (`truncated`) is over as well, and is set up anew in the next step"
COLUMN = (
    "the poles got a table or a column of actions, and a row is asked, one for each pole: `forward` returns z as a column, "
    "(N, 1), and `z[:, 0]` is its row"
)
SCALE = np.array([2.0, 4.0])


def judge_train(E):
    """The batches, the actions and the returns must be those of what the poles have lived through."""
    own = E.update
    try:
        for z in (0.0, 50.0, -50.0):
            poles, spy = Poles(), Spy()
            E.update = spy.update
            result = E.train(poles, net(z), net(0.0), STEPS, 0.1, 0.2, 0.9, 3, SCALE)
            said = wrong_actions(E, poles, z) or told(wrong_batches, poles, spy)
            if said := said or told(wrong_result, result, spy):
                return said
            if not z and (said := wrong_seed(E, poles)):
                return said
        E.update = Spy(after=net(50.0)).update
        E.train(poles := Poles(), net(-50.0), net(0.0), 5, 0.1, 0.2, 0.9, 3, SCALE)
        if not np.all(np.array(poles.done[1:]) == 1):
            return "the actions are drawn by the actor of the beginning: after each update the new one must act"
    finally:
        E.update = own
    return ""


def wrong_seed(E, poles):
    """Words for a training that the seed does not settle; poles: those of a training with the seed 3."""
    if poles.seed != 3:
        return f"the seed was 3, and `poles.reset` got {poles.seed}: `poles.reset(seed=seed)`"
    again, other = Poles(), Poles()
    E.train(again, net(0.0), net(0.0), STEPS, 0.1, 0.2, 0.9, 3, SCALE)
    E.train(other, net(0.0), net(0.0), STEPS, 0.1, 0.2, 0.9, 4, SCALE)
    if not np.array_equal(poles.done, again.done):
        return "the same seed must give the same actions: draw from `np.random.default_rng(seed)`"
    if np.array_equal(poles.done, other.done):
        return "another seed gives the same actions: draw from `np.random.default_rng(seed)`"
    return ""


def told(look, things, spy):
    """What a look at things says, and words for things of which nothing can be said."""
    try:
        return look(things, spy)
    except (TypeError, ValueError, IndexError):
        return BATCH if look is wrong_batches else RETURNED


def wrong_actions(E, poles, z):
    """Words for actions that the actor would not draw."""
    if poles.resets != 1:
        return (
            f"`poles.reset(seed=seed)` must be called once, before the loop; it was called {poles.resets} times. A pole "
            "that is over is set up anew by itself"
        )
    if len(poles.done) != STEPS:
        return f"for steps = {STEPS} the poles must be stepped {STEPS} times; they were {len(poles.done)} times"
    done = np.array(poles.done)
    if done.shape in ((STEPS, 4, 4), (STEPS, 4, 1)):
        return COLUMN
    if done.shape != (STEPS, 4) or done.dtype.kind not in "iu" or not np.isin(done, (0, 1)).all():
        return f"the actions must be whole numbers 0 or 1, one for each pole, as `.astype(int)` makes them; the poles got {done[0]}"
    if z and not np.all(done == (z > 0)):
        return f"where p is {'1' if z > 0 else '0'}, the action must be {int(z > 0)}: 1 is drawn with the probability sigmoid(z)"
    if not z and 0 < done.mean() < 1 and np.all(done == done[0]):
        return "every step draws the same numbers: make `rng` once, before the loop"
    if not z and not 0.3 < done.mean() < 0.7:
        if not done.any() and drawn_by_z(E):
            return "what is drawn is compared with z itself, and z is no probability: compare it with sigmoid(z)"
        return f"where p is 1/2, half of the actions must be 1; yours are {done.mean():.0%}: draw, by `rng.random(...)`"
    if not z and np.all(done == done[:, :1]):
        return "all poles do the same: draw a number for each of them"
    return ""


def drawn_by_z(E):
    """Whether an actor that says 1/2 draws now 0, now 1, as one that says 0 should and does not."""
    E.train(poles := Poles(), net(0.5), net(0.0), STEPS, 0.1, 0.2, 0.9, 3, SCALE)
    return 0.4 < np.mean(poles.done) < 0.6


def wrong_batches(poles, spy):
    """Words for transitions that are not what has happened."""
    fed = [k for k, each in enumerate(spy.batches) if len(each) != 5]
    if fed or not spy.batches:
        return "`update` must be called in each step, with a batch (s, a, r, s_next, terminated)"
    age, k = np.zeros(4), 0
    for t in range(STEPS):
        over = age >= Poles.LIFE
        going = ~over
        age = np.where(over, 0, age + 1)
        if not going.any() and (k == len(spy.batches) or len(spy.batches) < STEPS):
            continue
        if k == len(spy.batches):
            return f"`update` was called {k} times in {STEPS} steps"
        s, a, r, s_next, terminated = spy.batches[k]
        k += 1
        if len(s) != going.sum():
            why = OUT_OF_TIME if knows_falls_only(spy) else miscounted(len(s), age, over, t)
            return f"in step {t + 1} there are {going.sum()} transitions; the batch has {len(s)}{why}"
        before, after = poles.seen[t][going], poles.seen[t + 1][going]
        ended = age[going] >= Poles.LIFE[going]
        right = {
            "s": before / SCALE, "a": poles.done[t][going], "r": (age + np.arange(4))[going],
            "s_next": after / SCALE, "terminated": ended & (np.arange(4) == 1)[going],
        }  # fmt: skip
        given = {"s": s, "a": a, "r": r, "s_next": s_next, "terminated": terminated}
        for name, value in right.items():
            if name == "s" and t and s.shape == before.shape and np.allclose(s, poles.seen[0][going] / SCALE):
                return f"in step {t + 1} the batch's s is still what was seen at the start: after each step s_next becomes s"
            if given[name].shape != value.shape or not np.allclose(given[name], value):
                return f"in step {t + 1} the batch's {name} is wrong{reason(name, given, right, before, after, ended, spy)}"
        if spy.settings[k - 1][1] != k - 1:
            return "the critic that `update` has returned must go into the next update; it starts anew each time"
        if spy.settings[k - 1][2:] != (0.1, 0.2, 0.9):
            return f"alpha, beta, gamma were 0.1, 0.2, 0.9; `update` got {', '.join(map(str, spy.settings[k - 1][2:]))}"
    return ""


def knows_falls_only(spy):
    """Whether the batches leave out a pole after its fall, and none after its time was up."""
    life = Poles.LIFE[1]
    counts = [4 - (t % (life + 1) == life) for t in range(len(spy.batches))]
    return [len(batch[0]) for batch in spy.batches] == counts


def miscounted(count, age, over, t):
    """Why a batch has so many transitions, where that can be told; over: before the step t; age: after it."""
    if count == len(over) and over.any():
        return ". In the step after its end a pole is set up anew: that is no transition, and leaves the batch"
    if count == np.sum(age < Poles.LIFE):
        return ". What ends in this step is left out, and so no fall is learnt: leave out what was over before the step"
    if count == np.sum(Poles.LIFE > t):
        return ". A pole that was over is going on again one step later: each step must say anew which are over"
    return ""


def reason(name, given, right, before, after, ended, spy):
    """Why a part of the batch is wrong, where that can be told."""
    value = given[name]
    if name in ("s", "s_next"):
        raw = before if name == "s" else after
        if value.shape == raw.shape and np.allclose(value, raw):
            return ": it is not divided by scale"
        other = right["s_next" if name == "s" else "s"]
        if value.shape == other.shape and np.allclose(value, other):
            return f": it is {'what was seen after the step' if name == 's' else 'what was seen before the step'}"
        if name == "s" and value.shape == before.shape and np.allclose(value, before / SCALE / SCALE):
            return ": it is divided by scale twice"
    if name == "terminated" and value.shape == ended.shape and np.array_equal(value, ended):
        first_fall = spy.batches[Poles.LIFE[1] - 1 : Poles.LIFE[1]]
        if not any(np.any(batch[4]) for batch in first_fall):
            return ": it is `truncated`; asked is who fell"
        return ": a pole that was cut off by the clock has not fallen (`truncated`), and V(s′) still counts"
    for other, numbers in right.items():
        if other != name and value.shape == numbers.shape and np.allclose(value, numbers):
            return f": it is {other}; the order is (s, a, r, s_next, terminated)"
    return ""


def wrong_result(result, spy):
    """Words for something else than the last networks and the returns of the ended episodes."""
    if not isinstance(result, tuple | list) or len(result) != 3:
        return "return (actor, critic, returns)"
    if isinstance(result[2], list) and any(np.ndim(each) for each in result[2]):
        return "your list of returns holds arrays, and numbers are asked: `returns.extend(...)` takes each by itself"
    returns, right = np.asarray(result[2], float), expected_returns()
    if float(result[1][-1][1][0]) != len(spy.batches):
        return "the critic that is returned is not the last one"
    if returns.shape != right.shape or not np.allclose(np.sort(returns), np.sort(right)):
        if returns.size != right.size:
            return (
                f"of {right.size} episodes that have ended, by a fall or by the clock, {returns.size} returns are given"
            )
        k = np.flatnonzero(~np.isclose(returns.ravel(), right))[0]
        return (
            f"the return of ended episode {k + 1} must be {right[k]:g}, the sum of its rewards; yours is "
            f"{returns.ravel()[k]:g}{misadded(returns.ravel())}"
        )
    return ""
