"""The line to a submission's kernel: its socket is made where the submission may write."""

import os
import socket
import stat

import pytest

from course.running.execution import Stopped
from course.running.interview import Line


@pytest.fixture
def narrow():
    """A umask that gives nothing to others, as a careful teacher's; afterwards the one before."""
    before = os.umask(0o077)
    yield 0o077
    os.umask(before)


@pytest.fixture
def folder(tmp_path_factory):
    """A folder whose path is short enough for a socket's."""
    return tmp_path_factory.mktemp("l")


def test_the_box_may_connect_from_the_moment_the_socket_is_there(folder, narrow, monkeypatch):
    """In it the submission is another user. Nothing is chmodded later: its name could be another file's by then."""
    secret, bind, modes = folder / "secret", socket.socket.bind, []
    secret.write_text("")
    secret.chmod(0o600)

    def bound_and_replaced(self, path):
        bind(self, path)
        modes.append(stat.S_IMODE(os.lstat(path).st_mode))
        os.unlink(path)
        os.symlink(secret, path)  # as a submission would that waits for this moment

    monkeypatch.setattr(socket.socket, "bind", bound_and_replaced)
    Line(None, folder).listener.close()
    assert modes == [0o777]
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert os.umask(narrow) == narrow


@pytest.mark.parametrize("target", ["there", "not there"])
def test_a_link_in_the_place_of_the_line_is_not_followed(folder, narrow, target):
    (folder / "there").write_text("kept")
    (folder / "tests").symlink_to(folder / target)
    with pytest.raises(Stopped, match="it wrote beside the kernel's sockets"):
        Line(None, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["tests", "there"]
    assert (folder / "there").read_text() == "kept"
    assert os.umask(narrow) == narrow
