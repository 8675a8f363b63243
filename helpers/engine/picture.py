"""The picture of the reader's engine: whose each part is, where it sits in the whole update, and what comes next."""

from helpers.drawing.library import style
from helpers.drawing.svg import words
from helpers.engine import storage
from helpers.engine.assembled import right_parts
from helpers.engine.part import PARTS
from helpers.engine.verdict import Note

GROUPS = {  # in the order in which a gradient is found, and used
    "start": "From a number to a probability",
    "check": "How you know that a gradient is right",
    "graph": "A gradient on a graph",
    "layers": "The same with matrices, for a whole network",
    "health": "A network that stays alive",
    "learn": "Learning from whole episodes",
    "actor-critic": "Learning at every step: actor and critic",
    "pole": "The loop around it, and the pole",
}


def engine_picture():
    """Return the picture as a `Note`: a list that flows with the width of the page, and the same as text."""
    right, _ = right_parts()
    ahead = next((part for part in PARTS.values() if part.name not in right), None)
    counts = [sum(name in right for name in PARTS), len(PARTS)]
    pole = [part.name for part in PARTS.values() if part.pole]
    own = sum(name in right for name in pole)
    said = [
        f"Your engine: {counts[0]} of {counts[1]} parts.",
        f"Next: {ahead.title} (lesson {ahead.lesson}), which {ahead.purpose}." if ahead else "It is complete.",
        f"The pole of lesson 08 needs {len(pole)} of the parts, marked with ⚑; {own} of these are yours. "
        "What is not yours is lent to you by the series.",
    ]
    if where := storage.forgetful():
        said.append(f"{where} forgets this disk when you leave: run `mine.download()`, and keep the file.")
    groups = dict.fromkeys([*GROUPS, *(part.group for part in PARTS.values())])
    members = {group: [part for part in PARTS.values() if part.group == group] for group in groups}
    head, *rest = said
    text = [head, *rest[:1]]
    html = [f"<p><b>{words(head)}</b> {words(rest[0])}</p>"]
    for group, parts in members.items():
        if parts:
            title = GROUPS.get(group, group)
            text += [title, *(f"  {line(part, right, ahead)}" for part in parts)]
            html.append(f"<h4>{words(title)}</h4><ul>{''.join(box(part, right, ahead) for part in parts)}</ul>")
    html += [f"<p>{words(each)}</p>".replace("`", "") for each in rest[1:]]
    look = f"<style>{style('theme', 'parts')}</style>"
    frame = "margin:0;max-width:860px;border:1px solid #c8c8c8;border-radius:12px;padding:10px 12px"
    label = f"role='group' aria-label='{words(head)}'"
    whole = f"<div class='ftg-figure ftg-parts' {label} style='{frame}'>{look}{''.join(html)}</div>"
    return Note("\n".join([*text, *rest[1:]]).replace("`", ""), whole)


def state(part, right, ahead):
    """What is said of a part."""
    return "yours" if part.name in right else "next" if part is ahead else "lent"


def line(part, right, ahead):
    """A part in a line of text."""
    sign = "[x]" if part.name in right else "[ ]"
    flag = " (for the pole)" if part.pole else ""
    return f"{sign} {part.lesson} {part.title}: {state(part, right, ahead)}{flag}"


def box(part, right, ahead):
    """A part in the picture."""
    now = state(part, right, ahead)
    sign, flag = {"yours": "✔ "}.get(now, ""), " ⚑" if part.pole else ""
    kind = {"yours": "mine", "next": "next"}.get(now, "lent")
    spoken = f"<small>lesson {part.lesson} · {sign}{now}</small>"
    return f"<li class='{kind}' title='{words(part.purpose)}'><b>{words(part.title)}</b>{flag}{spoken}</li>"
