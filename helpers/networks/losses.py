"""Losses of a batch and their gradients with respect to the network's output.

float32 in, float32 out; float16 is computed as float32, integers as float64.
"""

import numpy as np

from helpers.calculus.validation import any_array, numbers
from helpers.networks.activations import softmax


def softmax_cross_entropy(logits, labels):
    """Return (loss, dlogits): mean over the batch of -log softmax(logits)[label], and its gradient.

    logits: (N, C), N >= 1; labels: N whole numbers below C. The largest logit of each row is subtracted first, so that
    nothing overflows; a small loss keeps its digits, dlogits is right to 16 decimals. ValueError names what does not
    fit. Source: Goodfellow et al., sections 4.1 and 6.2.2.
    """
    logits, labels = numbers(logits, "logits"), any_array(labels)
    if logits.ndim != 2 or logits.size == 0:
        raise ValueError(f"logits must have a shape (N, C) without zeros, it is {logits.shape}")
    (N, C), rows, first = logits.shape, np.arange(len(logits)), logits.argmax(axis=1)
    largest = logits[rows, first, None]
    if not np.isfinite(largest).all():
        raise ValueError(f"logits must be numbers, in each row one above -inf and none infinite; it is {logits}")
    if labels.shape != (N,) or labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= C:
        raise ValueError(f"labels must be {N} whole numbers from 0 to {C - 1}, one for each row; it is {labels!r}")
    gaps, onehot = logits - largest, np.arange(C) == labels[:, None]
    others = np.exp(gaps)
    others[rows, first] = 0  # instead of 1, beside which small ones would lose their digits
    loss = np.mean(np.log1p(others.sum(axis=1)) - gaps[rows, labels])
    return loss, (softmax(logits) - onehot) / N


def mean_squared_error(output, target):
    """Return (loss, doutput): the mean of (output - target)**2 over all entries, and its gradient.

    Both have one shape, not empty; else ValueError. TypeError for what holds no numbers.
    """
    output, target = numbers(output, "output"), numbers(target, "target")
    if output.shape != target.shape or output.size == 0:
        raise ValueError(f"target must have output's shape {output.shape}, not empty; it has {target.shape}")
    difference = output - target
    return np.mean(difference**2), 2 / difference.size * difference
