"""Two derivatives at the followed weight, as sympy prints them: `make derivatives` writes this file.

theta: the actor's seven numbers; exp and tanh are those of its kind of numbers, so that floats give a float, and
decimal numbers as many digits as they have. Source: `helpers/rl/closed_form.py`.
"""

# fmt: off


def followed_derivative(theta, exp, tanh):
    """Return d log pi(right | x = -1) / d u1."""
    u1, u2, c1, c2, w1, w2, b = theta
    x0 = tanh(c1 - u1)
    x1 = exp(-b - w1*x0 - w2*tanh(c2 - u2))
    return -w1*x1*(1 - x0**2)/(x1 + 1)


def followed_return_derivative(theta, exp, tanh):
    """Return dJ / d u1."""
    u1, u2, c1, c2, w1, w2, b = theta
    x0 = 1/(exp(-b - w1*tanh(c1) - w2*tanh(c2)) + 1)
    x1 = tanh(c1 + u1)
    x2 = exp(-b - w1*x1 - w2*tanh(c2 + u2))
    x3 = x2 + 1
    x4 = 1/x3
    x5 = tanh(c1 - u1)
    x6 = exp(-b - w1*x5 - w2*tanh(c2 - u2))
    x7 = x6 + 1
    x8 = 1/x7
    x9 = x0*x4 + x0*x8 - x0 - x4 - 2*x8
    x10 = 1 - x1**2
    x11 = w1*x10*x2
    x12 = 1/(x0 - 1)
    x13 = x12*x7
    x14 = x5**2 - 1
    x15 = w1*x14*x6
    x16 = x3**(-2)
    x17 = x7**(-2)
    return x11*x13*x9 + x12*x15*x3*x9 - x13*x3*(w1*x0*x10*x16*x2 + w1*x0*x14*x17*x6 - x11*x16 - 2*x15*x17)
