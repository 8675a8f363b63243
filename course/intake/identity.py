"""Which cell of a submission is which of the released ones, also where metadata or ids were lost."""

import re
import symtable
from dataclasses import dataclass

from course.authoring.sources import answer_cells, grade_id


@dataclass(frozen=True)
class Finding:
    """text: what was found; person: True if somebody should look at it before the points count."""

    text: str
    person: bool = False

    def __post_init__(self):
        object.__setattr__(self, "text", self.text.encode("utf-8", "replace").decode())


def identified(notebook, release):
    """({id of a released cell: its place}, findings): by grade_id, cell id, text, or the function's name."""
    by_grade = {grade_id(cell): cell["id"] for cell in release.cells if grade_id(cell)}
    by_text = {cell.source.strip(): cell["id"] for cell in release.cells if not grade_id(cell)}
    ids, found, findings = {cell["id"] for cell in release.cells}, {}, []
    for k, cell in enumerate(notebook.cells):
        name = marks_of(cell).get("grade_id")
        name = by_grade.get(name if isinstance(name, str) else None)
        name = name or (cell.get("id") if cell.get("id") in ids else None) or by_text.get(cell.source.strip())
        if name:
            found.setdefault(name, []).append(k)
    places = {}
    for name, ks in found.items():
        original = [k for k in ks if notebook.cells[k].get("id") == name]
        places[name] = original[0] if original else ks[-1]
        if len(ks) > 1 and name in by_grade.values():
            which = "the original" if original else "the last"
            findings.append(Finding(f"cell {name} appears {len(ks)} times; {which} was taken as the answer"))
    stripped = [name for name, k in places.items() if name in by_grade.values() and not marks_of(notebook.cells[k])]
    if stripped:
        findings.append(Finding(f"nbgrader's metadata was gone from {len(stripped)} cells; found by cell id"))
    if not any(name in places for name in by_grade.values()):
        answers = by_function_name(notebook, release)
        places |= answers
        if answers:
            findings.append(Finding("cell ids and metadata were gone; answers found by their function's name"))
    for name, k in by_function_name(notebook, release).items():
        if name not in places and k not in places.values():
            places[name] = k
            findings.append(Finding(f"answer cell {name} was deleted; its function was found in another cell"))
    return places, findings


def marks_of(cell):
    """nbgrader's metadata of a submitted cell, in which anything may stand."""
    return cell.metadata["nbgrader"] if isinstance(cell.metadata.get("nbgrader"), dict) else {}


def by_function_name(notebook, release):
    """Places of the answer cells by the last definition of their function."""
    places = {}
    for name, released in answer_cells(release).items():
        at = [k for k, c in enumerate(notebook.cells) if c.cell_type == "code" and binds(c.source, name)]
        if at:
            places[released["id"]] = at[-1]
    return places


def binds(source, name):
    """True for code that defines this function, imports it, or gives its name to another."""
    try:
        symbol = symtable.symtable(source, "cell", "exec").lookup(name)
        return symbol.is_assigned() or symbol.is_imported()
    except KeyError:  # the name is not in it
        return False
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a magic, or what is no code at all
        return bool(re.search(rf"^\s*((async )?def {name}\b|{name} *=[^=])", source, re.MULTILINE))
