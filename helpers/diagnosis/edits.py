"""Small changes of a function at one place, such as readers make: each with the words for it.

The words say which numbers come out if the change is made; that the reader made it, nobody can know.
"""

import ast
import copy

OTHER_FUNCTION = {"sum": "mean", "mean": "sum", "max": "mean", "min": "max", "prod": "sum"}
OTHER_COMPARISON = {
    ast.Lt: (ast.LtE, ast.Gt), ast.Gt: (ast.GtE, ast.Lt), ast.LtE: (ast.Lt, ast.GtE), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
}  # fmt: skip
LONGEST = 32  # characters of code that are quoted


def edits(tree, names):
    """(words, tree) for each function that differs from the tree of a function at one place."""
    nodes = [node for line in tree.body for node in ast.walk(line)]
    if any(isinstance(node, ast.While) for node in nodes):  # one place changed, and it may run for ever
        return
    for kind in (left_out, changed, renamed):
        for place, node in enumerate(nodes):
            for words, other in kind(node, names):
                yield words, with_node(tree, place, other)


def with_node(tree, place, other):
    """A copy of the tree with another node at a place, counted as `ast.walk` counts those of the body."""
    tree = copy.deepcopy(tree)
    target = [node for line in tree.body for node in ast.walk(line)][place]

    class Exchange(ast.NodeTransformer):
        def visit(self, node):
            return copy.deepcopy(other) if node is target else self.generic_visit(node)

    return Exchange().visit(tree)


def said(node):
    """The code of a node, as it is quoted; the middle of a long one is dots."""
    code = ast.unparse(node)
    half = LONGEST // 2
    return f"`{code}`" if len(code) <= LONGEST else f"`{code[:half].rstrip()} … {code[-half:].lstrip()}`"


def left_out(node, names):
    """A term, a factor, a function or a power that is left out."""
    if isinstance(node, ast.BinOp):
        a, b = node.left, node.right
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
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield f"the minus before {said(node.operand)} is left out", node.operand
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield f"{said(node.value)} is not transposed", node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
        method = isinstance(node.func, ast.Attribute) and not is_module(node.func.value)
        inner = node.func.value if method else node.args[0] if node.args else None
        if inner is not None and name_of(node) not in ("where", "zeros", "eye", "arange", "len", "range"):
            yield f"`{name_of(node)}` is left out of {said(node)}", inner
        for keyword in node.keywords:
            rest = [k for k in node.keywords if k is not keyword]
            yield f"`{ast.unparse(keyword)}` is left out of {said(node)}", ast.Call(node.func, node.args, rest)
    if isinstance(node, ast.AugAssign):
        yield f"the line {said(node)} is left out", ast.Pass()


def changed(node, names):
    """Another operation, function, axis, number or comparison."""
    if isinstance(node, ast.BinOp):
        a, b = node.left, node.right
        for op, other, words in (
            (ast.Add, ast.Sub, "there is − for + before {b}"), (ast.Sub, ast.Add, "there is + for − before {b}"),
            (ast.Mult, ast.Div, "{b} divides instead of multiplying"), (ast.Div, ast.Mult, "{b} multiplies instead of dividing"),
            (ast.Add, ast.Mult, "{a} and {b} are multiplied, not added"), (ast.Mult, ast.Add, "{a} and {b} are added, not multiplied"),
            (ast.MatMult, ast.Mult, "`*` stands for `@`"),
        ):  # fmt: skip
            if isinstance(node.op, op):
                yield words.format(a=said(a), b=said(b)), ast.BinOp(a, other(), b)
        if isinstance(node.op, ast.Sub):
            yield f"{said(node)} is taken the other way round", ast.BinOp(b, ast.Sub(), a)
        if isinstance(node.op, ast.Div):
            yield f"{said(node)} is turned upside down", ast.BinOp(b, ast.Div(), a)
        if isinstance(node.op, ast.MatMult):
            yield f"{said(a)} and {said(b)} are multiplied in the other order", ast.BinOp(b, ast.MatMult(), a)
            for k, side in enumerate((a, b)):
                if isinstance(side, ast.Name):
                    turned = (
                        [ast.Attribute(side, "T", ast.Load()), b]
                        if k == 0
                        else [a, ast.Attribute(side, "T", ast.Load())]
                    )
                    yield f"{said(side)} is transposed", ast.BinOp(turned[0], ast.MatMult(), turned[1])
    if (
        isinstance(node, ast.Call)
        and name_of(node) in ("sum", "prod")
        and len(node.args) == 1
        and (isinstance(node.func, ast.Name) or getattr(node.func.value, "id", "") == "math")
    ):
        other = (
            ast.Attribute(ast.Name("math", ast.Load()), "prod", ast.Load())
            if name_of(node) == "sum"
            else ast.Name("sum", ast.Load())
        )
        yield f"`{ast.unparse(other)}` stands for {said(node.func)}", ast.Call(other, node.args, [])
    elif (
        isinstance(node, ast.Call)
        and (other := OTHER_FUNCTION.get(name_of(node)))
        and isinstance(node.func, ast.Attribute)
    ):
        yield (
            f"`{other}` stands for `{name_of(node)}`",
            ast.Call(ast.Attribute(node.func.value, other, ast.Load()), node.args, node.keywords),
        )
    if isinstance(node, ast.Call) and name_of(node) in ("sigmoid", "tanh") and node.args:
        other = ast.parse(
            f"1 / (1 + np.exp(-({ast.unparse(node.args[0])})))"
            if name_of(node) == "tanh"
            else f"np.tanh({ast.unparse(node.args[0])})",
            mode="eval",
        ).body
        yield f"the {'sigmoid' if name_of(node) == 'tanh' else 'tanh'} stands for the {name_of(node)}", other
    if isinstance(node, ast.Call) and name_of(node) == "reversed":
        yield "the loop runs forward instead of backward", node.args[0]
    if isinstance(node, ast.Call) and name_of(node) in ("min", "max") and isinstance(node.func, ast.Name):
        other = "max" if name_of(node) == "min" else "min"
        yield f"`{other}` stands for `{name_of(node)}`", ast.Call(ast.Name(other, ast.Load()), node.args, node.keywords)
    if isinstance(node, ast.Call):
        for k, keyword in enumerate(node.keywords):
            if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
                axis = keyword.value.value
                other = [*node.keywords[:k], ast.keyword("axis", ast.Constant(1 - axis)), *node.keywords[k + 1 :]]
                yield f"axis {1 - axis} stands for axis {axis} in {said(node)}", ast.Call(node.func, node.args, other)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in OTHER_COMPARISON.get(type(node.ops[0]), ()):
            compared = ast.Compare(node.left, [other()], node.comparators)
            yield f"{said(compared)} stands for {said(node)}", compared
    if isinstance(node, ast.IfExp):
        yield f"it is {said(node.body)} in either case of {said(node.test)}", node.body
        yield f"it is {said(node.orelse)} in either case of {said(node.test)}", node.orelse
        yield f"the two cases of {said(node.test)} are exchanged", ast.IfExp(node.test, node.orelse, node.body)
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield (
            f"`{'or' if isinstance(node.op, ast.And) else 'and'}` stands between the conditions",
            ast.BoolOp(other, node.values),
        )
        for value in node.values:
            yield f"the condition {said(value)} is left out", next(v for v in node.values if v is not value)
    if isinstance(node, ast.AugAssign):
        yield f"`=` stands for `{'+' if isinstance(node.op, ast.Add) else '-'}=`", ast.Assign([node.target], node.value)
        if isinstance(node.op, ast.Sub):
            yield "`+=` stands for `-=`", ast.AugAssign(node.target, ast.Add(), node.value)
    if isinstance(node, ast.Dict):
        values = node.values
        for k, value in enumerate(values):
            if isinstance(value, ast.Tuple) and len(value.elts) == 2:
                swapped = ast.Tuple(value.elts[::-1], ast.Load())
                yield (
                    f"the two values for {said(node.keys[k])} are exchanged",
                    ast.Dict(node.keys, [*values[:k], swapped, *values[k + 1 :]]),
                )


def renamed(node, names):
    """Another variable or another number."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield f"`{other}` stands in the place of `{node.id}`", ast.Name(other, ast.Load())
        yield f"`1 - {node.id}` stands in the place of `{node.id}`", ast.BinOp(ast.Constant(1), ast.Sub(), node)
        yield f"`{node.id}` is squared", ast.BinOp(node, ast.Pow(), ast.Constant(2))
        yield f"the sign of `{node.id}` is flipped", minus(node)
    if isinstance(node, ast.BinOp):
        for side in ("left", "right"):
            value = getattr(getattr(node, side), "value", None)
            for other in (1, 2, 3) if type(value) in (int, float) and value in (1, 2, 3) else ():
                if other != value:
                    made = ast.BinOp(node.left, node.op, node.right)
                    setattr(made, side, ast.Constant(other))
                    yield f"{said(made)} stands for {said(node)}", made


def minus(node):
    """The node with a minus."""
    return ast.UnaryOp(ast.USub(), node)


def is_module(node):
    """True for `np` and `math`."""
    return isinstance(node, ast.Name) and node.id in ("np", "math")


def name_of(call):
    """Name of the function that is called."""
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")
