"""CartPole by our actor-critic, `helpers.rl.actor_critic.train`, with the settings of the lesson."""

from helpers.rl.actor_critic import train
from helpers.rl.cartpole import N_POLES, SCALE, make_poles, new_networks

SETTINGS = {"alpha": 0.05, "beta": 0.05, "gamma": 0.99}


def solve(evaluator, limit):
    """Train until the evaluator says solved, or `limit` environment steps; the seed is the evaluator's."""
    envs, (actor, critic), taken = make_poles(), new_networks(evaluator.seed), 0

    def ended(step, actor, critic, batch):
        nonlocal taken
        taken += len(batch.a)  # steps that only reset a pole are no transitions
        return evaluator.solved(taken, lambda: actor) or taken >= limit

    evaluator.start()
    train(envs, actor, critic, 2 * limit // N_POLES, **SETTINGS, seed=evaluator.seed, scale=SCALE, callback=ended)
    return evaluator.run()
