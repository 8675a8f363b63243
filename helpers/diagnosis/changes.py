"""Changes of a function at one place: another operation, function, axis, comparison, variable or number."""

import ast

from helpers.diagnosis.code import minus, name_of, parsed, said

OTHER_OPERATION = (
    (ast.Add, ast.Sub, "there is − for + before {b}"), (ast.Sub, ast.Add, "there is + for − before {b}"),
    (ast.Mult, ast.Div, "there is `/` for `*` before {b}"), (ast.Div, ast.Mult, "there is `*` for `/` before {b}"),
    (ast.Add, ast.Mult, "{a} and {b} are multiplied, not added"), (ast.MatMult, ast.Mult, "`*` stands for `@`"),
    (ast.Mult, ast.Add, "{a} and {b} are added, not multiplied"),
)  # fmt: skip
OTHER_COMPARISON = {
    ast.Lt: (ast.LtE, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.LtE: (ast.Lt, ast.GtE), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
}  # fmt: skip
OTHER_FUNCTION = {
    "np.sum({})": "np.mean({})", "np.mean({})": "np.sum({})", "np.all({})": "np.any({})", "np.any({})": "np.all({})",
    "sum({})": "math.prod({})", "math.prod({})": "sum({})", "min({})": "max({})", "max({})": "min({})",
    "sigmoid({})": "np.tanh({})", "np.tanh({})": "1 / (1 + np.exp(-({})))", "reversed({})": "({})",
}  # fmt: skip
OTHER_METHOD = {"sum": "mean", "mean": "sum", "max": "mean", "min": "max"}


def changed(node):
    """(words, node) for another operation, function, axis or comparison."""
    if isinstance(node, ast.BinOp):
        yield from operations(node, node.left, node.right)
    if isinstance(node, ast.Call):
        yield from calls(node)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in OTHER_COMPARISON.get(type(node.ops[0]), ()):
            compared = ast.Compare(node.left, [other()], node.comparators)
            yield f"{said(compared)} stands for {said(node)}", compared
    if isinstance(node, ast.IfExp):
        yield f"it is {said(node.body)} in either case of {said(node.test)}", node.body
        yield f"it is {said(node.orelse)} in either case of {said(node.test)}", node.orelse
        yield f"the two cases of {said(node.test)} are exchanged", ast.IfExp(node.test, node.orelse, node.body)
    if isinstance(node, ast.BoolOp):
        words, other = ("or", ast.Or()) if isinstance(node.op, ast.And) else ("and", ast.And())
        yield f"`{words}` stands between the conditions", ast.BoolOp(other, node.values)
    if isinstance(node, ast.AugAssign):
        yield f"`=` stands for the operation in {said(node)}", ast.Assign([node.target], node.value)
        if isinstance(node.op, ast.Sub):
            yield "`+=` stands for `-=`", ast.AugAssign(node.target, ast.Add(), node.value)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Tuple):
        yield f"the first entry stands for {said(node)}", ast.Subscript(node.value, ast.Constant(0), ast.Load())
    if isinstance(node, ast.Dict):
        for k, value in enumerate(node.values):
            if isinstance(value, ast.Tuple) and len(value.elts) == 2:
                swapped = [*node.values[:k], ast.Tuple(value.elts[::-1], ast.Load()), *node.values[k + 1 :]]
                yield f"the two values for {said(node.keys[k])} are exchanged", ast.Dict(node.keys, swapped)


def operations(node, a, b):
    """The same for an operation with the operands a and b."""
    for op, other, words in OTHER_OPERATION:
        if isinstance(node.op, op):
            yield words.format(a=said(a), b=said(b)), ast.BinOp(a, other(), b)
    if isinstance(node.op, ast.Sub):
        yield f"{said(node)} is taken the other way round", ast.BinOp(b, ast.Sub(), a)
    if isinstance(node.op, ast.Div):
        yield f"{said(node)} is turned upside down", ast.BinOp(b, ast.Div(), a)
    if isinstance(node.op, ast.MatMult):
        yield f"{said(a)} and {said(b)} are multiplied in the other order", ast.BinOp(b, ast.MatMult(), a)
        if isinstance(a, ast.Name):
            yield f"{said(a)} is transposed", ast.BinOp(ast.Attribute(a, "T", ast.Load()), ast.MatMult(), b)
        if isinstance(b, ast.Name):
            yield f"{said(b)} is transposed", ast.BinOp(a, ast.MatMult(), ast.Attribute(b, "T", ast.Load()))
    for side in ("left", "right"):
        value = getattr(getattr(node, side), "value", None)
        for other in (1, 2, 3) if type(value) in (int, float) and value in (1, 2, 3) else ():
            if other != value:
                made = ast.BinOp(a, node.op, b)
                setattr(made, side, ast.Constant(other))
                yield f"{said(made)} stands for {said(node)}", made


def calls(node):
    """The same for a call."""
    inner, name = ", ".join(map(ast.unparse, node.args)), ast.unparse(node.func)
    if node.args and (other := OTHER_FUNCTION.get(f"{name}({{}})")):
        made = parsed(other.format(inner))
        if isinstance(made, ast.Call):
            made.keywords = node.keywords
        yield f"{said(made)} stands for {said(node)}", made
    if name in ("min", "max") and len(node.args) == 2:
        yield f"the sum of the two stands for {said(node)}", ast.BinOp(node.args[0], ast.Add(), node.args[1])
    if not node.args and isinstance(node.func, ast.Attribute) and (other := OTHER_METHOD.get(name_of(node))):
        made = ast.Call(ast.Attribute(node.func.value, other, ast.Load()), [], node.keywords)
        yield f"`{other}` stands for `{name_of(node)}` in {said(node)}", made
    for k, keyword in enumerate(node.keywords):
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant) and keyword.value.value in (0, 1):
            axis = keyword.value.value
            other = [*node.keywords[:k], ast.keyword("axis", ast.Constant(1 - axis)), *node.keywords[k + 1 :]]
            yield f"axis {1 - axis} stands for axis {axis} in {said(node)}", ast.Call(node.func, node.args, other)


def renamed(node, names):
    """(words, node) for another variable in the place of one of the names, or a change of it."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield f"`{other}` stands in the place of `{node.id}`", ast.Name(other, ast.Load())
        complement = ast.BinOp(ast.Constant(1), ast.Sub(), node)
        yield f"`1 - {node.id}` stands in the place of `{node.id}`", complement
        yield f"`{node.id}` is squared", ast.BinOp(node, ast.Pow(), ast.Constant(2))
        yield f"the sign of `{node.id}` is flipped", minus(node)
