"""Who takes part in the CartPole benchmark, with what, and for how long at most."""

from importlib.util import find_spec
from typing import NamedTuple

BUDGET = 500_000  # environment steps; what rl-baselines3-zoo gives A2C
PPO_BUDGET = 100_000  # what it gives PPO, whose schedules end there
FIRST_SEED = 1000  # the settings of the lesson were chosen with seeds below


class Solver(NamedTuple):
    """One way to solve CartPole; `module` holds its function(evaluator, limit)."""

    module: str
    function: str
    needs: str  # package that has to be installed
    scaled: bool  # whether its networks see observations divided by helpers.rl.cartpole.SCALE
    seeds: int
    limit: int = BUDGET


OURS, SAME, JAX, CLEANRL = "ours, NumPy", "the same in PyTorch", "the same in JAX, one program", "A2C, CleanRL's manner"
A2C, PPO = "SB3 A2C, Gymnasium's vector", "SB3 PPO, Gymnasium's vector"
A2C_DUMMY, PPO_DUMMY = "SB3 A2C, DummyVecEnv", "SB3 PPO, DummyVecEnv"
SB3 = "solve_sb3"  # its process also trains in the corridor
SOLVERS = {
    OURS: Solver("solve_numpy", "solve", "numpy", True, 100),
    SAME: Solver("solve_torch", "solve", "torch", True, 20),
    CLEANRL: Solver("solve_cleanrl", "solve", "torch", False, 20),
    A2C: Solver(SB3, "a2c_vectorised", "stable_baselines3", False, 20),
    A2C_DUMMY: Solver(SB3, "a2c_dummy", "stable_baselines3", False, 10),
    PPO: Solver(SB3, "ppo_vectorised", "stable_baselines3", False, 20, PPO_BUDGET),
    PPO_DUMMY: Solver(SB3, "ppo_dummy", "stable_baselines3", False, 10, PPO_BUDGET),
    JAX: Solver("solve_jax", "solve", "jax", True, 20),
}


def installed(solvers=SOLVERS):
    """The solvers whose package is installed, by name."""
    return {name: solver for name, solver in solvers.items() if find_spec(solver.needs)}
