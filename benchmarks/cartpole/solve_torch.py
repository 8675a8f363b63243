"""CartPole by the same algorithm as ours in PyTorch: same networks, poles, scaling and steps, gradients by autograd.

Written lean: one forward pass of each network at s, which serves for the action and for the gradient, one backward
pass for both losses, one plain optimiser.
"""

import numpy as np
import torch

from benchmarks.cartpole.evaluation import layers_of
from benchmarks.cartpole.solve_numpy import SETTINGS
from helpers.rl.cartpole import N_POLES, SCALE, make_poles, new_networks


class ActorCritic:
    """Our actor and critic as PyTorch modules."""

    def __init__(self, actor, critic, alpha, beta, gamma):
        self.actor, self.critic, self.gamma = module_of(actor), module_of(critic), gamma
        groups = [{"params": self.actor.parameters(), "lr": alpha}, {"params": self.critic.parameters(), "lr": beta}]
        self.optimiser = torch.optim.SGD(groups)

    def act(self, s):
        """Look at s; return the actions as drawn."""
        self.log_pi = torch.log_softmax(self.actor(s), dim=1)
        self.v = self.critic(s)[:, 0]
        return torch.multinomial(self.log_pi.detach().exp(), 1)[:, 0]

    def learn(self, a, r, s_next, terminated, going):
        """One step of both networks, where the episode was going on; s is what `act` has looked at."""
        with torch.no_grad():
            target = r + self.gamma * self.critic(s_next)[:, 0] * ~terminated
        delta = (target - self.v)[going]
        log_pi = self.log_pi.gather(1, a[:, None])[:, 0][going]
        loss = -(delta.detach() * log_pi).mean() + 0.5 * (delta**2).mean()
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()

    def layers(self):
        """The actor as a list of (W, b)."""
        return layers_of(self.actor[::2])


def module_of(params):
    """Our list of (W, b) as tanh network in float32."""
    modules = []
    for W, b in params:
        linear = torch.nn.Linear(*W.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(W.T.copy()))
            linear.bias.copy_(torch.tensor(b))
        modules += [linear, torch.nn.Tanh()]
    return torch.nn.Sequential(*modules[:-1])


def solve(evaluator, limit):
    """Train until the evaluator says solved, or `limit` environment steps."""
    torch.manual_seed(evaluator.seed)
    learner, envs, taken = ActorCritic(*new_networks(evaluator.seed), **SETTINGS), make_poles(), 0
    scale, over = SCALE.astype(np.float32), np.zeros(N_POLES, dtype=bool)
    evaluator.start()
    s = torch.from_numpy(envs.reset(seed=evaluator.seed)[0] / scale)
    while taken < limit:
        a = learner.act(s)
        s_next, r, terminated, truncated, _ = envs.step(a.numpy())
        s_next, going = torch.from_numpy(s_next / scale), ~over
        learner.learn(a, torch.from_numpy(r), s_next, torch.from_numpy(terminated), torch.from_numpy(going))
        s, over, taken = s_next, terminated | truncated, taken + int(going.sum())
        if evaluator.solved(taken, learner.layers):
            break
    return evaluator.run()
