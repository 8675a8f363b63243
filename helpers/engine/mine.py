"""`@mine` above a function, `@mine(Value)` above a method: the part is judged where it stands, and kept if it is right.

It writes and never reads: what the lesson goes on with is the reader's function where it is right, else the last one
that was right in this kernel, else the series' own, whatever stands in the file.
"""

import base64

from helpers.checks.results import Text, one_of_many
from helpers.engine import storage
from helpers.engine.assembly import define, defined_alike
from helpers.engine.cells import attach, is_open, provide, text_of
from helpers.engine.file_text import module_text, parts_in
from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.engine.picture import engine_picture
from helpers.engine.verdict import AHEAD, Note, PartVerdict, show


class Mine:
    """What the reader calls; one for each kernel."""

    def __init__(self):
        self.latest, self.hints_given, self.kept, self.right = None, {}, {}, {}
        self._attempt, self._drafting, self._lent = None, False, set()

    def __call__(self, thing):
        """`@mine` for a function, `@mine(Value)` for a method: judge it, and keep it or lend the series' own."""
        return self._decorator(thing, draft=False)

    def draft(self, thing):
        """`@mine.draft`: a first version, judged by what the lesson has asked so far, and not kept."""
        return self._decorator(thing, draft=True)

    @property
    def attempt(self):
        """The function that was judged last, right or not, to be called and looked at."""
        if self._attempt is None:
            raise ValueError("mine.attempt is the function that was judged last; none was yet")
        return self._attempt

    @one_of_many
    def hint(self, part=None):
        """Return the next hint for this part, or for the one judged last."""
        part = self._find(part)
        hints = part.draft.hints if part is self.latest and self._drafting and part.draft else part.hints
        given = self.hints_given.get(hints, 0)
        self.hints_given[hints] = given + 1
        if given >= len(hints):
            return Text(f"That was the last hint. `mine.solution({part.name!r})` shows the series' own.")
        return Text(f"Hint {given + 1} of {len(hints)}: {hints[given]}")

    @one_of_many
    def solution(self, part=None):
        """Return the series' own text of this part, or of the one judged last."""
        part = self._find(part)
        mark = f"@mine({part.owner})\n" if part.owner else "@mine\n"
        return Text(f"```python\n{mark}{part.own}```")

    def picture(self):
        """Return the picture of the engine: which parts are the reader's, where they sit, and what comes next."""
        return engine_picture()

    def download(self):
        """Return a link that saves my_gradient.py, for a place that forgets its disk."""
        files, kept = storage.contents(), storage.kept()
        where, text = next(reversed(files.items()), (None, ""))
        if not kept or parts_in(text) != kept:
            text = module_text(kept)
        data = base64.b64encode(text.encode()).decode()
        link = f"<a download='{storage.NAME}' href='data:text/x-python;base64,{data}'>Save {storage.NAME}</a>"
        after = "Put it beside the notebooks the next time, and all is as you left it."
        said = f"{storage.NAME} is {where}." if where else f"{storage.NAME} is in this kernel's memory alone."
        return Note(f"{said} {after}", f"<p>{link}. {after}</p>")

    def _decorator(self, thing, draft):
        if isinstance(thing, type):
            return lambda function: self._settle(function, thing, draft)
        if not callable(thing) or getattr(thing, "__name__", "<lambda>") == "<lambda>":
            raise TypeError(f"mine stands above a function, `@mine` and below it `def ...`; this is {thing!r}")
        return self._settle(thing, None, draft)

    def _find(self, part):
        name = part if isinstance(part, str) else getattr(part, "__qualname__", None)
        options = [known for known in PARTS if name and name in (known, known.rpartition(".")[2])]
        if part is not None and not options:
            raise ValueError(f"name a part of the engine, one of: {', '.join(PARTS)}")
        if not options and self.latest is None:
            raise ValueError("name a part, as in mine.hint('pass_back'): none was judged yet")
        return PARTS[options[0]] if options else self.latest

    def _settle(self, function, owner, draft):
        """Judge a function, and return what the lesson goes on with."""
        part = PARTS.get(f"{owner.__name__}.{function.__name__}" if owner else function.__name__)
        self._attempt = function
        if part is None:
            return unknown(function, owner)
        self.latest, self._drafting, text = part, draft, text_of(function)
        status, words = judged(part, text, draft)
        if status == "right":
            chosen, ahead = function, self._accept(part, text, draft)
            if not draft:
                self.right[part.name] = function
        else:
            chosen = (None if draft else self.right.get(part.name)) or lent(part, function, draft)
            ahead = self._lend(part, draft)
        provide(text if chosen is function else part.own, function.__globals__)
        if owner:
            attach(owner, chosen)
        show(PartVerdict(part.name, "half" if words.startswith("Half: ") else status, words, ahead))
        return chosen

    def _lend(self, part, draft):
        """What is said of what the lesson goes on with: once for each part, and not at every try."""
        where = None if draft else self.kept.get(part.name)
        told = (part.name, where) in self._lent
        self._lent.add((part.name, where))
        return "" if told else AHEAD["right before" if where else "lent"].format(file=where)

    def _accept(self, part, text, draft):
        """Keep a right part; returns what is said of it."""
        if draft and judge(part, text):
            return AHEAD["draft"]
        path, aside = storage.keep(part.name, text)
        self.kept[part.name] = path.name if path else "this kernel"
        kept = storage.kept()
        said = AHEAD["final" if draft else "kept" if path else "memory"].format(file=storage.NAME)
        if path:
            said += f" Your engine: {sum(name in PARTS for name in kept)} of {len(PARTS)} parts."
        if aside:
            said += (
                f" The file had been changed by hand, or could not be read: what stood there is kept as {aside.name}."
            )
        if path and path.parent != storage.candidates()[0].parent:
            said += f" It is in {path.parent}, since the folder of the notebooks can't be written."
        if path and (where := storage.forgetful()):
            said += f" {where}: run mine.download(), and keep the file."
        return said


def judged(part, text, draft):
    """Status and words for the text of a part."""
    if not text:
        return "wrong", "The text of the function can't be found: write it in a cell of the notebook, by `def`."
    if is_open(text):
        return "open", ""
    words = judge(part, text, draft)
    if words:
        return "wrong", words
    return "right", part.remark(text) if part.remark and not draft else ""


def lent(part, function, draft):
    """The series' own part, with the names of the notebook around it."""
    own = part.draft.own if draft and part.draft else part.own
    return defined_alike(define(part.name, own, function.__globals__), function)


def unknown(function, owner):
    """A function that is no part: it runs as it is, and a notice says so."""
    name = f"{owner.__name__}.{function.__name__}" if owner else function.__name__
    if owner:
        attach(owner, function)
    words = "no part of the engine that is known here, so nobody judges it, and it is not kept."
    show(PartVerdict(name, "unknown", words, AHEAD["unjudged"]))
    return function


mine = Mine()
