"""CartPole by stable-baselines3's A2C and PPO, with the settings that rl-baselines3-zoo publishes for it.

Source: hyperparams/a2c.yml and hyperparams/ppo.yml of DLR-RM/rl-baselines3-zoo, CartPole-v1. `lin_x` there is a linear
schedule from x to 0 over the whole training, whose length is `n_timesteps`.
"""

from stable_baselines3 import A2C, PPO
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.env_util import make_vec_env
from stable_baselines3.common.utils import LinearSchedule
from stable_baselines3.common.vec_env import VecEnv

from benchmarks.cartpole.evaluation import layers_of
from benchmarks.cartpole.same_step import SameStepPoles

N_ENVS = 8
PPO_SETTINGS = {
    "n_steps": 32, "batch_size": 256, "gae_lambda": 0.8, "gamma": 0.98, "n_epochs": 20, "ent_coef": 0.0
}  # fmt: skip


class VectorisedPoles(VecEnv):
    """Gymnasium's vectorised CartPole as stable-baselines3's `VecEnv`."""

    def __init__(self, n=N_ENVS):
        self.poles = SameStepPoles(n)
        super().__init__(n, self.poles.poles.single_observation_space, self.poles.poles.single_action_space)

    def reset(self):
        """Start all poles, with the first of the seeds that `seed` has set; returns the observations."""
        observations = self.poles.reset(seed=self._seeds[0])
        self._reset_seeds()
        return observations

    def step_async(self, actions):
        """Keep the actions for `step_wait`."""
        self.actions = actions

    def step_wait(self):
        """Return (observations, rewards, dones, infos); the infos of ended episodes hold their last observation."""
        observations, rewards, terminated, truncated, last = self.poles.step(self.actions)
        dones, infos = terminated | truncated, [{} for _ in range(self.num_envs)]
        for k in dones.nonzero()[0]:
            infos[k] = {
                "terminal_observation": last[k],
                "TimeLimit.truncated": bool(truncated[k] and not terminated[k]),
            }
        return observations, rewards, dones, infos

    def close(self):
        """Nothing is open."""

    def get_attr(self, attr_name, indices=None):
        """The poles have all attributes in common."""
        return [getattr(self.poles.poles, attr_name) for _ in self._get_indices(indices)]

    def set_attr(self, attr_name, value, indices=None):
        """Not needed to learn."""
        raise NotImplementedError

    def env_method(self, method_name, *method_args, indices=None, **method_kwargs):
        """Not needed to learn."""
        raise NotImplementedError

    def env_is_wrapped(self, wrapper_class, indices=None):
        """Nothing is wrapped."""
        return [False for _ in self._get_indices(indices)]


class Evaluating(BaseCallback):
    """Evaluates after an update, before the next rollout."""

    def __init__(self, evaluator):
        super().__init__()
        self.evaluator, self.solved = evaluator, False

    def _on_rollout_start(self):
        self.solved = self.evaluator.solved(self.num_timesteps, lambda: actor_of(self.model))

    def _on_step(self):
        return not self.solved

    def _on_training_end(self):
        if not self.solved:
            self._on_rollout_start()


def actor_of(model):
    """The actor of a model with `MlpPolicy` as a list of (W, b)."""
    return layers_of([*model.policy.mlp_extractor.policy_net[::2], model.policy.action_net])


def a2c(envs, seed):
    """A2C as published for CartPole-v1: everything but the number of environments is its default."""
    return A2C("MlpPolicy", envs, ent_coef=0.0, seed=seed, device="cpu")


def ppo(envs, seed):
    """PPO as published for CartPole-v1."""
    falling = {"learning_rate": LinearSchedule(0.001, 0.0, 1.0), "clip_range": LinearSchedule(0.2, 0.0, 1.0)}
    return PPO("MlpPolicy", envs, **PPO_SETTINGS, **falling, seed=seed, device="cpu")


def solve(evaluator, limit, method, envs):
    """Train until the evaluator says solved, or `limit` environment steps, over which PPO's schedules fall to 0."""
    model = method(envs, evaluator.seed)
    evaluator.start()
    model.learn(limit, Evaluating(evaluator))
    return evaluator.run()


def a2c_vectorised(evaluator, limit):
    """A2C on Gymnasium's vectorised poles."""
    return solve(evaluator, limit, a2c, VectorisedPoles())


def ppo_vectorised(evaluator, limit):
    """PPO on Gymnasium's vectorised poles."""
    return solve(evaluator, limit, ppo, VectorisedPoles())


def a2c_dummy(evaluator, limit):
    """A2C on stable-baselines3's own `DummyVecEnv`, one pole after the other."""
    return solve(evaluator, limit, a2c, make_vec_env("CartPole-v1", n_envs=N_ENVS))


def ppo_dummy(evaluator, limit):
    """PPO on the same."""
    return solve(evaluator, limit, ppo, make_vec_env("CartPole-v1", n_envs=N_ENVS))
