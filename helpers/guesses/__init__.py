"""Guesses before a surprise: `predict(key, truth)` asks, and shows the truth only after a guess."""

from helpers.guesses.prediction import predict

__all__ = ["predict"]
