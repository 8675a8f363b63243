"""The corridor and CartPole, the policy gradient, actor and critic."""

from helpers.rl.actor_critic import Transitions, train, update
from helpers.rl.cartpole import SCALE, evaluate, make_poles
from helpers.rl.cartpole_batch import evaluate_learners, train_learners
from helpers.rl.corridor import (
    GOAL,
    NEXT,
    OBSERVATIONS,
    REWARD,
    SwitchedCorridor,
    exact_action_values,
    exact_return,
    exact_values,
    exact_visits,
    transition_matrix,
)
from helpers.rl.corridor_batch import one_step_actor_critic
from helpers.rl.gradient_ledger import PHI0
from helpers.rl.policy import score
from helpers.rl.policy_gradient import gradient_estimates, rewards_to_go, sample_episodes
from helpers.rl.stop_gradient import learners
from helpers.rl.walking import walker

__all__ = [
    "GOAL",
    "NEXT",
    "OBSERVATIONS",
    "PHI0",
    "REWARD",
    "SCALE",
    "SwitchedCorridor",
    "Transitions",
    "evaluate",
    "evaluate_learners",
    "exact_action_values",
    "exact_return",
    "exact_values",
    "exact_visits",
    "gradient_estimates",
    "learners",
    "make_poles",
    "one_step_actor_critic",
    "rewards_to_go",
    "sample_episodes",
    "score",
    "train",
    "train_learners",
    "transition_matrix",
    "update",
    "walker",
]
