"""A channel of messages over a socket: each led by its length in eight bytes."""

import time

from course.border.wire import LARGEST, Refused, message_of, text_of


class Channel:
    """Sends and receives messages on a connected socket."""

    def __init__(self, connection):
        self.connection = connection

    def send(self, message):
        """Send a message; Refused when it is too long."""
        text = text_of(message)
        self.connection.sendall(len(text).to_bytes(8) + text)

    def receive(self, deadline=None):
        """The next message, None when the other side has hung up; TimeoutError after the deadline, in monotonic time.

        Refused for what is no message.
        """
        head = self._read(8, deadline)
        if head is None:
            return None
        length = int.from_bytes(head)
        if length > LARGEST:
            raise Refused(f"is larger than {LARGEST >> 20} MB")
        text = self._read(length, deadline)
        return None if text is None else message_of(text)

    def _read(self, length, deadline):
        parts, missing = [], length
        while missing:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            self.connection.settimeout(left)
            part = self.connection.recv(min(missing, 1 << 16))
            if not part:
                return None
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)
