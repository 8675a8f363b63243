"""What your numbers *are*: the relation between the results of a function and the right ones, in a sentence."""

from helpers.diagnosis.diagnosis import diagnose
from helpers.diagnosis.solution import Solution

__all__ = ["Solution", "diagnose"]
