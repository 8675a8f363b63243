"""Broken and hostile submissions, and what the table must say of each.

An entry is (what is handed in, expected): a function that takes a solved `Student` and returns it, or the file's bytes;
and status, lost ('' none, 'task' the points of its task, None: these and others, or nothing is graded), person, and
words that must stand in the reasons or findings, where {task} is the task and {cell} its answer's cell.
"""

import base64
import json
import os
import textwrap
from functools import partial
from typing import NamedTuple

import nbformat

from course.authoring.sources import answer_cells, read_source, stub_text


class Expected(NamedTuple):
    """One row of the table."""

    status: str
    lost: str | None
    person: bool
    words: str = ""
    task: int = 0


HOSTILE = {}
ENDLESS = set()  # those that only a limit of time ends
UNRUN = set()  # those of which no code is run, or the honest submission's alone: they need no kernel of their own
TOGETHER = {}  # {one that does not touch what others are seen by: the submission that they are handed in with}


def case(status, lost, person, words="", endless=False, unrun=False, together=None, task=0):
    """Register a submission with its expected row; task: the number of the task that is the first for it."""

    def register(make):
        HOSTILE[make.__name__] = make, Expected(status, lost, person, words, task)
        ENDLESS.update({make.__name__} if endless else ())
        UNRUN.update({make.__name__} if unrun else ())
        TOGETHER.update({make.__name__: together} if together else {})
        return make

    return register


# What is handed in is no notebook


@case("failed", None, True, "the file is empty", unrun=True)
def nothing(student):
    return b""


@case("failed", None, True, "it has no cells", unrun=True)
def not_a_notebook(student):
    return b'{"title": "my essay"}'


@case("failed", None, True, "not a notebook", unrun=True)
def a_pdf(student):
    return b"%PDF-1.7 \x00\xff" + os.urandom(1000)


@case("failed", None, True, "broken JSON", unrun=True)
def cut_short(student):
    return student.content[:-400]


@case("failed", None, True, "more than 20")
def fifty_megabytes(student):
    return student.append("# " + "x" * (50 << 20)).content


@case("failed", None, True, "not a notebook", unrun=True)
def nested_without_end(student):
    return b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


@case("failed", None, True, "no cell of the released notebook", unrun=True)
def another_notebook(student):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])).encode()


@case("failed", None, True, "can be read", unrun=True)
def sources_that_are_numbers(student):
    raw = student.raw
    for cell in raw["cells"]:
        cell["source"] = 5
    return json.dumps(raw).encode()


# Saved by another program, or damaged on the way


@case("fine", "", False, "old notebook format 4.4", unrun=True)
def old_minor_format(student):
    raw = student.raw | {"nbformat_minor": 4}
    for cell in raw["cells"]:
        del cell["id"]
    return json.dumps(raw).encode()


@case("fine", "", False, "answers found by their function's name")
def format_three(student):
    for cell in student.notebook.cells:
        cell.metadata = {}
    return json.dumps(nbformat.convert(student.notebook, 3)).encode()


@case("fine", "", False, unrun=True)
def windows_line_ends(student):
    for cell in student.notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    return student.content.replace(b"\n", b"\r\n")


@case("fine", "", False, unrun=True)
def with_byte_order_mark(student):
    return b"\xef\xbb\xbf" + student.content


@case("fine", "", True, "not in UTF-8")
def in_latin_1(student):
    student.append("# déjà vu")
    return json.dumps(student.raw, ensure_ascii=False).encode("latin-1", errors="replace")


@case("fine", "", False, "asks for the kernel 'julia-1.9'", unrun=True)
def another_kernel(student):
    student.notebook.metadata["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    return student


@case("fine", "", False, "metadata was gone", unrun=True)
def metadata_stripped(student):
    for cell in student.notebook.cells:
        cell.metadata = {}
    return student


@case("fine", "", False, "answers found by their function's name")
def ids_and_metadata_stripped(student):
    for k, cell in enumerate(student.notebook.cells):
        cell.metadata, cell.id = {}, f"x{k}"
    return student


@case("fine", "", True, "an attachment is named '/etc/passwd'", unrun=True)
def absolute_path_attachment(student):
    text = next(cell for cell in student.notebook.cells if cell.cell_type == "markdown")
    text["attachments"] = {"/etc/passwd": {"image/png": base64.b64encode(b"x").decode()}}
    return student


# Cells deleted, copied, moved, edited


@case("fine", "task", True, "LOOK: answer cell {cell} was deleted, and put back", together="for_a_person", task=1)
def answer_deleted(student):
    return student.delete(answer_id(student))


@case("fine", "", False, "its function was found in another cell", unrun=True)
def answer_in_another_cell(student):
    student.insert(student.notebook.cells.index(student.cell(answer_id(student))), student.solutions[student.tasks[0]])
    return student.delete(answer_id(student))


@case("fine", "", False, "cell check-{cell} appears 2 times", together="moved_and_copied", task=1)
def helper_in_a_copy_of_a_locked_cell(student):
    check = f"check-{answer_id(student)}"
    student.duplicate(check).notebook.cells[student.notebook.cells.index(student.cell(check)) + 1].source = "half = 0.5"
    return student.append("assert half == 0.5")


@case("fine", "", False, unrun=True)
def written_answer_in_a_cell_below(student):
    place = next(k for k, cell in enumerate(student.notebook.cells) if cell.id.startswith("written-"))
    student.notebook.cells.insert(place + 1, nbformat.v4.new_markdown_cell("Rounding grows as h falls."))
    return student


@case("fine", "", False, "were deleted, and put back", unrun=True)
def tests_deleted(student):
    for tests in student.tests.values():
        for name in tests:
            student.delete(name)
    return student


@case("fine", "", False, "cell {cell} appears 2 times", together="moved_and_copied", task=1)
def answer_copied(student):
    return student.duplicate(answer_id(student))


@case("fine", "", False, "appears 2 times", unrun=True)
def test_copied(student):
    return student.duplicate(student.tests[student.tasks[0]][0])


@case("fine", "", False, "cells were moved", unrun=True)
def cells_moved(student):
    student.notebook.cells.append(student.notebook.cells.pop(3))
    return student


@case("fine", "task", False, "test cell test-{cell} was edited", together="wrong_numbers", task=2)
def tests_edited(student):
    for name in student.tests[student.tasks[0]]:
        student.cell(name).source = "print('all tests passed')"
    return wrong(student)


@case("fine", "", False, "seed was edited", unrun=True)
def seed_edited(student):
    student.cell("seed").source = "SEED = 5"
    return student


# Code that does not end, or ends too early


@case("fine", "task", False, "SyntaxError", together="of_odd_kinds", task=5)
def syntax_error(student):
    return student.answer(student.tasks[0], f"def {student.tasks[0]}(x)\n    return x")


@case("fine", "task", False, "took too long", endless=True)
def endless_loop(student):
    """In the visible check it never rests, in the tests it does now and then."""
    student.add(student.tasks[0], "import time\nwhile True:\n    sum(range(10**7))\n    time.sleep(TESTED)")
    return student.insert(4, "TESTED = False").append("TESTED = True")


@case("failed", None, True, "could not be stopped", endless=True)
def will_not_be_interrupted(student):
    return student.append(
        "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except KeyboardInterrupt:\n        pass"
    )


@case("fine", "task", False, "check-two-slopes ran out of time and could not be stopped; it was left out", endless=True)
def a_function_that_never_stops(student):
    """It works and rests in turn; it is met in the visible check, and again by both of its hidden tests."""
    return student.add(
        student.tasks[0],
        "import time\nwhile True:\n    try:\n        sum(range(40_000_000))\n        time.sleep(1)\n"
        "    except BaseException:\n        2",
    )


@case("fine", "task", True, "took too long, but it waited", endless=True)
def waits_without_end(student):
    """It works nothing: this may be our machine's fault."""
    student.add(student.tasks[0], "import time\nwhile TESTED:\n    time.sleep(1)").insert(4, "TESTED = False")
    return student.append("TESTED = True")


@case("fine", "", True, "LOOK: cell own cell was stopped after 4 s", endless=True, together="waits_without_end", task=1)
def a_cell_of_ones_own_without_end(student):
    return student.append("import time\nwhile True:\n    time.sleep(1)")


@case("fine", "task", True, "LOOK: test-{cell}-central: {task} ended the process", together="imports_it_in_a_cell")
def exit_from_the_process(student):
    return student.add(student.tasks[0], "import os\nos._exit(0)")


@case("failed", None, True, "the kernel died")
def exit_in_a_cell(student):
    return student.append("import os\nos._exit(0)")


@case("fine", None, True, "could not be asked after test-two-slopes-central")
def takes_the_line_with_it(student):
    """Its process kills the kernel, not only itself: what was asked keeps its reasons, and a person looks."""
    student.add(student.tasks[0], KILLS_ITS_PARENT)
    return student.insert(4, "TESTED = False").append("TESTED = True")


@case("fine", "task", False, "{task} raised SystemExit", together="raising")
def system_exit(student):
    return student.add(student.tasks[0], "raise SystemExit(0)")


@case("fine", "task", False, "{task} raised StdinNotImplementedError", together="raising", task=1)
def asks_for_input(student):
    return student.add(student.tasks[0], "input('which method? ')")


@case("fine", "task", False, "{task} raised Hidden", together="raising", task=3)
def error_that_hides_itself(student):
    student.insert(4, "class Hidden(Exception):\n    def _render_traceback_(self):\n        raise KeyboardInterrupt")
    return student.add(student.tasks[0], "raise Hidden")


# Code that takes too much


@case("failed", None, True, "", endless=True)
def forks_without_end(student):
    return student.append("import os\nwhile True:\n    os.fork()")


@case("fine", "", False, together="in_cells_of_their_own")
def a_gigabyte(student):
    return student.append("import numpy as np\nbig = np.ones(1 << 27)")


@case("failed", None, True, "MB of memory")
def gigabytes_piece_by_piece(student):
    return student.append("import time\nbig = [b'x' * (1 << 28) for _ in range(9)]\ntime.sleep(60)")


@case(
    "fine",
    "",
    True,
    "LOOK: cell own cell raised ModuleNotFoundError",
    together="for_a_person",
    task=2,
)
def imports_what_is_not_there(student):
    return student.append("import helpers.nothing")


@case("fine", "", False, "raised MemoryError", together="in_cells_of_their_own")
def ten_gigabytes_at_once(student):
    return student.append("big = bytearray(10 << 30)")


@case("fine", "", False, "old notebook format", unrun=True)
def a_surrogate_as_its_format(student):
    return json.dumps(student.raw | {"nbformat": "\ud800"}).encode()


@case("fine", "", False, unrun=True)
def a_surrogate_as_a_kind_of_picture(student):
    raw = student.raw
    raw["cells"][0]["attachments"] = {"a.png": {"image/png\ud800": "eA=="}}
    return json.dumps(raw).encode()


@case("fine", "", False)
def prints_a_surrogate(student):
    return student.append(
        "import json\nget_ipython().kernel.session.pack = lambda o: json.dumps(o, default=str).encode()\n"
        "print('\\ud800')"
    )


@case("fine", "", False, together="in_cells_of_their_own")
def a_script_as_a_pictures_width(student):
    return student.append(
        "display({'image/png': 'x', 'text/plain': 'q'}, raw=True, "
        "metadata={'image/png': {'width': '1 onerror=alert(3)'}})\n"
        "display({'image/png': 'x' + chr(34) + ' onerror=alert(4) y=', 'text/plain': 'q'}, raw=True)"
    )


@case("fine", "", False, together="in_cells_of_their_own")
def outputs_of_another_kind(student):
    return student.append("display({'image/png': {'a': 1}}, raw=True)\ndisplay({'text/html': 5}, raw=True)")


@case("fine", "", False, "output of a cell was cut", together="moved_and_copied")
def output_that_is_updated_without_end(student):
    return student.append(
        "for _ in range(60):\n    display({'text/plain': 'q'}, raw=True, display_id='q')\n"
        "display({'text/plain': 'x' * 10_000_000}, raw=True, display_id='q', update=True)"
    )


@case("failed", None, True, "beside the kernel's sockets")
def a_file_in_the_place_of_the_line(student):
    return student.append("import glob\nopen(glob.glob('/tmp/grade-*/sockets')[0] + '/tests', 'w').close()")


@case("fine", "", False, together="odd_but_right", task=4)
def a_helper_named_serve(student):
    name = student.tasks[0]
    student.insert(4, "def serve(*arguments):\n    return 1.0\n\nKept = get_ipython = 3")
    return student.add(name, "assert serve() == 1.0")


@case("fine", "", False, together="in_cells_of_their_own")
def takes_away_its_own_output(student):
    return student.append("import sys\nsys.stdout = sys.stderr = None")


@case("fine", "", False, together="in_cells_of_their_own")
def uses_the_name_of_an_answer_again(student):
    name = student.tasks[0]
    return student.append(f"{name} = 3.0")


@case("fine", "", False, "{task} was written in another cell", together="moved_and_copied", task=3)
def answer_at_the_end(student):
    return unanswered(student).append(student.solutions[student.tasks[0]])


@case("fine", "", False, "{task} was written in another cell", together="moved_and_copied")
def answer_indented_above_its_cell(student):
    place, source = student.notebook.cells.index(student.cell(answer_id(student))), student.solutions[student.tasks[0]]
    student.insert(place, "if True:\n" + textwrap.indent(source, "    "))
    return unanswered(student)


@case("fine", "", False, "{cell} was deleted, and put back", together="moved_and_copied", task=4)
def two_answers_in_one_cell(student):
    first, second = student.tasks[:2]
    student.answer(second, student.solutions[first] + "\n\n" + student.solutions[second])
    return student.delete(answer_id(student))


# Names that are taken over below the answer: it is right where it stands, and keeps its points


@case("fine", "", False, "test-{cell}-central", together="names_taken_over")
def a_helpers_name_is_taken_over(student):
    student.insert(4, "def half(x):\n    return x / 2").add(student.tasks[0], "assert half(2.0) == 1.0")
    return student.append("half = 0.5")


@case("fine", "", False, "right where the test stands", together="names_taken_over")
def a_released_function_and_a_number_are_taken_over(student):
    return student.append("STEPS = np.logspace(0, -12, 200)  # finer\nloss = loss(arrays)\nloss")


@case("fine", "", False, "test-{cell}-digits", together="names_taken_over", task=1)
def a_function_of_pythons_is_taken_over(student):
    student.add(student.tasks[0], "assert sum([1, 2]) == 3")
    return student.append("sum = 0\nfor k in range(3):\n    sum += k")


@case("fine", "", False, "test-{cell}", together="names_taken_over", task=2)
def a_star_takes_names_over(student):
    student.insert(4, "from numpy import exp").add(student.tasks[0], "assert exp(np.zeros(1)).shape == (1,)")
    return student.append("from math import *")


@case("fine", "", False, "test-{cell}-index", together="names_taken_over", task=4)
def a_first_try_is_kept_below(student):
    return student.append(returning(student, "0.0, 0.0"))


@case("fine", "task", False, together="wrong_numbers", task=1)
def wrong_at_both_places(student):
    return student.answer(student.tasks[0], returning(student, "1.0, 1.0")).append(returning(student, "0.0, 0.0"))


# What the notebook has asked of NumPy and Python


@case("fine", "", False, together="odd_but_right", task=1)
def warnings_are_errors(student):
    return student.insert(4, "import numpy, warnings\nnumpy.seterr(all='raise')\nwarnings.simplefilter('error')").add(
        student.tasks[0], "np.exp(-1000.0), np.ones(1) / 0\nimport warnings\nwarnings.warn('at every call')"
    )


@case("fine", "task", False, "{task} raised Stop: no", together="raising", task=2)
def raises_what_is_no_exception(student):
    return student.add(student.tasks[0], "class Stop(BaseException):\n    pass\nraise Stop('no')")


@case("fine", "", False, together="odd_but_right", task=5)
def quits_where_it_is_asked(student):
    return student.add(student.tasks[0], "quit()")


# Numbers of another kind


@case("fine", "", False, together="in_cells_of_their_own")
def numbers_of_ones_own_making(student):
    name = student.tasks[0]
    student.insert(
        4, "class Num:\n    def __init__(self, v):\n        self.v = v\n    def __float__(self):\n        return self.v"
    )
    return student.answer(name, student.solutions[name] + wrapped(name, "tuple(map(Num, of(*given)))"))


@case("fine", "task", False, "which is no number", together="of_odd_kinds")
def numbers_as_texts(student):
    name = student.tasks[0]
    return student.answer(name, student.solutions[name] + wrapped(name, "tuple(map(str, of(*given)))"))


@case("fine", "", False, "{task} was written in another cell", together="moved_and_copied", task=2)
def answer_above_its_cell(student):
    place = student.notebook.cells.index(student.cell(answer_id(student)))
    student.insert(place, student.solutions[student.tasks[0]])
    return unanswered(student)


@case("fine", "task", True, "LOOK: test-{cell}-central: {task} raised ModuleNotFoundError", together="for_a_person")
def imports_what_the_grader_has_not(student):
    return student.add(student.tasks[0], "import scipy_of_another_machine")


@case("fine", "task", True, "LOOK: cell own cell raised ModuleNotFoundError", task=1)
def imports_it_in_a_cell(student):
    student.insert(4, "import scipy_of_another_machine as library")
    return student.add(student.tasks[0], "library.nothing")


@case("fine", "", False, together="in_cells_of_their_own")
def harmless_modules_and_magics(student):
    return student.append("import os, json, sys, pathlib\n%pip --version\nos.getcwd()")


@case("fine", "", False, together="odd_but_right", task=2)
def prints_while_it_is_tested(student):
    return student.add(student.tasks[0], "print('x' * 400_000)")


@case("fine", "", False, "output of a cell was cut", together="in_cells_of_their_own")
def fifty_megabytes_of_output(student):
    return student.append("for _ in range(50):\n    print('x' * 1_000_000)")


@case("fine", "", False, together="in_cells_of_their_own")
def fills_the_disk(student):
    return student.append(
        "for k in range(50):\n    with open(f'file{k}', 'wb') as file:\n        file.write(bytes(20 << 20))"
    )


@case("failed", None, True, "beside the kernel's sockets")
def fills_the_folder_of_sockets(student):
    return student.append(
        "import glob, time\nfolder = glob.glob('/tmp/grade-*/sockets')[0]\n"
        "open(folder + '/x', 'wb').write(bytes(30 << 20))\ntime.sleep(60)"
    )


@case("failed", None, True, "beside the kernel's sockets")
def fills_a_folder_beside_the_sockets(student):
    return student.append(
        "import glob, os, time\nfolder = glob.glob('/tmp/grade-*/sockets')[0] + '/sub'\nos.mkdir(folder)\n"
        "open(folder + '/x', 'wb').write(bytes(30 << 20))\ntime.sleep(60)"
    )


@case("fine", "", False, together="in_cells_of_their_own")
def leaves_a_process_behind(student):
    return student.append(
        "import subprocess\nsubprocess.Popen(['sleep', '98765'], start_new_session=True, stdout=subprocess.DEVNULL)"
    )


# Code that reaches for points: a wrong answer with a trick stays a wrong answer, and needs no flag to be one


def attack(trick, lost="task", together=None, task=0):
    """Register a trick: a function that makes of a student with a wrong first answer one who tries to hide it."""
    case("fine", lost, False, together=together, task=task)(trick)
    HOSTILE[trick.__name__] = (lambda student: trick(wrong(student))), HOSTILE[trick.__name__][1]
    return trick


# Tricks that may cost other tasks too: their own code meets what was replaced
attack_on_all = partial(attack, lost=None)


@partial(attack, together="tricks")
def monkeypatched_numpy(student):
    return student.insert(
        4, "import numpy\nnumpy.allclose = lambda *a, **k: True\nnumpy.array_equal = lambda *a, **k: True"
    )


@partial(attack_on_all, together="tricks_on_all")
def monkeypatched_python(student):
    return student.append("import builtins\nbuiltins.abs = lambda x: 0.0")


@partial(attack_on_all, together="tricks_on_all")
def own_abs(student):
    return student.append("def abs(x):\n    return 0.0\n\ndef isinstance(*a):\n    return True")


@case("failed", None, True, "does not answer")
def replaced_builtins(student):
    return student.append("__builtins__ = {'abs': lambda x: 0.0}")


@partial(attack_on_all, together="climbers")
def climbs_the_frames_by_a_pattern(student):
    return student.add(
        student.tasks[0],
        "try:\n    raise ValueError\nexcept ValueError as error:\n    match error:\n"
        "        case object(__traceback__=object(tb_frame=object(f_back=object(f_globals=names)))):\n"
        "            names['abs'] = lambda v: 0.0\nreturn 0.0",
    )


@partial(attack_on_all, together="climbers", task=1)
def climbs_the_frames_by_attrgetter(student):
    return student.add(
        student.tasks[0],
        "import operator\ntry:\n    raise ValueError\nexcept ValueError as error:\n"
        "    frame = operator.attrgetter('__traceback__.tb_frame')(error)\n"
        "while frame:\n    frame.f_globals.update(compare=print, lost=lambda *a: '')\n    frame = frame.f_back\n"
        "return 0.0",
    )


@partial(attack_on_all, together="climbers", task=2)
def climbs_the_frames_by_a_formatter(student):
    return student.add(
        student.tasks[0],
        "import string\ntry:\n    raise ValueError\nexcept ValueError as error:\n"
        "    names, _ = string.Formatter().get_field('0.__traceback__.tb_frame.f_back.f_globals', [error], {})\n"
        "names['encoded'] = lambda value, other: 1.0\nreturn 0.0",
    )


@partial(attack_on_all, together="tricks_on_all")
def a_coroutines_frame(student):
    return student.append(
        "async def waiting():\n    pass\nc = waiting()\nc.cr_frame.f_globals['abs'] = lambda x: 0.0\nc.close()"
    )


@partial(attack_on_all, together="tricks_on_all")
def body_of_a_cell_magic(student):
    return student.append("%%time\nimport builtins\nbuiltins.abs = lambda x: 0.0")


@partial(attack_on_all, together="tricks_on_all")
def exec_in_a_line_magic(student):
    return student.append("%time exec('import builtins; builtins.abs = lambda x: 0.0')")


@partial(attack, together="tricks")
def configured_kernel(student):
    return student.append(
        "%config InteractiveShell.ast_node_interactivity = 'none'\n%config InlineBackend.rc = {'a': 1}"
    )


@partial(attack_on_all, together="tricks_on_all")
def code_in_timeit(student):
    return student.append("import timeit\ntimeit.timeit('builtins.abs = lambda x: 0.0', 'import builtins', number=1)")


@partial(attack_on_all, together="tricks_on_all")
def code_in_runstring(student):
    return student.append("np.testing.runstring('import builtins; builtins.abs = lambda x: 0.0', {})")


@partial(attack_on_all, together="tricks_on_all")
def wrapper_of_the_helpers(student):
    return student.append(
        "import functools\nfrom helpers import calculus\n"
        "for name in dir(calculus):\n    each = getattr(calculus, name)\n    if hasattr(each, '__wrapped__'):\n"
        "        functools.update_wrapper(each, lambda *a, **k: 0.0)\n"
        "calculus.complex_step = calculus.numerical_gradient = lambda *a, **k: 0.0"
    )


@partial(attack, together="of_odd_kinds", task=4)
def numbers_that_equal_everything(student):
    return student.insert(
        4,
        "class Any(float):\n    def same(self, *other):\n        return True\n    __eq__ = __le__ = same\n"
        "    def __sub__(self, other):\n        return Any(0)\n    __rsub__ = __sub__",
    ).answer(student.tasks[0], returning(student, "Any(0), Any(0)"))


@partial(attack, together="of_odd_kinds", task=1)
def arrays_that_equal_everything(student):
    return student.insert(
        4,
        "import numpy as np\nclass Anything(np.ndarray):\n    def same(self, *other):\n        return np.True_\n"
        "    __eq__ = __le__ = __sub__ = __rsub__ = __array_ufunc__ = same",
    ).answer(student.tasks[0], returning(student, "np.zeros(x.shape).view(Anything)"))


@partial(attack, together="tricks")
def asserts_taken_out(student):
    return student.insert(
        4,
        "import ast\nclass NoAsserts(ast.NodeTransformer):\n    def visit_Assert(self, node):\n"
        "        return ast.Pass()\nget_ipython().ast_transformers.append(NoAsserts())",
    )


@partial(attack, together="wrong_numbers", task=4)
def a_class_that_pretends(student):
    return student.insert(
        4, "class Number:\n    __class__ = float\n    def __float__(self):\n        return 1.0\n    real = imag = 0.0"
    ).answer(student.tasks[0], returning(student, "Number(), Number()"))


@partial(attack, together="wrong_numbers")
def answers_nan(student):
    return student.answer(student.tasks[0], returning(student, "float('nan'), float('nan')"))


@attack_on_all
def every_word_says_one(student):
    return student.append("from course.border import answering\nanswering.encoded = lambda value, other: [1.0, 1.0]")


@partial(attack, together="more_replies")
def every_answer_is_right(student):
    return student.append(garbage(student, "{'returned': True, 'arguments': [], 'reason': '', 'points': 99}"))


@partial(attack, together="replies")
def replies_of_garbage(student):
    return student.append(garbage(student, "{'returned': {'array': ['float64', [10**9], '']}, 'arguments': []}"))


@partial(attack, together="replies", task=1)
def replies_of_pickles(student):
    return student.append(garbage(student, "{'returned': {'array': ['O', [1], 'gASVAAAA']}, 'arguments': []}"))


@partial(attack, together="replies", task=3)
def replies_of_towers(student):
    tree = "['Rational', 9, 1]"
    return student.append(
        f"tree = {tree}\nfor _ in range(150):\n    tree = ['Pow', {tree}, tree]\n"
        + garbage(student, "{'returned': [{'expression': tree}] * 2, 'arguments': []}")
    )


@partial(attack, together="replies", task=4)
def replies_of_exact_towers(student):
    tree = "['Add', *[['true']] * 10]"
    return student.append(
        f"ten = {tree}\ntower = ['Pow', ten, ['Pow', ten, ten]]\n"
        + garbage(student, "{'returned': [{'expression': tower}] * 2, 'arguments': question['arguments']}")
    )


@partial(attack, together="replies", task=2)
def replies_of_keys_that_collide(student):
    pairs = "[[k * (2**61 - 1), None] for k in range(1, 100_000)]"
    reply = f"{{'returned': {{'dict': {pairs}}}, 'arguments': question['arguments']}}"
    return student.append(garbage(student, reply))


@partial(attack, together="more_replies", task=1)
def replies_of_millions_of_empty_rows(student):
    array = "{'array': ['float64', [15_000_000, 0], '']}"
    return student.append(garbage(student, f"{{'returned': {array}, 'arguments': question['arguments']}}"))


@partial(attack, together="replies", task=5)
def replies_of_an_endless_handle(student):
    return student.append(garbage(student, "{'returned': {'handle': [float('inf'), '\\ud800']}, 'arguments': []}"))


@attack_on_all
def replies_of_another_length(student):
    return student.append(
        "from course.border.channel import Channel\n"
        "Channel.send = lambda self, message: self.connection.sendall((1 << 62).to_bytes(8) + b'{}')"
    )


@attack_on_all
def replies_nested_without_end(student):
    return student.append(
        "from course.border.channel import Channel\ntext = b'[' * 100_000\n"
        "Channel.send = lambda self, message: self.connection.sendall(len(text).to_bytes(8) + text)"
    )


@partial(attack, together="more_replies", task=2)
def calls_back_without_end(student):
    return student.append(replying_to(student, "while True:\n        self.ask({'ask': 0, 'arguments': [1.0]})"))


@partial(attack, together="more_replies", task=3)
def calls_back_what_is_not_there(student):
    return student.append(garbage(student, "self.ask({'ask': -1, 'arguments': [{'handle': [0, 'x']}]})"))


@attack_on_all
def a_thread_that_is_first_at_the_line(student):
    return student.append(
        "import glob, socket, threading, time\n"
        "def first():\n    while not glob.glob('/tmp/grade-*/sockets/tests'):\n        time.sleep(0.001)\n"
        "    with socket.socket(socket.AF_UNIX) as line:\n"
        "        line.connect(glob.glob('/tmp/grade-*/sockets/tests')[0])\n"
        "        while line.recv(1 << 16):\n            line.sendall((2).to_bytes(8) + b'{}')\n"
        "threading.Thread(target=first, daemon=True).start()"
    )


@case("fine", "", False, together="in_cells_of_their_own")
def another_seed(student):
    """The tests take the seed from the release, and no answer of this assignment depends on it."""
    return student.insert(4, "SEED = 7")


@case("fine", "task", False, "found 1 files", together="raising", task=5)
def reads_up_the_tree(student):
    return student.add(
        student.tasks[0],
        "import helpers, pathlib\nroot = pathlib.Path(helpers.__file__).resolve().parents[1]\n"
        "found = [path for kind in ('course/*', 'notebooks', 'tests', '*/work/*') for path in root.glob(kind)]\n"
        "raise ValueError(f'found {len(found)} files')",
    )


@case("fine", "task", False, "Network is unreachable", together="raising", task=4)
def asks_the_network(student):
    return student.add(student.tasks[0], "import socket\nsocket.create_connection(('192.0.2.1', 80), 2)")


@case("fine", "", False, together="in_cells_of_their_own")
def prints_what_it_was_asked(student):
    return student.append("print('\\n'.join(In))")


def garbage(student, reply):
    """Code after which questions about the first function get this reply."""
    return replying_to(student, f"return {reply}")


def replying_to(student, reply):
    """Code after which questions about the first function get this reply, and those about others the one before."""
    return (
        "from course.border.answering import Answers\n"
        "def reply(self, question, honest=Answers.reply):\n"
        f"    if question['call'] != {student.tasks[0]!r}:\n        return honest(self, question)\n    {reply}\n"
        "Answers.reply = reply"
    )


def returning(student, value):
    """The first answer, returning a value whatever it is given."""
    head, _, _ = student.solutions[student.tasks[0]].partition("\n")
    return f"{head}\n    return {value}\n"


KILLS_ITS_PARENT = """import os, signal, time
if TESTED:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(600)  # until the box is gone
"""


def wrapped(name, value):
    """Code that puts another function in the place of one; value: what it returns, of is the first and given its."""
    return f"\n\ndef {name}(*given, of={name}):\n    return {value}\n"


def answer_id(student):
    """grade_id of the first task's answer."""
    return student.tasks[0].replace("_", "-")


def unanswered(student):
    """The student with the first answer's cell as it was released."""
    name = student.tasks[0]
    return student.answer(name, stub_text(answer_cells(read_source(student.assignment))[name]))


def wrong(student):
    """The student with a wrong first answer."""
    return student.add(student.tasks[0], "return 0.0")
