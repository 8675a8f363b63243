"""The engine that the reader builds: `mine` judges and keeps a part, `engine` puts all parts together."""

from helpers.engine import parts  # noqa: F401  (importing them registers them)
from helpers.engine.assembled import engine
from helpers.engine.mine import mine

__all__ = ["engine", "mine"]
