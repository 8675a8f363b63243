"""Known mistakes of the graded tasks, a module for each assignment."""
