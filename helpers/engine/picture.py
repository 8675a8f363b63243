"""The picture of the reader's engine."""

from helpers.engine.verdict import Note


def engine_picture():
    return Note("soon")
