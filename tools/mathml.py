"""Formulas of the lessons as MathML, which browsers set without a script, a font or a network.

It knows the TeX that the lessons and sympy write, and refuses any other by name.
"""

import re
from html import escape

WORDS = re.compile(r"\\(text|operatorname|mathsf|mathrm)\{([^{}]*)\}")
TOKEN = re.compile(rf"{WORDS.pattern}|\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|\S")
LETTERS = dict(alpha="α", beta="β", gamma="γ", delta="δ", epsilon="ϵ", eta="η", theta="θ", pi="π", sigma="σ", phi="ϕ")
LETTERS |= {"lambda": "λ", "varphi": "φ", "partial": "∂", "nabla": "∇", "infty": "∞"}
SIGNS = dict(
    cdot="·",
    times="×",
    pm="±",
    approx="≈",
    to="→",
    leftarrow="←",
    mid="∣",
    dots="…",
    top="⊤",
    prime="′",
    le="≤",
    ge="≥",
)
SIGNS |= {"lVert": "‖", "rVert": "‖", "sum": "∑", "{": "{", "}": "}", "-": "−", "*": "∗"}
FUNCTIONS = ("log", "exp", "tanh", "sin", "cos", "max", "min", "lim")
LIMITS = ("sum", "max", "min", "lim", "underbrace")  # what stands below and above them, and not beside
SPACES = {"!": -0.17, ",": 0.17, ":": 0.22, " ": 0.25, ";": 0.28, "quad": 1, "qquad": 2}
SIZES = {"big": 1.2, "Big": 1.8}
SCRIPTS = {"_": ("msub", "munder"), "^": ("msup", "mover"), "^_": ("msubsup", "munderover")}


def mathml(tex, block=False):
    """The formula as an element <math>; a block stands on its own line, with its number at the right."""
    number = re.search(r"\\tag\{([^}]*)\}", tex)
    formula = tex.replace(number[0], "") if number else tex
    content = _tag("mrow", aligned(formula) or Reader(formula).row())
    if not block:
        return _tag("math", content, displaystyle=str("\\displaystyle" in tex).lower())
    tag = f"<span>({escape(number[1])})</span>" if number else ""
    return f"<span class='formula'>{_tag('math', content, display='block')}{tag}</span>"


def aligned(formula):
    """Lines that are aligned at their &, as a table; '' for any other formula."""
    found = re.fullmatch(r"\s*\\begin\{aligned\}(.*)\\end\{aligned\}\s*", formula, re.DOTALL)
    if not found:
        return ""
    lines = ([Reader(side).row() for side in line.split("&")] for line in found[1].split(r"\\"))
    ends = ("text-align:right", "text-align:left")
    rows = ("".join(_tag("mtd", side, style=end) for side, end in zip(line, ends, strict=True)) for line in lines)
    return _tag("mtable", "".join(_tag("mtr", row) for row in rows))


class Reader:
    """Takes the tokens of a formula one by one. ValueError for what it does not know, or misses."""

    def __init__(self, tex):
        self.tex, self.tokens = tex, [found[0] for found in TOKEN.finditer(tex)][::-1]

    def next(self):
        """The next token, empty at the end."""
        return self.tokens[-1] if self.tokens else ""

    def take(self):
        """The next token, which is used up."""
        if not self.tokens:
            raise ValueError(f"something is missing at the end of {self.tex}")
        return self.tokens.pop()

    def row(self, end=""):
        """Elements up to the token `end`, which is used up as well."""
        parts = []
        while self.next() != end:
            parts.append(self.scripted())
        if end:
            self.take()
        return "".join(parts)

    def scripted(self):
        """An element with what stands above and below it."""
        name = self.next().removeprefix("\\")
        base, scripts = self.element(), {}
        while self.next() in ("_", "^", "'"):
            place = self.take()
            script = _tag("mo", "′") if place == "'" else self.argument()
            scripts[place.replace("'", "^")] = scripts.get(place.replace("'", "^"), "") + script
        if scripts:
            tag = SCRIPTS["".join(sorted(scripts, reverse=True)).replace("_^", "^_")][name in LIMITS]
            base = _tag(tag, base + "".join(_tag("mrow", scripts[place]) for place in "_^" if place in scripts))
        apart = name in FUNCTIONS and self.next() not in ("(", ")", ",", "}", "{", "\\big", "\\Big", "\\left", "")
        return base + (_tag("mspace", "", width="0.17em") if apart else "")

    def argument(self):
        """A group, a command or a single sign: of a number only the first digit."""
        token = self.next()
        if token.isdigit() and len(token) > 1:
            self.tokens[-1:] = [token[1:], token[0]]
        return self.element()

    def element(self):
        """The next element; a group is one."""
        token = self.take()
        if token == "{":
            return _tag("mrow", self.row("}"))
        if words := WORDS.fullmatch(token):
            upright = escape(words[2].replace(" ", "\N{NO-BREAK SPACE}"))
            return _tag("mtext", upright) if words[1] == "text" else _tag("mi", upright, mathvariant="normal")
        if token.startswith("\\"):
            return self.command(token[1:])
        if token[0].isdigit():
            return _tag("mn", token)
        if token.isalpha():
            return _tag("mi", token)
        return _tag("mo", escape(SIGNS.get(token, token)), stretchy="false")

    def command(self, name):
        """What a command stands for, with its arguments."""
        if name in LETTERS:
            return _tag("mi", LETTERS[name])
        if name in SIGNS:
            return _tag("mo", SIGNS[name])
        if name in FUNCTIONS:
            return _tag("mo", name, movablelimits="true") if name in LIMITS else _tag("mi", name)
        if name in SPACES:
            return _tag("mspace", "", width=f"{SPACES[name]}em")
        if name in SIZES:
            size = f"{SIZES[name]}em"
            return _tag("mo", escape(self.take()), stretchy="true", minsize=size, maxsize=size)
        if name not in COMMANDS:
            raise ValueError(f"\\{name} is not known: add it to tools/mathml.py, or write {self.tex} without it")
        return COMMANDS[name](self)

    def bracketed(self):
        """What stands between \\left and \\right, with brackets of its height."""
        opening, inside = self.take(), self.row("\\right")
        return _tag("mrow", f"<mo>{opening}</mo>{inside}<mo>{self.take()}</mo>")


def _tag(name, content, **attributes):
    given = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{given}>{content}</{name}>"


COMMANDS = {
    "displaystyle": lambda reader: "",
    "frac": lambda reader: _tag("mfrac", reader.argument() + reader.argument()),
    "tfrac": lambda reader: _tag("mstyle", COMMANDS["frac"](reader), displaystyle="false"),
    "sqrt": lambda reader: _tag("msqrt", reader.argument()),
    "underbrace": lambda reader: f"<mrow class='brace'>{reader.argument()}</mrow>",
    "left": Reader.bracketed,
    **dict.fromkeys(("mathsf", "mathrm"), lambda reader: _tag("mi", reader.take(), mathvariant="normal")),
}
