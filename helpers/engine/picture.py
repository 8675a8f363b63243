"""The picture of the reader's engine: whose each part is, where it sits in the whole update, and what comes next."""

import ast

from helpers.drawing.library import style
from helpers.drawing.svg import words
from helpers.engine import storage
from helpers.engine.assembled import right_parts
from helpers.engine.part import PARTS, POLE
from helpers.engine.verdict import Note

GROUPS = {  # in the order in which a gradient is found, and used
    "start": "From a number to a probability",
    "check": "Is a gradient right?",
    "graph": "A gradient on a graph",
    "layers": "A gradient in matrices",
    "health": "A network that stays alive",
    "learn": "Learning from episodes",
    "actor-critic": "Learning at every step",
    "pole": "The loop, and the pole",
}


class EnginePicture:
    """right: names of the parts that are the reader's and right; ahead: the first part that is not, or None."""

    def __init__(self, right):
        self.right = right
        self.ahead = next((part for part in PARTS.values() if part.name not in right), None)

    def note(self):
        """The picture as a `Note`: a list that flows with the width of the page, and the same as text."""
        head, ahead, *rest = self.said()
        text, html = [f"{head} {ahead}"], [f"<p><b>{words(head)}</b> {words(ahead)}</p>"]
        for group in dict.fromkeys([*GROUPS, *(part.group for part in PARTS.values())]):
            parts, title = [part for part in PARTS.values() if part.group == group], GROUPS.get(group, group)
            if parts:
                text += [f"{title}:", *map(self.line, parts)]
                boxes = "".join(map(self.box, parts))
                html.append(f"<div class='row'><span>{words(title)}</span><ul>{boxes}</ul></div>")
        html += [f"<p>{words(each)}</p>" for each in rest]
        look = f"<style>{style('theme', 'parts')}</style>"
        frame = "margin:0;max-width:860px;border:1px solid #c8c8c8;border-radius:12px;padding:10px 12px"
        label = f"role='group' aria-label='{words(head)}'"
        whole = f"<div class='ftg-figure ftg-parts' {label} style='{frame}'>{look}{''.join(html)}</div>"
        return Note("\n".join([*text, *rest]), whole)

    def said(self):
        """Sentences: how many, what comes next, what the pole needs, and whether the disk is forgotten."""
        ahead, pole = self.ahead, [part.name for part in PARTS.values() if part.pole]
        yield f"Your engine: {sum(name in self.right for name in PARTS)} of {len(PARTS)} parts."
        yield f"Next comes {ahead.title} (lesson {ahead.lesson}): {ahead.purpose}." if ahead else "It is complete."
        yield (
            f"An arrow says where a part goes. The pole of lesson 08 needs the {len(pole)} parts with a flag ⚑; you "
            f"have {sum(name in self.right for name in pole)} of them. What is not yours is lent to you by the series."
        )
        if where := storage.forgetful():
            yield f"{where}: run mine.download(), and keep the file."

    def state(self, part):
        """What is said of a part."""
        return "yours" if part.name in self.right else "next" if part is self.ahead else "lent"

    def line(self, part):
        """A part in a line of text."""
        sign, flag = "[x]" if part.name in self.right else "[ ]", ", for the pole" if part.pole else ""
        return f"  {sign} {part.lesson} {part.title}: {self.state(part)}{flag}"

    def box(self, part):
        """A part in the picture."""
        now, goes = self.state(part), ", ".join(users(part))
        kind, sign = {"yours": ("mine", "✔ "), "next": ("next", "")}.get(now, ("lent", ""))
        where = f"<small>→ {words(goes)}</small>" if goes else ""
        head = f"<b>{words(part.title)}</b>{' ⚑' * part.pole}<small>lesson {part.lesson} · {sign}{now}</small>"
        return f"<li class='{kind}' title='{words(part.purpose)}'>{head}{where}</li>"


def users(part):
    """Titles of the parts whose own text calls this one; the pole for what the last run calls."""
    found = [other.title for other in PARTS.values() if part.name in called(other.own)]
    return [*found, *(["the pole"] if part.name in POLE else [])]


def called(text):
    """Names of the functions that a text calls."""
    return {
        node.func.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and hasattr(node.func, "id")
    }


def engine_picture():
    """The picture of the engine as it is kept now."""
    right, _ = right_parts()
    return EnginePicture(right).note()
