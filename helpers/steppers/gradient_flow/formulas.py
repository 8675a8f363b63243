"""How operations and derivatives are written in pictures and sentences."""

_OPERATORS = {"+": " + ", "*": "·"}
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def formula_of(op, operands):
    """Write a `Value` operation with its operands put in; a leaf has none."""
    if not operands:
        return ""
    if op == "*":
        operands = [f"({operand})" if " " in operand or operand[0] == "−" else operand for operand in operands]
    if op in _OPERATORS:
        return _OPERATORS[op].join(operands)
    operand = _unwrapped(operands[0])
    if not op.startswith("**"):
        return f"{op}({operand})"
    base = operand if operand.isidentifier() and "·" not in operand else f"({operand})"  # Python takes · for a letter
    exponent = op[2:]
    return base + (exponent.translate(_SUPERSCRIPTS) if exponent.lstrip("-").isdigit() else f"^{exponent}")


def _unwrapped(text):
    """Drop a pair of brackets around the whole text, but not those of (a)·(b)."""
    depth = 0
    for k, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and k < len(text) - 1:
            return text
    return text[1:-1] if text.startswith("(") and depth == 0 else text


def partial(top, below):
    """Write ∂top/∂below."""
    return f"∂{grouped(top)}/∂{grouped(below)}"


def grouped(label):
    """Put a label that is a formula into brackets."""
    return f"({label})" if any(sign in label for sign in "·+^") else label


def bracketed(text):
    """Put a negative number into brackets."""
    return f"({text})" if text.startswith("−") else text
