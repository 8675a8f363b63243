"""Running: a submission's cells in the sandbox, and its functions asked from outside."""
