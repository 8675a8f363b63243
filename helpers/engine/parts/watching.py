"""What parts of an engine hand to each other, watched while another part is judged."""

import contextlib

import numpy as np

from helpers.engine.raised import Told


@contextlib.contextmanager
def watched(E):
    """Let `backward` and `td_error` of an engine say in words that a row of numbers came where a column belongs."""
    backward, td_error = E.backward, E.td_error

    def watched_backward(net, inputs, doutput):
        asked = (len(inputs[0]), np.shape(net[-1][0])[1])
        if np.shape(doutput) != asked:
            why = ONE if np.ndim(doutput) == 0 else TABLE
            raise Told(f"`backward` is handed {np.shape(doutput)}, and the network's output has the shape {asked}{why}")
        return backward(net, inputs, doutput)

    def watched_td_error(r, v, v_next, terminated, gamma):
        shapes = [np.shape(each) for each in (r, v, v_next, terminated)]
        if len({*shapes} - {()}) > 1:
            given = ", ".join(map(str, shapes))
            raise Told(f"`td_error` is handed r, v, v_next, terminated in the shapes {given}{TABLE}")
        return td_error(r, v, v_next, terminated, gamma)

    E.backward, E.td_error = watched_backward, watched_td_error
    try:
        yield
    finally:
        E.backward, E.td_error = backward, td_error


ONE = ". It adds up over the rows itself: divide by N, and hand over all rows"
TABLE = ". A row and a column make a table: `[:, None]` makes a column of a row"
