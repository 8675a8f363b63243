"""The parts of the engine, a module for each lesson; importing them registers their parts in order."""

from helpers.engine.parts import (  # noqa: F401
    lesson00,
    lesson01,
    lesson02,
    lesson03,
    lesson04,
    lesson05,
    lesson06,
    lesson07,
    lesson08,
)
