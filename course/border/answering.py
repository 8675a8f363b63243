"""Inside the box: calls a submission's functions when it is asked to, and sends back what they return, as data.

Nothing here is trusted: the submission owns this process, and can do no more with it than answer.
"""

import contextlib
import io
import os
import select
import signal
import socket
import sys
import warnings

import numpy as np

from course.border.channel import Channel
from course.border.expressions import MOST_NODES
from course.border.wire import Refused, decoded, encoded
from helpers.checks.answers import listed

MOST_TEXT = 500  # characters of an error's text
GLANCE = 50  # milliseconds between two looks at whether the tests have hung up
NAMES = {"BooleanTrue": "true", "BooleanFalse": "false", "ExprCondPair": "Pair"}  # of sympy's, as expressions say them


class Answers:
    """Answers to questions about these names; ask: sends a call of a function that the tests have given, and waits."""

    def __init__(self, names, ask):
        self.names, self.ask, self.handles = names, ask, []

    def reply(self, question):
        """The reply to a question: what a call returned and its arguments after it, or what it raised."""
        name = question["call"]
        function = self.handles[name] if isinstance(name, int) else self.names.get(name)
        if function is None:
            return {"missing": True}
        try:
            arguments = [decoded(each, self._known) for each in question["arguments"]]
            with unheard():
                answer = function(*arguments)
                return {"returned": self._words(answer), "arguments": [self._words(each) for each in arguments]}
        except Refused as reason:
            return {"refused": str(reason)}
        except BaseException as error:  # whatever a function raises costs its own points alone
            return {"raised": type(error).__name__, "text": said(error)}

    @property
    def _known(self):
        return {"symbol": real_symbol, "callback": self._callback, "handle": self.handles.__getitem__}

    def _callback(self, number):
        def function(*arguments, **named):
            given = [*arguments, *named.values()]
            reply = self.ask({"ask": number, "arguments": [self._words(each) for each in given]})
            if "raised" in reply:
                raise TypeError(reply["text"])
            return decoded(reply["returned"], self._known)

        function.number = number
        return function

    def _words(self, value):
        return encoded(value, self._other)

    def _other(self, value):
        if hasattr(type(value), "__array__"):  # a matrix of sympy's, a tensor, the probe of a complex step
            return self._words(np.asarray(value))
        if (several := listed(value)) is not value:
            return [self._words(each) for each in several]
        if hasattr(type(value), "free_symbols") and hasattr(type(value), "func"):
            return {"expression": tree_of(value)}
        if hasattr(type(value), "__float__"):  # a fraction, a decimal, one of mpmath's, a number of one's own making
            return float(value)
        if hasattr(value, "number") and callable(value):  # a function of the tests' own comes back
            return {"callback": value.number}
        self.handles.append(value)
        return {"handle": [len(self.handles) - 1, type(value).__name__]}


@contextlib.contextmanager
def unheard():
    """What a function prints goes nowhere, and no warning is an error, whatever the notebook has asked of NumPy."""
    silent = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with silent[0], silent[1], warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        yield


def real_symbol(name):
    """sympy's symbol of this name, real."""
    import sympy

    return sympy.Symbol(name, real=True)


def tree_of(expression):
    """An expression of sympy's as a tree in lists; Refused when it has too many nodes."""
    import sympy

    unevaluated = (sympy.Derivative, sympy.Integral, sympy.Limit, sympy.Product, sympy.Subs, sympy.Sum)
    nodes = 0

    def tree(node):
        nonlocal nodes
        nodes += 1
        if nodes > MOST_NODES:
            raise Refused(f"is an expression of more than {MOST_NODES} nodes")
        if isinstance(node, unevaluated):
            node = node.doit()
        if isinstance(node, sympy.Symbol):
            return ["Symbol", node.name]
        if isinstance(node, sympy.Float):
            return float(node)
        if isinstance(node, sympy.Rational):
            return ["Rational", int(node.p), int(node.q)]
        name = type(node).__name__
        return [NAMES.get(name, name), *map(tree, node.args)]

    try:
        return tree(expression)
    except RecursionError as error:
        raise Refused("is an expression nested beyond all measure") from error


def said(error):
    """What an error says, on one line."""
    try:
        return " ".join(str(error).split())[:MOST_TEXT]
    except Exception:
        return "(no text)"


class Kept:
    """What each name last stood for that could be called: an answer is not lost when its name is used again.

    Nor are the streams that the kernel writes to, without which it says nothing more; and `quit()` does not end it.
    """

    latest = {}
    then = {}  # all names as they were at a place in the notebook

    def __init__(self, shell):
        self.names, self.streams = shell.user_ns, (sys.stdout, sys.stderr)
        shell.ask_exit = lambda: None
        shell.events.register("post_run_cell", self.keep)

    def keep(self, result):
        """Look at all names after a cell."""
        self.latest.update(callables(self.names))
        if not (hasattr(sys.stdout, "flush") and hasattr(sys.stderr, "flush")):
            sys.stdout, sys.stderr = self.streams


def callables(names):
    """Those of these names that stand for functions or the like."""
    return {name: value for name, value in list(names.items()) if callable(value)}


def remember(place, names):
    """Keep what these names stand for now: `serve` can go back to it."""
    Kept.then[place] = dict(names)


def serve(path, names, place=None):
    """Have a copy of this process connect to the tests' socket, and answer until they hang up.

    What a function does to its process, or whether it ever stops, is then nothing to the functions that are asked next.
    place: one that was remembered; in the copy all names are as they were there.
    """
    with socket.socket(socket.AF_UNIX) as connection, contextlib.suppress(KeyboardInterrupt, OSError):
        with warnings.catch_warnings(action="ignore"):  # Python warns of the kernel's threads: the copy uses none
            copy = os.fork()  # before there is a connection: where no process can be made, nobody comes to the line
        if not copy:
            try:
                connection.connect(path)
                if place in Kept.then:
                    names.clear()
                    names.update(Kept.then[place])
                answer(Channel(connection), names if place in Kept.then else Kept.latest | callables(names))
            finally:
                os._exit(0)
        tests, met = select.poll(), False
        tests.register(connection, 0)  # tells that they have hung up, or are not there yet
        while os.waitpid(copy, os.WNOHANG) == (0, 0):
            away = tests.poll(GLANCE)
            if met and away:
                os.kill(copy, signal.SIGKILL)
            met = met or not away


def answer(channel, names):
    """Answer what comes on a channel, until the tests hang up."""

    def ask(question):
        channel.send(question)
        return channel.receive()

    answers = Answers(names, ask)
    while (question := channel.receive()) is not None:
        reply = answers.reply(question)
        try:
            channel.send(reply)
        except Refused as reason:
            channel.send({"refused": str(reason)})
