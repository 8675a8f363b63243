"""The border between a submission's process and the one that tests it: only data crosses it."""
