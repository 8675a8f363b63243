"""Outside the box: a submission's functions, called one at a time by tests that it never sees."""

import time

from course.border.answering import Answers
from course.border.expressions import Expression, Symbol
from course.border.wire import Refused, decoded, encoded, message_of, text_of

MOST_CALLS_BACK = 5_000  # of functions that one call is given
TOO_LONG, ENDED = "took too long", "ended the process that it ran in"


class NoAnswer(AssertionError):
    """A call that gave nothing to compare: it raised, took too long, or returned what can't cross the border."""


class Handle:
    """Something that stays in the submission's process: no data. It may be given back as an argument, or called."""

    def __init__(self, student, number, kind):
        self.student, self.number, self.kind = student, number, kind

    def __repr__(self):
        return f"<{self.kind}>"

    def __call__(self, *arguments):
        """Call it there."""
        return self.student.call(self.number, *arguments)[0]


class Student:
    """The functions of a submission: `student.loss(z, y)` is what its `loss` returns, as data.

    exchange: sends a question, calls back what the call asks for, and returns the reply; TimeoutError when it takes too
    long, ConnectionError when the process that was asked is gone, Refused for an answer that is no data.
    """

    def __init__(self, exchange):
        self.exchange = exchange

    def __getattr__(self, name):
        def function(*arguments):
            return self.call(name, *arguments)[0]

        return function

    def call(self, name, *arguments):
        """(what a function returns, its arguments after the call); NoAnswer when there is nothing to compare."""
        what, functions = name if isinstance(name, str) else "what you returned", []

        def other(value):
            if isinstance(value, Symbol):
                return {"symbol": value.name}
            if isinstance(value, Handle):
                return {"handle": value.number}
            if not callable(value):
                raise TypeError(f"an argument of {what} can't cross the border: {value!r}")
            functions.append(value)
            return {"callback": len(functions) - 1}

        known = {
            "expression": Expression.checked,
            "handle": lambda content: Handle(self, int(content[0]), str(content[1])[:80]),
            "callback": lambda number: functions[number],
        }
        calls = 0

        def answer_back(question):
            nonlocal calls
            calls += 1
            if calls > MOST_CALLS_BACK:
                raise Refused(f"called the function it was given more than {MOST_CALLS_BACK} times")
            try:
                given = [decoded(each, known) for each in question["arguments"]]
                return {"returned": encoded(functions[question["ask"]](*given), other)}
            except Refused:
                raise
            except Exception as error:  # the function was given what it can't work with
                return {"raised": type(error).__name__, "text": str(error)[:300]}

        question = {"call": name, "arguments": [encoded(each, other) for each in arguments]}
        try:
            reply = self.exchange(question, answer_back)
            if reply.get("missing"):
                raise NoAnswer(f"there is no function {what}")
            if "raised" in reply:
                raise NoAnswer(f"{what} raised {plainly(reply['raised'])}: {plainly(reply.get('text'))}".rstrip(": "))
            if "refused" in reply:
                raise NoAnswer(f"{what} returned what can't be compared: it {plainly(reply['refused'])}")
            after = [decoded(each, known) for each in reply["arguments"]]
            if len(after) != len(arguments):
                raise Refused("is no data")
            return decoded(reply["returned"], known), after
        except TimeoutError:
            raise NoAnswer(f"{what} {TOO_LONG}") from None
        except ConnectionError:
            raise NoAnswer(f"{what} {ENDED}") from None
        except (Refused, KeyError, TypeError, ValueError, IndexError, OverflowError, RecursionError) as reason:
            why = reason if isinstance(reason, Refused) else "is no data"
            raise NoAnswer(f"{what} returned what can't be compared: it {why}") from None


def plainly(text):
    """A text that came across the border, on one short line."""
    return " ".join(str(text).split())[:300].encode("utf-8", "replace").decode()


def here(names):
    """A `Student` whose functions are these names in this very process: for the gate, Otter and debugging.

    All that is passed goes through the same words as across the real border.
    """

    answers = Answers(names, ask=None)

    def exchange(question, answer_back):
        answers.ask = lambda message: message_of(text_of(answer_back(message_of(text_of(message)))))
        try:
            return message_of(text_of(answers.reply(message_of(text_of(question)))))
        except Refused as reason:
            return {"refused": str(reason)}

    return Student(exchange)


def across(connect, seconds):
    """A `Student` on the other side of a channel. connect: returns a fresh `Channel`; seconds: for one call."""
    channel = None

    def exchange(question, answer_back):
        nonlocal channel
        channel, current = None, channel or connect()  # until the reply is whole, this channel can't be used again
        current.send(question)
        deadline = time.monotonic() + seconds
        while "ask" in (reply := answer_on(current, deadline)):
            current.send(answer_back(reply))
        channel = current
        return reply

    return Student(exchange)


def answer_on(channel, deadline):
    """The next message on a channel; ConnectionError when the process that was asked has closed it."""
    message = channel.receive(deadline)
    if message is None:
        raise ConnectionError
    return message
