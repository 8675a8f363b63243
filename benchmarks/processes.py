"""A process for each peer, with its threads and variables set before anything is imported there."""

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from unittest.mock import patch

SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # of OpenBLAS; they choose another kernel than the processor's own
COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def processors():
    """The processors that this process may use."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count()))


def slowing():
    """Those of `SLOWING` that are set here."""
    return [name for name in SLOWING if name in os.environ]


@contextmanager
def worker(threads=1, variables=()):
    """A process on as many processors as threads, in which `ask(function, *arguments)` computes and waits.

    variables: a dict of environment variables for it alone; None leaves one out, as those of `SLOWING` are.
    """
    settings = os.environ | dict.fromkeys(SLOWING) | dict.fromkeys(COUNTS, str(threads)) | dict(variables)
    with ProcessPoolExecutor(1, get_context("spawn"), pin, (threads,)) as pool:

        def ask(function, *arguments):
            return pool.submit(function, *arguments).result()

        with patch.dict(os.environ, {name: value for name, value in settings.items() if value is not None}, clear=True):
            pool.submit(os.getpid)  # the process starts with its first task
        yield ask


def pin(threads):
    """Keep to the last processors; JAX knows no variable for its threads, but counts the processors it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, processors()[-threads:])
