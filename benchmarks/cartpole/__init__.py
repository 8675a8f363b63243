"""CartPole until solved: our actor-critic beside PyTorch, stable-baselines3 and JAX; and the corridor."""
