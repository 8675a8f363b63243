"""What parts of an engine hand to each other, watched while another part is judged."""

import contextlib
import functools

import numpy as np

from helpers.engine.raised import Told


@contextlib.contextmanager
def watched(E):
    """Let `backward`, `td_error` and `score` of an engine say in words what else came where a column belongs, or the inputs."""
    backward, td_error, score = E.backward, E.td_error, E.score

    @functools.wraps(backward)
    def watched_backward(net, inputs, doutput):
        if not isinstance(inputs, list | tuple) or not all(isinstance(each, np.ndarray) for each in inputs):
            raise Told(INPUTS)
        asked = (len(inputs[0]), np.shape(net[-1][0])[1])
        if np.shape(doutput) != asked:
            why = {(): ONE, asked[:1]: ROW, asked[:1] * 2: TABLE}.get(np.shape(doutput), "")
            raise Told(f"`backward` is handed {np.shape(doutput)}, and the network's output has the shape {asked}{why}")
        return backward(net, inputs, doutput)

    @functools.wraps(td_error)
    def watched_td_error(r, v, v_next, terminated, gamma):
        for name, each in (("V(s)", v), ("V(s′)", v_next)):
            if isinstance(each, list | tuple):
                raise Told(f"`td_error` is handed for {name} the whole pair that `forward` returns: {PAIR}")
        shapes = [np.shape(each) for each in (r, v, v_next, terminated)]
        if len({*shapes} - {()}) > 1:
            given = ", ".join(map(str, shapes))
            raise Told(f"`td_error` is handed r, v, v_next, terminated in the shapes {given}{TABLE}")
        return td_error(r, v, v_next, terminated, gamma)

    @functools.wraps(score)
    def watched_score(z, a):
        if np.ndim(a) != 1:
            raise Told(
                f"`score` is handed a in the shape {np.shape(a)}: it takes a as it is, (N,), beside a column of z"
            )
        return score(z, a)

    E.backward, E.td_error, E.score = watched_backward, watched_td_error, watched_score
    try:
        yield
    finally:
        E.backward, E.td_error, E.score = backward, td_error, score


INPUTS = "`backward` takes the inputs of all layers, the second thing that `forward` returns: `output, inputs = forward(net, x)`"
PAIR = "take it apart, `output, inputs = forward(net, x)`"
ONE = ". It adds up over the rows itself: divide by N, and hand over all rows"
ROW = ": `[:, None]` makes a column of a row"
TABLE = ". A row and a column make a table: `[:, None]` makes a column of a row"
