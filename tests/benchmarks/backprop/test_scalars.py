"""Programs on single numbers."""

import numpy as np
import pytest

from benchmarks.backprop import scalars


def test_programs_have_the_gradients_that_they_should():
    root, (a, b) = scalars.readme(*scalars.our_kind())
    root.backward()
    assert np.allclose([root.data, a.grad, b.grad], [24.7041, 138.8338, 645.5773], atol=1e-4)
    root, [x] = scalars.chain(30)(*scalars.our_kind())
    root.backward()
    assert x.grad == pytest.approx(0.999**10 + sum(0.999**k for k in range(1, 11)))


def test_backward_is_timed_on_a_fresh_graph_each_time():
    built = []

    def program(Scalar, tanh):
        root, leaves = scalars.readme(Scalar, tanh)
        built.append((root, leaves[0]))
        return root, leaves

    assert 0 < scalars.backward_time(program, scalars.our_kind(), min_time=1e-4)
    assert len(built) > 1 and all(leaf.grad == built[0][1].grad != 0 for _, leaf in built)


def test_another_gradient_stops_the_run(monkeypatch):
    class Half(scalars.Value):
        @property
        def grad(self):
            return 0.5 * self.__dict__.get("grad", 0.0)

        @grad.setter
        def grad(self, value):
            self.__dict__["grad"] = value

    monkeypatch.setitem(scalars.KINDS, "half", lambda: (Half, Half.tanh))
    with pytest.raises(AssertionError, match="half: another gradient than our Value's"):
        scalars.backward_times(1, {"chain": scalars.chain(3)})
