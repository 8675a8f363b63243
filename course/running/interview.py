"""The hidden tests of a submission, asked of its kernel after all cells have run, by this trusted process."""

import os
import socket

from course.border.asking import across
from course.border.channel import Channel
from course.running.execution import Stopped
from course.tasks.hidden import lost

SERVE = """__import__("course.border.answering").border.answering.serve(
    {path!r}, __import__("IPython").get_ipython().user_ns
)"""
SILENT = "the kernel died, or does not answer any more"
PATIENCE = 5  # seconds for the kernel to come to the line, or to stop what it does


class Line:
    """The line to a kernel that has run all cells."""

    def __init__(self, submission, sockets):
        self.submission, self.path = submission, str(sockets / "tests")
        self.connection, self.request = None, None
        self.listener = socket.socket(socket.AF_UNIX)
        before = os.umask(0)  # no chmod afterwards: the box may write here, and could put a link in the socket's place
        try:
            self.listener.bind(self.path)
        except OSError:
            raise Stopped("it wrote beside the kernel's sockets") from None
        finally:
            os.umask(before)
        self.listener.listen(1)
        self.listener.settimeout(PATIENCE)

    def connect(self):
        """A fresh channel to the kernel, which is interrupted if it is busy; Stopped when it does not come."""
        if self.connection is not None:
            self.connection.close()
            if not self.submission.replied(self.request, 1):
                self.submission.interrupt()
                if not self.submission.replied(self.request, PATIENCE):
                    raise Stopped("a function ran out of time and could not be stopped")
        self.request = self.submission.say(SERVE.format(path=self.path))
        try:
            self.connection, _ = self.listener.accept()
        except TimeoutError:
            raise Stopped(SILENT) from None
        return Channel(self.connection)


def interviewed(assignment, tests, submission, sockets, seed):
    """({test: why its points are lost, '' where they are not}, {test: what the grader's own code raised}).

    Stopped when the kernel dies, or can't be stopped.
    """
    student = across(Line(submission, sockets).connect, submission.limits.cell)
    reasons, faults = {}, {}
    for name in tests:
        try:
            reasons[name] = lost(assignment, name, student, seed)
        except ConnectionError:
            raise Stopped(SILENT) from None
        except Stopped:
            raise
        except Exception as error:
            faults[name] = reasons[name] = f"the test met {type(error).__name__}: {error}"
    return reasons, faults
