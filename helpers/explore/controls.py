"""Controls of an explorer as data: the script makes them, with names and keys; `start` is where reset returns to."""

import math


def number(name, label, start, low, high, step=0.1):
    """Slider for a number, written with as many decimals as its step has."""
    decimals = max(0, -math.floor(math.log10(step)))
    return _control("number", name, label, start) | {"low": low, "high": high, "step": step, "decimals": decimals}


def choice(name, label, options, start):
    """Buttons for a few named values, pairs (words, value), of which one is chosen."""
    return _control("choice", name, label, start) | {"options": options}


def switch(name, label, start=False):
    """Switch that is on or off."""
    return _control("switch", name, label, start)


def _control(kind, name, label, start):
    return {"kind": kind, "name": name, "label": label, "start": start}
