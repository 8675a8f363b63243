"""The parts of the engine, a module for each lesson; importing them registers their parts in order."""

from helpers.engine.parts import (  # noqa: F401
    lesson03,
    lesson06,
)
