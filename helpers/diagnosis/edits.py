"""Small changes of a function at one place, such as readers make: each with the words for it.

The words say which numbers come out if the change is made; that the reader made it, nobody can know.
"""

import ast
import copy

from helpers.diagnosis.changes import changed, renamed
from helpers.diagnosis.code import is_module, minus, name_of, said

WHOLE = ("where", "zeros", "eye", "arange", "len", "range")  # functions that can't be left out


def edits(tree, names):
    """(words, tree) for each function that differs from the tree of a function at one place.

    None for a function with `while`: with one place changed it may run for ever.
    """
    nodes = body_nodes(tree)
    if any(isinstance(node, ast.While) for node in nodes):
        return
    for kind in (left_out, changed, lambda node: renamed(node, names)):
        for node in nodes:
            for words, other in kind(node):
                yield words, with_node(tree, node, other)


def body_nodes(tree):
    """All nodes below the head of a function, in a fixed order."""
    return [node for line in tree.body for node in ast.walk(line)]


def with_node(tree, node, other):
    """The tree with another node in the place of one; what is not above that place belongs to both trees."""
    if tree is node:
        return other
    if isinstance(tree, list):
        return [with_node(each, node, other) for each in tree]
    if not isinstance(tree, ast.AST):
        return tree
    made = copy.copy(tree)
    for name, value in ast.iter_fields(tree):
        setattr(made, name, with_node(value, node, other))
    return made


def left_out(node):
    """(words, node) for a term, a factor, a function, a power or a line that is left out."""
    if isinstance(node, ast.BinOp):
        yield from operand_left_out(node, node.left, node.right)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield f"the minus before {said(node.operand)} is left out", node.operand
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield f"{said(node.value)} is not transposed", node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name) and name_of(node) not in WHOLE:
        method = isinstance(node.func, ast.Attribute) and not is_module(node.func.value)
        inner = node.func.value if method else node.args[0] if node.args else None
        if inner is not None:
            yield f"`{name_of(node)}` is left out of {said(node)}", inner
        for keyword in node.keywords:
            rest = [k for k in node.keywords if k is not keyword]
            yield f"`{ast.unparse(keyword)}` is left out of {said(node)}", ast.Call(node.func, node.args, rest)
    if isinstance(node, ast.BoolOp):
        for value in node.values:
            yield f"the condition {said(value)} is left out", next(v for v in node.values if v is not value)
    if isinstance(node, ast.AugAssign):
        yield f"the line {said(node)} is left out", ast.Pass()


def operand_left_out(node, a, b):
    """The same for the operands a and b of an operation."""
    if isinstance(node.op, ast.Add | ast.Sub):
        yield f"{said(b)} is left out of the sum {said(node)}", a
        yield f"{said(a)} is left out of the sum {said(node)}", b if isinstance(node.op, ast.Add) else minus(b)
    if isinstance(node.op, ast.Mult):
        yield f"the factor {said(b)} is left out", a
        yield f"the factor {said(a)} is left out", b
    if isinstance(node.op, ast.Div):
        yield f"the division by {said(b)} is left out", a
        yield f"1 stands for {said(a)} above the line", ast.BinOp(ast.Constant(1), ast.Div(), b)
    if isinstance(node.op, ast.Pow):
        yield f"the power is left out of {said(node)}", a
