"""Keep what all lessons begin with: the way through the series, the minutes, and a way to get `helpers`.

python -m tools.lesson_heads           rewrite the cells `way` and `helpers-here`, the minutes and links in the README;
                                       in the sources of the homework the cell `helpers-here` alone
python -m tools.lesson_heads --check   exit 1 and name the files that differ
"""

import re
import sys

import nbformat

from tools.lesson_minutes import sittings
from tools.places import REPOSITORY, ROOT, TAG, links

LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
HOMEWORK = sorted((ROOT / "course/source").glob("*/*.ipynb"))
README = ROOT / "README.md"
HELPERS = f'''
import subprocess
import sys
from importlib import invalidate_caches
from importlib.util import find_spec

if find_spec("helpers") is None and "google.colab" in sys.modules:
    print("Colab has no `helpers` yet: pip fetches {TAG} of the series and leaves all other packages as they are.")
    series = "git+{REPOSITORY}@{TAG}"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", series])
    invalidate_caches()

if find_spec("helpers") is None:
    raise ModuleNotFoundError("""this notebook needs `helpers`, a folder of its series.
    You have the series: `make lab`, or choose the Python in its .venv as the kernel.
    You have this page alone: {REPOSITORY}""")
'''.strip()


def main(arguments):
    check = "--check" in arguments
    notebooks = {path: headless(nbformat.read(path, as_version=4)) for path in LESSONS}
    times = {path: " + ".join(map(str, sittings(notebook.cells))) + " min" for path, notebook in notebooks.items()}
    texts = {path: nbformat.writes(headed(notebooks, path, times[path])) + "\n" for path in LESSONS}
    for path in HOMEWORK:
        texts[path] = nbformat.writes(helped(headless(nbformat.read(path, as_version=4)))) + "\n"
    texts[README] = timed(README.read_text("utf-8"), times)
    drifted = [path for path, text in texts.items() if path.read_text("utf-8") != text]
    for path in drifted if not check else []:
        path.write_text(texts[path], encoding="utf-8")
    names = "".join(f"{'drifted' if check else 'rewritten'}: {path.name}\n" for path in drifted)
    print(names or "heads of lessons ok\n", end="")
    return 1 if check and drifted else 0


def headless(notebook):
    """The lesson without the cells that are written here."""
    notebook.cells = [cell for cell in notebook.cells if cell.id not in ("way", "helpers-here")]
    return notebook


def headed(notebooks, path, time):
    """The lesson with its cells `way`, below the title, and `helpers-here`, above the first import of helpers."""
    notebook, place = notebooks[path], LESSONS.index(path)
    neighbours = [("Before", LESSONS[place - 1 : place]), ("Next", LESSONS[place + 1 : place + 2])]
    links = [f"{word}: [{title(notebooks[there])}]({there.name})" for word, found in neighbours for there in found]
    contents = "#The-map" if place == 0 else f"{LESSONS[0].name}#The-map"
    way = " · ".join([*links, f"[All lessons]({contents})", time])
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(way, id="way"))
    return helped(notebook)


def helped(notebook):
    """The notebook with its cell `helpers-here`."""
    cells = notebook.cells
    first = next(k for k, cell in enumerate(cells) if cell.cell_type == "code" and "from helpers" in cell.source)
    cells.insert(first, nbformat.v4.new_code_cell(HELPERS, id="helpers-here"))
    return notebook


def title(notebook):
    """The lesson's number and name, from its last heading in the first cell."""
    return notebook.cells[0].source.split("# ")[-1].split("\n")[0]


def timed(text, times):
    """The README with these minutes in its table of lessons, and links that open each."""
    for path, time in times.items():
        row = rf"^(\|[^|\n]*\(notebooks/{path.name}\)[^|\n]*\|[^|\n]*\|).*$"
        text, found = re.subn(row, lambda match: f"{match[1]} {time} | {links(path.name)} |", text, flags=re.M)  # noqa: B023
        if found != 1:
            sys.exit(f"{README.name}: expected one row for {path.name}, found {found}")
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
