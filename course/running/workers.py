"""Grading many jobs: with workers on this machine, or on a Dask cluster."""

import itertools
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue

from course.running.process import Process, grade
from course.running.submission import Outcome


def locally(jobs, workers):
    """Grade jobs with a pool of workers on this machine; yields outcomes as they come.

    Each worker's next process and kernel start while it grades: what they do before they have a job takes no time then.
    """
    ready, left = SimpleQueue(), itertools.count(len(jobs) - workers, -1)

    def start(job):
        ready.put(Process(job.limits, job.sandboxed, job.release))

    def graded(job):
        process = ready.get()
        if next(left) > 0:
            start(job)
        return process.grade(job)

    for job in jobs[:workers]:
        start(job)
    with ThreadPoolExecutor(workers) as pool:
        try:
            for future in as_completed([pool.submit(graded, job) for job in jobs]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)
            while not ready.empty():
                ready.get().end()


def on_cluster(jobs, address):
    """Grade jobs on the Dask cluster at this address; yields outcomes as they come, also when workers are lost."""
    from distributed import Client
    from distributed import as_completed as completed

    with Client(address) as client:
        futures = client.map(grade, jobs, pure=False, retries=2)
        whose = {future.key: job.student for future, job in zip(futures, jobs, strict=True)}
        for future in completed(futures):
            if future.status == "finished":
                yield future.result()
            else:
                yield Outcome(whose[future.key], failure=f"the cluster lost it: {future.exception()!r}", again=True)
            future.release()
