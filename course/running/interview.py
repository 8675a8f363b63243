"""The hidden tests of a submission, asked of its kernel after all cells have run, by this trusted process."""

import os
import socket
from contextlib import suppress
from functools import partial

from course.border.asking import ENDED, TOO_LONG, across
from course.border.channel import Channel
from course.intake.identity import Finding
from course.running.execution import Stopped
from course.running.guard import processor_time
from course.tasks.hidden import lost

SERVE = """__import__("course.border.answering").border.answering.serve(
    {path!r}, __import__("IPython").get_ipython().user_ns, {place!r}
)"""
SILENT = "the kernel died, or does not answer any more"
NOT_AGAIN = TOO_LONG, ENDED
CHANGED = "further below, the answer or a name that it uses was changed"
PATIENCE = 5  # seconds for the kernel to come to the line, or to stop what it does
AT_WORK = 0.3  # seconds of the processor, thirty times what a right answer takes for a call


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
            self.listener.close()
            raise Stopped("it wrote beside the kernel's sockets") from None
        finally:
            os.umask(before)
        self.listener.listen(1)
        self.listener.settimeout(PATIENCE)

    def connect(self, place=None):
        """A fresh channel to the kernel, which ends what it did for the one before; Stopped when it does not come.

        place: the test cell as of which all names are; those at the end of the notebook if None.
        """
        if self.connection is not None:
            self.connection.close()
            if not self.submission.replied(self.request, PATIENCE):
                raise Stopped(SILENT)
        self.request = self.submission.say(SERVE.format(path=self.path, place=place))
        try:
            self.connection, _ = self.listener.accept()
        except TimeoutError:
            raise Stopped(SILENT) from None
        return Channel(self.connection)


def interviewed(assignment, tests, submission, sockets, seed):
    """({test: why its points are lost, '' where they are not}, findings); Stopped when the kernel answers nothing.

    A function that never stops, or ends its process, costs the points of its own tests. Names are as at the end of the
    notebook; an answer that is wrong with these is asked again with the names as they were where its test stands.
    """
    line, seconds = Line(submission, sockets), submission.limits.cell
    student = across(line.connect, seconds)
    reasons, findings, stopped = {}, [], ""
    for name in tests:
        used = processor_time()
        try:
            reasons[name] = stopped or lost(assignment, name, student, seed)
        except Stopped as reason:
            if not reasons:
                raise
            reasons[name] = stopped = f"could not be asked after {list(reasons)[-1]}: {reason}"
            findings.append(Finding(f"{name} and what follows {stopped}", person=True))
        except Exception as error:
            reasons[name] = f"the test met {type(error).__name__}: {error}"
            findings.append(Finding(f"{name}: {reasons[name]}", person=True))
        if reasons[name].endswith(ENDED):
            findings.append(Finding(f"{name}: {reasons[name]} (memory?)", person=True))
        if reasons[name].endswith(TOO_LONG) and processor_time() - used < AT_WORK:
            findings.append(Finding(f"{name}: {reasons[name]}, but it waited: was the machine busy?", person=True))
    then, wrong = [], [name for name in reasons if reasons[name] and not reasons[name].endswith(NOT_AGAIN)]
    for name in [] if stopped else wrong:
        with suppress(Exception):  # it has been told
            right = not lost(assignment, name, across(partial(line.connect, name), seconds), seed)
            reasons[name], then = ("", [*then, name]) if right else (reasons[name], then)
    if then:
        findings.append(Finding(f"{', '.join(then)}: right where the test stands, and so it counts; {CHANGED}"))
    return reasons, findings
