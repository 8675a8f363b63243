"""One forward and backward pass by each peer, as its users would write it.

A builder takes a `Network` and returns (step, gradient): step() computes loss and gradient from scratch, gradient()
hands the last gradient over as a list of (dW, db). Peers are imported only in the process that runs them.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from benchmarks.backprop.networks import SCALAR_WEIGHTS, SMALL_BATCH
from benchmarks.backprop.scalars import micrograd_kind, our_kind, scalar_network
from helpers.networks.losses import mean_squared_error
from helpers.networks.network import backward, forward


def ours(network):
    """`helpers.networks.network`."""
    params, (X, Y), last = network.params, network.data, []

    def step():
        output, cache = forward(params, X)
        _, doutput = mean_squared_error(output, Y)
        last[:] = backward(params, cache, doutput)

    return step, lambda: last


def torch(network):
    """PyTorch's modules, eager."""
    import torch as pt

    layers = []
    for W, b in network.params:
        linear = pt.nn.Linear(*W.shape, dtype=getattr(pt, network.dtype))
        with pt.no_grad():
            linear.weight.copy_(pt.tensor(W.T.copy()))
            linear.bias.copy_(pt.tensor(b))
        layers += [linear, pt.nn.Tanh()]
    model, loss = pt.nn.Sequential(*layers[:-1]), pt.nn.MSELoss()
    X, Y = map(pt.tensor, network.data)

    def step():
        model.zero_grad()
        loss(model(X), Y).backward()

    return step, lambda: [(linear.weight.grad.numpy().T, linear.bias.grad.numpy()) for linear in layers[::2]]


def jax(network, asynchronous=True):
    """`jax.jit` of `jax.value_and_grad`, as installed: work is handed to another thread and waited for."""
    import jax as jx
    import jax.numpy as jnp

    jx.config.update("jax_enable_x64", True)
    jx.config.update("jax_cpu_enable_async_dispatch", asynchronous)
    value_and_grad = jx.jit(jx.value_and_grad(lambda params, X, Y: mse_of_network(params, X, Y, jnp)))
    arguments = jx.tree.map(jnp.asarray, (network.params, *network.data))
    last = []

    def step():
        last[:] = jx.block_until_ready(value_and_grad(*arguments))

    return step, lambda: jx.tree.map(np.asarray, last[1])


def jax_inline(network):
    """The same with JAX's option to work in the calling thread."""
    return jax(network, asynchronous=False)


def autograd(network):
    """`autograd.value_and_grad`."""
    import autograd as ag
    import autograd.numpy as anp

    X, Y = network.data
    value_and_grad = ag.value_and_grad(lambda params: mse_of_network(params, X, Y, anp))
    last = []

    def step():
        last[:] = value_and_grad(network.params)

    return step, lambda: last[1]


def mse_of_network(params, X, Y, library):
    """The loss in the NumPy of `library`."""
    h = X
    for W, b in params[:-1]:
        h = library.tanh(library.dot(h, W) + b)
    W, b = params[-1]
    return library.mean((library.dot(h, W) + b - Y) ** 2)


def micrograd(network):
    """micrograd's `Value`, one for each number."""
    return scalar_network(network, *micrograd_kind())


def our_values(network):
    """`helpers.calculus.graph.Value`, one for each number."""
    return scalar_network(network, *our_kind())


def matrix_product(network):
    """Nothing but one large square product: what the machine does at best, in this dtype with these threads."""
    A, B = np.random.default_rng(0).normal(size=(2, PEAK_SIZE, PEAK_SIZE)).astype(network.dtype)
    C = np.empty_like(A)
    return lambda: np.matmul(A, B, out=C), lambda: None


class Peer(NamedTuple):
    """Its builder, and the module that has to be installed."""

    build: Callable
    module: str


PEAK_SIZE = 1024
OURS, PEAK = "NumPy, by hand", "matrix product"
RETURNING = "ours, memory returned"  # in a process whose allocator hands freed memory back, as glibc's does
PEERS = {  # by name in the report
    OURS: Peer(ours, "numpy"),
    "PyTorch eager": Peer(torch, "torch"),
    "JAX jit": Peer(jax, "jax"),
    "JAX jit, in line": Peer(jax_inline, "jax"),
    "autograd": Peer(autograd, "autograd"),
    "micrograd": Peer(micrograd, "micrograd"),
    "our Value": Peer(our_values, "numpy"),
    RETURNING: Peer(ours, "numpy"),
    PEAK: Peer(matrix_product, "numpy"),
}
SCALAR = ("micrograd", "our Value")


def installed(peer):
    """Whether the module of this peer can be imported."""
    return find_spec(PEERS[peer].module) is not None


def serves(peer, network, threads):
    """Whether this peer is asked to run this network."""
    if peer in SCALAR:  # floats of Python, one thread
        return sum(network.weights) < SCALAR_WEIGHTS and network.dtype == "float64" and threads == 1
    return peer not in (PEAK, RETURNING) or network.batch > SMALL_BATCH
