"""Take what readers see out of lessons, questions and pictures, and merge it into the catalogs of a language.

python -m tools.translations de 00      lesson 00, its questions, and the words of the pictures, into German
python -m tools.translations --check    exit 1 and name the compiled catalogs that do not follow their .po

The prose goes through Sphinx (its gettext builder, then sphinx-intl), the words of `helpers` through Babel. What is
translated already stays; what has changed in English is marked `fuzzy`, and is shown in English until somebody looks.
"""

import argparse
import ast
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from helpers.drawing.library import SCRIPTS
from helpers.guesses.prediction import LESSONS, MODULES
from helpers.language import LOCALE, WORDS

ROOT = Path(__file__).resolve().parents[1]
SPHINX = ROOT / ".venv-site/bin/python"
TEMPLATES = ROOT / "build/gettext"
HEADER = {"project": "Follow the Gradient", "header_comment": "# Merged by tools/translations.py.", "fuzzy": False}
A_WORD = re.compile(r"[^\W\d_]{2}")


def texts(thing):
    """All texts in a question, one of its fields, or what these hold."""
    if isinstance(thing, str):
        return [thing] if A_WORD.search(thing) else []
    if isinstance(thing, dict):
        return [text for pair in thing.items() for part in pair for text in texts(part)]
    return [text for part in vars(thing).values() for text in texts(part)] if hasattr(thing, "ask") else []


def notebook(lesson):
    """The path of a lesson."""
    return next((ROOT / "notebooks").glob(f"{lesson}_*.ipynb"))


def captions(path):
    """What a lesson's pictures say below them: texts handed over, or named, as `caption`."""
    for cell in nbformat.read(path, as_version=4).cells:
        for node in ast.walk(ast.parse(cell.source)) if cell.cell_type == "code" else ():
            named = isinstance(node, ast.keyword) and node.arg == "caption"
            named = named or isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "caption"
            if named and isinstance(node.value, ast.Constant):
                yield node.value.value


def lesson_words(lesson):
    """A catalog of all that the questions of a lesson say, in their order, and the captions of its pictures."""
    catalog = Catalog()
    for key, question in MODULES[LESSONS.index(lesson)].QUESTIONS.items():
        for text in texts(question):
            catalog.add(text, auto_comments=[key])
    for text in captions(notebook(lesson)):
        catalog.add(text, auto_comments=["caption"])
    return catalog


def words():
    """A catalog of what pictures and questions of all lessons say: `_("...")` in a script, `said("...")` in Python."""
    catalog = Catalog()
    for path in sorted(SCRIPTS.glob("*.js")):
        for _, text in WORDS.findall(path.read_text("utf-8")):
            catalog.add(text, auto_comments=[path.name])
    for path in sorted((ROOT / "helpers").rglob("*.py")):
        for _, text, _, _ in extract_from_file("python", path, keywords={"said": None}):
            catalog.add(text, auto_comments=[path.name])
    return catalog


def merged(path, template):
    """Write the catalog at this path, with the translations that it has, and what is new in the template."""
    catalog = read_po(io.BytesIO(path.read_bytes())) if path.exists() else Catalog(path.parts[-3], **HEADER)
    template.creation_date = catalog.creation_date
    catalog.update(template)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=118, omit_header=False, ignore_obsolete=True)
    path.with_suffix(".mo").write_bytes(compiled(path))
    return sum(1 for message in catalog if message.id and (message.fuzzy or not message.string))


def compiled(path):
    """The bytes of the .mo of a .po."""
    written = io.BytesIO()
    write_mo(written, read_po(io.BytesIO(path.read_bytes())))
    return written.getvalue()


def prose(language, lesson):
    """Merge the prose of a lesson by Sphinx and sphinx-intl; the site compiles it when it is built."""
    shutil.rmtree(TEMPLATES, ignore_errors=True)
    path = f"docs/notebooks/{notebook(lesson).name}"
    build = f"sphinx -q -b gettext -D nb_execution_mode=off docs {TEMPLATES.relative_to(ROOT)} {path}"
    update = f"sphinx_intl update -p {TEMPLATES.relative_to(ROOT)} -l {language} -d docs/locale -w 118 --no-obsolete"
    subprocess.run([SPHINX, "-m", *build.split()], cwd=ROOT, check=True)
    for template in TEMPLATES.glob("*.pot"):
        if template.name != "sphinx.pot":  # pages that list the lessons come along
            template.unlink()
    subprocess.run([SPHINX, "-m", *update.split()], cwd=ROOT, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", nargs="?", help="a code such as de")
    parser.add_argument("lesson", nargs="?", choices=LESSONS, help="the number of a lesson, such as 00")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    if options.check:
        stale = [path for path in LOCALE.rglob("*.po") if not is_current(path)]
        sys.exit(f"not compiled: {', '.join(map(str, stale))} (make translate)" if stale else 0)
    if not options.lesson:
        parser.error("a language and a lesson are needed, such as: de 00")
    folder = LOCALE / options.language / "LC_MESSAGES"
    for name, template in {f"lesson{options.lesson}": lesson_words(options.lesson), "words": words()}.items():
        print(f"{folder / name}.po: {merged(folder / f'{name}.po', template)} to translate")
    prose(options.language, options.lesson)


def is_current(path):
    """Whether the .mo beside a .po is what the .po says."""
    return path.with_suffix(".mo").exists() and path.with_suffix(".mo").read_bytes() == compiled(path)


if __name__ == "__main__":
    main()
