"""Broken and hostile submissions, and what the table must say of each.

An entry is (what is handed in, expected): a function that takes a solved `Student` and returns it, or the file's bytes;
and status, lost ('' none, 'task' the first task's points, None: that or more, or nothing is graded), person, and words
that must stand in the reasons or findings.
"""

import base64
import json
import os
from typing import NamedTuple

import nbformat


class Expected(NamedTuple):
    """One row of the table."""

    status: str
    lost: str | None
    person: bool
    words: str = ""


HOSTILE = {}
ENDLESS = set()  # those that only a limit of time ends


def case(status, lost, person, words="", endless=False):
    """Register a submission with its expected row."""

    def register(make):
        HOSTILE[make.__name__] = make, Expected(status, lost, person, words)
        ENDLESS.update({make.__name__} if endless else ())
        return make

    return register


# What is handed in is no notebook


@case("failed", None, True, "the file is empty")
def nothing(student):
    return b""


@case("failed", None, True, "it has no cells")
def not_a_notebook(student):
    return b'{"title": "my essay"}'


@case("failed", None, True, "not a notebook")
def a_pdf(student):
    return b"%PDF-1.7 \x00\xff" + os.urandom(1000)


@case("failed", None, True, "broken JSON")
def cut_short(student):
    return student.content[:-400]


@case("failed", None, True, "more than 20")
def fifty_megabytes(student):
    return student.append("# " + "x" * (50 << 20)).content


@case("failed", None, True, "not a notebook")
def nested_without_end(student):
    return b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


@case("failed", None, True, "no cell of the released notebook")
def another_notebook(student):
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])).encode()


@case("failed", None, True, "can be read")
def sources_that_are_numbers(student):
    raw = student.raw
    for cell in raw["cells"]:
        cell["source"] = 5
    return json.dumps(raw).encode()


# Saved by another program, or damaged on the way


@case("fine", "", False, "old notebook format 4.4")
def old_minor_format(student):
    raw = student.raw | {"nbformat_minor": 4}
    for cell in raw["cells"]:
        del cell["id"]
    return json.dumps(raw).encode()


@case("fine", "", True, "answers found by their function's name")
def format_three(student):
    for cell in student.notebook.cells:
        cell.metadata = {}
    return json.dumps(nbformat.convert(student.notebook, 3)).encode()


@case("fine", "", False)
def windows_line_ends(student):
    for cell in student.notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    return student.content.replace(b"\n", b"\r\n")


@case("fine", "", False)
def with_byte_order_mark(student):
    return b"\xef\xbb\xbf" + student.content


@case("fine", "", True, "not in UTF-8")
def in_latin_1(student):
    student.append("# déjà vu")
    return json.dumps(student.raw, ensure_ascii=False).encode("latin-1", errors="replace")


@case("fine", "", False, "asks for the kernel 'julia-1.9'")
def another_kernel(student):
    student.notebook.metadata["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia", "language": "julia"}
    return student


@case("fine", "", False, "metadata was gone")
def metadata_stripped(student):
    for cell in student.notebook.cells:
        cell.metadata = {}
    return student


@case("fine", "", True, "answers found by their function's name")
def ids_and_metadata_stripped(student):
    for k, cell in enumerate(student.notebook.cells):
        cell.metadata, cell.id = {}, f"x{k}"
    return student


@case("fine", "", True, "an attachment is named '/etc/passwd'")
def absolute_path_attachment(student):
    text = next(cell for cell in student.notebook.cells if cell.cell_type == "markdown")
    text["attachments"] = {"/etc/passwd": {"image/png": base64.b64encode(b"x").decode()}}
    return student


# Cells deleted, copied, moved, edited


@case("fine", "task", True, "was deleted, and put back")
def answer_deleted(student):
    return student.delete(answer_id(student))


@case("fine", "", False, "its function was found in another cell")
def answer_in_another_cell(student):
    student.insert(student.notebook.cells.index(student.cell(answer_id(student))), student.solutions[student.tasks[0]])
    return student.delete(answer_id(student))


@case("fine", "", False, "appears 2 times")
def helper_in_a_copy_of_a_locked_cell(student):
    check = f"check-{answer_id(student)}"
    student.duplicate(check).notebook.cells[student.notebook.cells.index(student.cell(check)) + 1].source = "half = 0.5"
    return student.append("assert half == 0.5")


@case("fine", "", True, "")
def written_answer_in_a_cell_below(student):
    place = next(k for k, cell in enumerate(student.notebook.cells) if cell.id.startswith("written-"))
    student.notebook.cells.insert(place + 1, nbformat.v4.new_markdown_cell("Rounding grows as h falls."))
    return student


@case("fine", "", False, "was deleted, and put back")
def tests_deleted(student):
    for tests in student.tests.values():
        for name in tests:
            student.delete(name)
    return student


@case("fine", "", False, "appears 2 times")
def answer_copied(student):
    return student.duplicate(answer_id(student))


@case("fine", "", False, "appears 2 times")
def test_copied(student):
    return student.duplicate(student.tests[student.tasks[0]][0])


@case("fine", "", False, "cells were moved")
def cells_moved(student):
    student.notebook.cells.append(student.notebook.cells.pop(3))
    return student


@case("fine", "task", True, "was edited")
def tests_edited(student):
    for name in student.tests[student.tasks[0]]:
        student.cell(name).source = "print('all tests passed')"
    return wrong(student)


@case("fine", "", True, "seed was edited")
def seed_edited(student):
    student.cell("seed").source = "SEED = 5"
    return student


# Code that does not end, or ends too early


@case("fine", "task", False, "SyntaxError")
def syntax_error(student):
    return student.answer(student.tasks[0], f"def {student.tasks[0]}(x)\n    return x")


@case("fine", "task", True, "was stopped after", endless=True)
def endless_loop(student):
    return student.add(student.tasks[0], "while True:\n    pass")


@case("failed", None, True, "could not be stopped", endless=True)
def will_not_be_interrupted(student):
    return student.append(
        "import time\nwhile True:\n    try:\n        time.sleep(1)\n    except KeyboardInterrupt:\n        pass"
    )


@case("failed", None, True, "kernel died")
def exit_from_the_process(student):
    return student.add(student.tasks[0], "import os\nos._exit(0)")


@case("fine", "task", False, "SystemExit")
def system_exit(student):
    return student.add(student.tasks[0], "raise SystemExit(0)")


@case("fine", "task", True, "StdinNotImplementedError")
def asks_for_input(student):
    return student.add(student.tasks[0], "input('which method? ')")


@case("fine", "task", False, "test-")
def error_that_hides_itself(student):
    student.insert(4, "class Hidden(Exception):\n    def _render_traceback_(self):\n        raise KeyboardInterrupt")
    return student.add(student.tasks[0], "raise Hidden")


# Code that takes too much


@case("failed", None, True, "", endless=True)
def forks_without_end(student):
    return student.append("import os\nwhile True:\n    os.fork()")


@case("fine", "", False)
def a_gigabyte(student):
    return student.append("import numpy as np\nbig = np.ones(1 << 27)")


@case("failed", None, True, "MB of memory")
def gigabytes_piece_by_piece(student):
    return student.append("import time\nbig = [b'x' * (1 << 28) for _ in range(9)]\ntime.sleep(60)")


@case("fine", "", False, "No module named 'helpers.nothing'")
def imports_what_is_not_there(student):
    return student.append("import helpers.nothing")


@case("fine", "", False, "raised MemoryError")
def ten_gigabytes_at_once(student):
    return student.append("big = bytearray(10 << 30)")


@case("fine", "", False)
def prints_while_it_is_tested(student):
    return student.add(student.tasks[0], "print('x' * 400_000)")


@case("fine", "", False, "output of a cell was cut")
def three_hundred_megabytes_of_output(student):
    return student.append("for _ in range(300):\n    print('x' * 1_000_000)")


@case("fine", "", True, "uses open")
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


@case("fine", "", True, "imports subprocess")
def leaves_a_process_behind(student):
    return student.append(
        "import subprocess\nsubprocess.Popen(['sleep', '98765'], start_new_session=True, stdout=subprocess.DEVNULL)"
    )


# Code that reaches for points


@case("fine", "task", True, "replaced numpy.allclose")
def monkeypatched_numpy(student):
    student.insert(4, "import numpy\nnumpy.allclose = lambda *a, **k: True\nnumpy.array_equal = lambda *a, **k: True")
    return wrong(student)


@case("fine", None, True, "replaced builtins.abs")
def monkeypatched_python(student):
    student.insert(4, "import builtins\nbuiltins.abs = lambda x: 0.0")
    return wrong(student)


@case("fine", None, True, "defines its own abs")
def own_abs(student):
    student.insert(4, "def abs(x):\n    return 0.0")
    return wrong(student)


@case("fine", "task", True, "uses .tb_frame")
def climbs_the_frames_by_a_pattern(student):
    return student.add(
        student.tasks[0],
        "try:\n    raise ValueError\nexcept ValueError as error:\n    match error:\n"
        "        case object(__traceback__=object(tb_frame=object(f_back=object(f_globals=names)))):\n"
        "            names['abs'] = lambda v: 0.0\n1 / 0",
    )


@case("fine", None, True, "replaced numpy.asarray")
def replaced_while_it_is_tested_and_put_back(student):
    student.insert(4, "import numpy as library\nkept = library.asarray")
    student.add(student.tasks[0], "library.asarray = lambda *a, **k: 0.0\n1 / 0")
    return student.append("library.asarray = kept")


@case("fine", None, True, "sets SEED")
def another_seed(student):
    return student.insert(4, "SEED = 7")


@case("fine", "task", True, "uses get_ipython")
def asserts_taken_out(student):
    student.insert(
        4,
        "import ast\nclass NoAsserts(ast.NodeTransformer):\n    def visit_Assert(self, node):\n"
        "        return ast.Pass()\n"
        "get_ipython().ast_transformers.append(NoAsserts())",
    )
    return wrong(student)


@case("fine", "task", True, "imports pathlib")
def reads_up_the_tree(student):
    return student.add(
        student.tasks[0],
        "import helpers, pathlib\nroot = pathlib.Path(helpers.__file__).resolve().parents[1]\n"
        "found = [path for kind in ('course', 'notebooks', 'tests', '*/work/*') for path in root.glob(kind)]\n"
        "raise ValueError(f'found {len(found)} files')",
    )


@case("fine", "task", True, "Network is unreachable")
def asks_the_network(student):
    return student.add(student.tasks[0], "import socket\nsocket.create_connection(('192.0.2.1', 80), 2)")


@case("fine", "", True, "uses _ih")
def prints_the_hidden_tests(student):
    student.append("print('\\n'.join(In))")
    return student.append("print(_ih[-4:])")


def answer_id(student):
    """grade_id of the first task's answer."""
    return student.tasks[0].replace("_", "-")


def wrong(student):
    """The student with a wrong first answer."""
    return student.add(student.tasks[0], "return 0.0")
