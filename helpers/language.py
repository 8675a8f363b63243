"""The language of what readers see: FTG_LANGUAGE in the environment names it, when a kernel starts; else it is English.

Its catalogs are gettext's, `helpers/locale/LANGUAGE/LC_MESSAGES/*.mo`, one for each lesson's questions and one for the
words of the pictures. What they do not have stays English.
"""

import gettext
import os
import re
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
WORDS = re.compile(r"""\b_\((["'`])(.+?)\1\)""")  # in a script: _("words"), and no line breaks
LANGUAGE = os.environ.get("FTG_LANGUAGE") or "en"


def catalogs(language):
    """gettext's translations into this language; ValueError, which names those there are, where there is none."""
    known = sorted(path.name for path in LOCALE.iterdir() if path.is_dir()) if LOCALE.is_dir() else []
    if language not in ("en", *known):
        raise ValueError(f"FTG_LANGUAGE must name one of {', '.join(['en', *known])}; it is {language!r}")
    found = gettext.NullTranslations()
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.mo")):
        with path.open("rb") as file:
            found.add_fallback(gettext.GNUTranslations(file))
    return found


_catalogs = catalogs(LANGUAGE)


def said(text):
    """A text in the reader's language."""
    return _catalogs.gettext(text) if text else text


def said_in(thing):
    """The same with all texts in the reader's language: a text, or a dict of texts; anything else as it is."""
    if isinstance(thing, dict):
        return {said_in(key): said_in(value) for key, value in thing.items()}
    return said(thing) if isinstance(thing, str) else thing


def script_said(text):
    """The text of a script, in which `_("words")` has become the same words in the reader's language."""
    return WORDS.sub(lambda found: f"{found[1]}{said(found[2])}{found[1]}", text)
