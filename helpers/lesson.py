"""What the lessons have at hand: a guess, a check, a part of the reader's engine, the whole of it, a picture."""

from helpers.checks import check
from helpers.drawing.figure import picture
from helpers.engine import engine, mine
from helpers.guesses import predict

__all__ = ["check", "engine", "mine", "picture", "predict"]
