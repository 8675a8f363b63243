"""Marks: nbgrader's gradebook, the table, the feedback."""
