"""What is timed, beside its peers; run from the project's root: `python -m benchmarks.backprop`."""
