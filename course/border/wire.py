"""What crosses the border, in words that JSON has: numbers, texts, lists, arrays and the trees of expressions.

Both sides use it. What is not data is left to the side that sends it (`other`); what comes in is data or refused.
"""

import base64
import json
import math

import numpy as np

LARGEST = 4 << 20  # bytes of a message
PLAIN = {"bool", *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64))}
PLAIN |= {"float16", "float32", "float64", "complex64", "complex128"}
WIDE = {"float128": "float64", "complex256": "complex128", "longdouble": "float64", "clongdouble": "complex128"}


class Refused(ValueError):
    """What can't cross the border, with the reason in words."""


def text_of(message):
    """A message as bytes; Refused when it is too long."""
    try:
        text = json.dumps(message).encode()
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits, a list that holds itself
        raise Refused("holds numbers or lists beyond all measure") from error
    if len(text) > LARGEST:
        raise Refused(f"is larger than {LARGEST >> 20} MB")
    return text


def message_of(text):
    """The inverse of `text_of`; Refused for what is no message."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("is no message") from error
    if not isinstance(message, dict):
        raise Refused("is no message")
    return message


def encoded(value, other):
    """A value in JSON's words; other: makes the words for what is no data, or raises Refused."""
    if isinstance(value, np.ndarray | np.generic):
        return array_in_words(value, other)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, list):
        return [encoded(each, other) for each in value]
    if isinstance(value, tuple):
        return {"tuple": [encoded(each, other) for each in value]}
    if isinstance(value, dict):
        return {"dict": [[encoded(key, other), encoded(each, other)] for key, each in value.items()]}
    return other(value)


def array_in_words(value, other):
    """An array, or a number of NumPy's, in JSON's words: its plain dtype, its shape and its bytes."""
    array = np.asarray(value)
    dtype = WIDE.get(array.dtype.name, array.dtype.name)
    if dtype not in PLAIN:  # objects, texts: what is in them decides
        return encoded(array.tolist(), other)
    data = base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode()
    kind = "array" if isinstance(value, np.ndarray) else "number"
    return {kind: [dtype, list(array.shape), data]}


def decoded(words, known=()):
    """The value for JSON's words; known: {kind: function of its content} of what only one side understands."""
    if words is None or isinstance(words, bool | int | float | str):
        return words
    if isinstance(words, list):
        return [decoded(each, known) for each in words]
    if not (isinstance(words, dict) and len(words) == 1):
        raise Refused("is no data")
    [(kind, content)] = words.items()
    if kind in known:
        return known[kind](content)
    if not isinstance(content, list):
        raise Refused("is no data")
    if kind == "tuple":
        return tuple(decoded(each, known) for each in content)
    try:
        if kind == "dict":
            if not all(isinstance(key, str) for key, _ in content):  # numbers can be chosen to collide
                raise Refused("holds a dict whose keys are no texts")
            return {key: decoded(each, known) for key, each in content}
        if kind == "complex":
            real, imag = content
            return complex(float(real), float(imag))
        if kind in ("array", "number"):
            array = array_from_words(*content)
            return array if kind == "array" else array[()]
    except Refused:
        raise
    except (TypeError, ValueError, OverflowError) as error:
        raise Refused(f"holds a broken {kind}") from error
    raise Refused("is no data")


def array_from_words(dtype, shape, data):
    """The inverse of `array_in_words`; ValueError or TypeError for what is no array."""
    if dtype not in PLAIN or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError("no plain array")
    if math.prod(max(n, 1) for n in shape) > LARGEST:  # an empty one may have millions of rows
        raise ValueError("no plain array")
    content = base64.b64decode(data, validate=True)
    if len(content) != math.prod(shape) * np.dtype(dtype).itemsize:
        raise ValueError("no plain array")
    if dtype == "bool":  # a byte other than 0 and 1 would be neither true nor false
        return (np.frombuffer(content, "uint8") != 0).reshape(shape)
    return np.frombuffer(content, dtype).reshape(shape).copy()
