"""Poles and an update that write down what happens to them: stand-ins for the judge of train."""

import numpy as np

STEPS = 60  # of each training that is judged


class Poles:
    """Four environments that write down what happens: what was shown, done and paid, and which ended how.

    Pole k ends after LIFE[k] steps; pole 1 falls, the others are cut off by the clock, and the step after the end is
    the reset, as in Gymnasium's vector environments.
    """

    LIFE = np.array([3, 4, 6, 6])

    def __init__(self):
        self.t, self.resets, self.seed = 0, 0, None
        self.age, self.over, self.seen, self.done = np.zeros(4), np.zeros(4, bool), [], []

    def reset(self, seed=None):
        """What is seen at first, and nothing else; only the first reset sets anything up."""
        self.resets += 1
        if self.resets == 1:
            self.seed = seed
            self.seen.append(self.look())
        return self.seen[-1].copy(), {}

    def look(self):
        """What is seen: a number that grows, and the pole's age."""
        return np.stack([self.t + np.arange(4) / 8, self.age], axis=1)

    def step(self, actions):
        """Let all poles go on by a step."""
        self.done.append(np.array(actions))
        self.t += 1
        resetting = self.over
        self.age = np.where(resetting, 0, self.age + 1)
        ended = self.age >= self.LIFE
        terminated = ended & (np.arange(4) == 1)
        self.over = ended
        self.seen.append(self.look())
        r = np.where(resetting, 0.0, self.age + np.arange(4))
        return self.seen[-1].copy(), r, terminated, ended & ~terminated, {}


def net(z):
    """A network with two inputs that always says z."""
    return [(np.zeros((2, 3)), np.zeros(3)), (np.zeros((3, 1)), np.array([z]))]


class Spy:
    """Stands in the place of `update`, writes down its batches, and hands back other networks."""

    def __init__(self, after=None):
        self.batches, self.settings, self.after = [], [], after

    def update(self, actor, critic, batch, alpha, beta, gamma):
        """Write down what has come."""
        self.batches.append([np.array(each) for each in batch])
        self.settings.append((float(actor[-1][1][0]), float(critic[-1][1][0]), alpha, beta, gamma))
        moved = actor if self.after is None else self.after
        return moved, [critic[0], (critic[1][0], critic[1][1] + 1.0)]
