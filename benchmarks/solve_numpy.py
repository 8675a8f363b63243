"""CartPole by our actor-critic, `helpers.rl.actor_critic.train`, with the settings of the lesson."""

from helpers.rl.actor_critic import train
from helpers.rl.cartpole import N_POLES, SCALE, make_poles, new_networks

SETTINGS = {"alpha": 0.05, "beta": 0.05, "gamma": 0.99}


def solve(watch, limit):
    """Train until the watch says solved, or `limit` environment steps; the seed is the watch's."""
    envs, (actor, critic), taken = make_poles(), new_networks(watch.seed), 0

    def look(step, actor, critic, batch):
        nonlocal taken
        taken += len(batch.a)  # steps that only reset a pole are no transitions
        return (watch.due(taken) and watch.look(taken, lambda: actor)) or taken >= limit

    watch.start()
    train(envs, actor, critic, 2 * limit // N_POLES, **SETTINGS, seed=watch.seed, scale=SCALE, callback=look)
    return watch.course()
