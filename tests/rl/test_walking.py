"""The walks of the reader's loop: they follow the corridor, and their numbers are those of the exact model."""

import inspect

import numpy as np
import pytest

from helpers.rl.corridor import GOAL, NEXT, REWARD, exact_return, exact_visits
from helpers.rl.walking import walker
from helpers.running_actor import CELLS, THETA0, as_layers, probabilities


def cells_of(x):
    return np.searchsorted(CELLS, x[:, 0])


def test_a_walk_follows_the_corridor_from_its_start_to_the_goal():
    walk = walker(0)
    for _ in range(50):
        x, actions, rewards = walk(as_layers(THETA0))
        assert x.shape == (len(actions), 1) and rewards.tolist() == [REWARD] * len(actions)
        cells = cells_of(x)
        assert cells[0] == 0 and NEXT[cells, actions].tolist() == [*cells[1:], GOAL]


def test_walks_have_the_exact_means():
    walk, n = walker(1), 4000
    walks = [walk(as_layers(THETA0)) for _ in range(n)]
    returns = np.array([rewards.sum() for _, _, rewards in walks])
    assert abs(returns.mean() - exact_return(probabilities(THETA0))) < 4 * returns.std() / np.sqrt(n)
    visits = np.array([np.bincount(cells_of(x), minlength=3) for x, _, _ in walks])
    assert np.all(
        np.abs(visits.mean(axis=0) - exact_visits(probabilities(THETA0))) < 4 * visits.std(axis=0) / np.sqrt(n)
    )
    cells, actions = (np.concatenate(each) for each in zip(*[(cells_of(x), a) for x, a, _ in walks], strict=True))
    for cell, right in enumerate(probabilities(THETA0)):
        assert abs(actions[cells == cell].mean() - right) < 4 * np.sqrt(right * (1 - right) / np.sum(cells == cell))


@pytest.mark.parametrize("b", [-50.0, 50.0])
def test_who_never_arrives_is_called_back(b):
    x, actions, rewards = walker(0)(as_layers([0, 0, 0, 0, 0, 0, b]))
    assert len(x) == len(actions) == len(rewards) == 100 and set(actions) == {int(b > 0)}


def test_a_seed_has_its_own_walks():
    one, again, other = (walker(seed) for seed in (3, 3, 4))
    walks = [[walk(as_layers(THETA0))[1].tolist() for _ in range(5)] for walk in (one, again, other)]
    assert walks[0] == walks[1] != walks[2]


@pytest.mark.parametrize("k, bad", [*((k, np.nan) for k in range(7)), (0, np.inf), (4, -np.inf), (6, np.inf)])
def test_weights_that_are_not_finite_make_no_walk(k, bad):
    (W, b), (V, c) = (tuple(array.copy() for array in layer) for layer in as_layers(THETA0))
    array, place = [(W, (0, 0)), (W, (0, 1)), (b, 0), (b, 1), (V, (0, 0)), (V, (1, 0)), (c, 0)][k]
    array[place] = bad
    with np.errstate(invalid="ignore"), pytest.raises(ValueError, match="^net's output must hold finite real numbers"):
        walker(0)([(W, b), (V, c)])


@pytest.mark.parametrize("net", [None, "net", [], [None]], ids=repr)
def test_what_is_no_net(net):
    with pytest.raises((TypeError, ValueError), match="^params must "):
        walker(0)(net)


@pytest.mark.parametrize("seed", [None, -1, 2.5, True, "3", [3], np.nan], ids=repr)
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(ValueError, match="^seed must be a whole number, at least 0, it is "):
        walker(seed)


def test_checks_change_no_walk_and_are_not_shown():
    shown, net = inspect.unwrap(walker), as_layers(THETA0)
    assert "check" not in inspect.getsource(walker) and walker.__doc__ == shown.__doc__
    one, other = walker(4), shown(4)
    assert all(np.array_equal(a, b) for _ in range(5) for a, b in zip(one(net), other(net), strict=True))
