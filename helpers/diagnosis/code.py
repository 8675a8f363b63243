"""Pieces of code, as nodes of the syntax tree and as they are quoted."""

import ast

LONGEST = 32  # characters of code that are quoted


def said(node):
    """The code of a node, as it is quoted; the middle of a long one is dots."""
    code, half = ast.unparse(node), LONGEST // 2
    return f"`{code}`" if len(code) <= LONGEST else f"`{code[:half].rstrip()} … {code[-half:].lstrip()}`"


def minus(node):
    """The node with a minus."""
    return ast.UnaryOp(ast.USub(), node)


def is_module(node):
    """True for `np` and `math`."""
    return isinstance(node, ast.Name) and node.id in ("np", "math")


def name_of(call):
    """Name of the function that is called, without its module."""
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def parsed(expression):
    """The node of an expression."""
    return ast.parse(expression, mode="eval").body
