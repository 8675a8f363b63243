"""The text of my_gradient.py: the series' own engine, in which the reader's parts stand in the places of the lent ones.

Each part stands below a mark that says whose it is. The last line is a checksum, by which it is seen whether the file
was changed by hand since it was written.
"""

import ast
import re
import textwrap
import zlib

from helpers.engine.part import PARTS, SERIES, places

MARK = re.compile(r"^[ ]*# --- (mine|lent|given)(?:: (\S+) · lesson (\w+))? ---\n", re.M)
CHECKSUM = "# checksum of this file as it was written: "
END = "given"


def module_text(kept):
    """The whole file, for the parts in kept, name -> text; a part that is kept and unknown here stays as it is."""
    lines, text, at = SERIES.splitlines(keepends=True), "", 0
    for name, (first, last) in sorted(places().items(), key=lambda item: item[1]):
        if name in PARTS:
            text += "".join(lines[at:first]) + chunk(name, kept.get(name), "    " if "." in name else "")
            at = last
    text += "".join(lines[at:])
    more = [name for name in (*PARTS, *kept) if name not in places()]
    text += "".join("\n\n" + chunk(name, kept.get(name), "") for name in dict.fromkeys(more) if "." not in name)
    methods = [chunk(name, kept[name], "    ") for name in kept if "." in name and name not in places()]
    if methods:
        text += "\n\nif False:  # kept for a series that knows these methods\n" + "".join(methods)
    return text + f"\n{CHECKSUM}{checksum(text)}\n"


def chunk(name, text, indent):
    """A part under its mark: the reader's text, or the series' own as lent."""
    whose, lesson = ("mine" if text else "lent"), PARTS[name].lesson if name in PARTS else "00"
    head, foot = f"# --- {whose}: {name} · lesson {lesson} ---\n", f"# --- {END} ---\n"
    return textwrap.indent(head + (text or PARTS[name].own) + foot, indent)


def checksum(text):
    """A short number for a text."""
    return f"{zlib.crc32(text.strip().encode()):08x}"


def untouched(text):
    """Whether a file is as it was written, but for the ends of its lines."""
    body, mark, number = text.rpartition(CHECKSUM)
    return bool(mark) and checksum(body) == number.strip()


def parts_in(text):
    """The reader's parts in a file: name -> text. What is no Python is left out, whatever the rest of the file is.

    A part that is marked as lent, and differs from the series' own in a file that was changed by hand, is the reader's.
    """
    found, pieces, by_hand = {}, MARK.split(text), not untouched(text)
    for whose, name, body in zip(pieces[1::4], pieces[2::4], pieces[4::4], strict=True):
        source = textwrap.dedent(body).strip() + "\n"
        if name is None or not readable(source):
            continue
        lent = whose == "lent" and (not by_hand or name not in PARTS or same_code(source, PARTS[name].own))
        if not lent:
            found[name] = source
    return found


def unreadable_parts(text):
    """Names of the parts marked as the reader's that are no Python."""
    pieces = MARK.split(text)
    marked = zip(pieces[1::4], pieces[2::4], pieces[4::4], strict=True)
    return [name for whose, name, body in marked if whose == "mine" and not readable(textwrap.dedent(body))]


def readable(text):
    """Whether a text is Python."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def same_code(some, other):
    """Whether two texts are the same but for comments and blanks."""
    return ast.dump(ast.parse(some)) == ast.dump(ast.parse(other))
