"""Text that any terminal prints: signs that its encoding lacks are spelt out."""

import codecs
import sys
import unicodedata

SPELT = {"−": "-", "⁻": "^-", "·": "*", "×": "x", "√": "sqrt", "∂": "d", "∇": "grad ", "′": "'", "→": "->"}
SPELT |= {"≥": ">=", "≤": "<=", "≈": "~"}


def printable(text):
    """The text as it is where the terminal can print it, else in letters that it has: "pi" for π."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "spelt").decode(encoding)


def _spelt(error):
    signs = error.object[error.start : error.end]
    return "".join(SPELT.get(sign) or _name_of(sign) for sign in signs).encode("ascii", "replace").decode(), error.end


def _name_of(sign):
    """A digit for one set high or low, else the last word of the sign's name, such as "pi"."""
    digit = unicodedata.digit(sign, None)
    return unicodedata.name(sign, "?").split()[-1].lower() if digit is None else str(digit)


codecs.register_error("spelt", _spelt)
