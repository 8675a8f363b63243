"""The corridor and CartPole, the policy gradient, actor and critic."""

from helpers.rl.actor_critic import Finished, Transitions, train, update
from helpers.rl.cartpole import SCALE, evaluate, make_poles, new_networks
from helpers.rl.cartpole_batch import evaluate_learners, train_learners
from helpers.rl.corridor import (
    GOAL,
    NEXT,
    OBSERVATIONS,
    REWARD,
    RIGHT,
    SwitchedCorridor,
    exact_action_values,
    exact_return,
    exact_values,
    exact_visits,
    transition_matrix,
)
from helpers.rl.corridor_batch import network_actor_critic, one_step_actor_critic, reinforce
from helpers.rl.forgotten_cuts import learners
from helpers.rl.gradient_ledger import PHI0, Switches, ledger
from helpers.rl.policy import action_probabilities, sample_actions, score
from helpers.rl.policy_gradient import exact_gradient, gradient_estimates, rewards_to_go, sample_episodes, score_table
from helpers.rl.walking import walker

__all__ = [
    "GOAL",
    "NEXT",
    "OBSERVATIONS",
    "PHI0",
    "REWARD",
    "RIGHT",
    "SCALE",
    "Finished",
    "SwitchedCorridor",
    "Switches",
    "Transitions",
    "action_probabilities",
    "evaluate",
    "evaluate_learners",
    "exact_action_values",
    "exact_gradient",
    "exact_return",
    "exact_values",
    "exact_visits",
    "gradient_estimates",
    "learners",
    "ledger",
    "make_poles",
    "network_actor_critic",
    "new_networks",
    "one_step_actor_critic",
    "reinforce",
    "rewards_to_go",
    "sample_actions",
    "sample_episodes",
    "score",
    "score_table",
    "train",
    "train_learners",
    "transition_matrix",
    "update",
    "walker",
]
