"""Running a submission's cells in a sandboxed kernel, with its output capped."""

import asyncio
import re
from functools import partial

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import ValidationError
from nbformat.v4 import new_output

from course.authoring.sources import grade_id, is_test
from course.running.sandbox import SandboxedKernel, environment

WHOLE = 8  # cells' worth of output that a notebook may keep in all
OUT_OF_TIME = "CellTimeoutError"
# Said in a way that leaves no name among the student's.
READY = """
__import__("course.border.answering").border.answering.Kept(get_ipython())
"""
REMEMBER = """__import__("course.border.answering").border.answering.remember(
    {place!r}, __import__("IPython").get_ipython().user_ns
)"""
PICTURES = "image/png", "image/jpeg"


class Stopped(RuntimeError):
    """The notebook could not be run to its end, with the reason in words."""


class Stuck(Stopped):
    """A cell took the kernel with it; cell: its grade_id, "" for a student's own."""

    def __init__(self, cell, why):
        super().__init__(f"{cell or 'a cell of their own'} {why}")
        self.cell = cell


class Submission(NotebookClient):
    """A kernel that has been started for one submission, and runs its cells."""

    def __init__(self, limits, sockets, sandboxed):
        kernel = partial(SandboxedKernel, limits=limits) if sandboxed else AsyncKernelManager
        super().__init__(
            None,
            km=kernel(kernel_name="python3", transport="ipc", ip=str(sockets / "k")),
            timeout=limits.cell,
            iopub_timeout=limits.cell,
            raise_on_iopub_timeout=True,
            interrupt_on_timeout=True,
            error_on_timeout={"ename": OUT_OF_TIME, "evalue": "", "traceback": []},
            allow_errors=True,
            store_widget_state=False,
            record_timing=False,
            on_cell_executed=noted,
        )
        self.limits, self.sandboxed, self.written, self.in_all, self.cut = limits, sandboxed, 0, 0, 0
        self.at = ""
        self.owns_km = False

    def start(self, modules=()):
        """Start the kernel, and let it import what the notebook will need; Stopped when it does not start."""
        try:
            self.start_new_kernel(**({"env": environment()} if self.sandboxed else {}))
            self.start_new_kernel_client()
            self.say(READY + "".join(f"__import__({name!r})\n" for name in modules))
        except Exception as error:
            raise Stopped(f"the kernel did not start: {type(error).__name__}: {error}") from error

    def run(self, notebook):
        """Run all cells, whatever they raise; Stopped when that is not possible."""
        self.nb = notebook
        try:
            self.execute()
        except CellTimeoutError as error:
            raise Stuck(self.at, "ran out of time and could not be stopped") from error
        except DeadKernelError as error:
            raise Stuck(self.at, "ended: the kernel died") from error
        except Exception as error:  # the client raises whatever it meets on the channels
            raise Stopped(f"{type(error).__name__}: {error}") from error

    def say(self, code):
        """Have the kernel run this code, whose output nobody reads; returns at once, with the request's number."""

        async def request():
            return self.kc.execute(code, silent=True, store_history=False)

        return run_sync(request)()

    def replied(self, request, seconds):
        """True if the kernel has done what it was asked to, in so many seconds at most."""

        async def waited():
            while True:
                message = await self.kc.get_shell_msg()
                if message["parent_header"].get("msg_id") == request:
                    return

        async def waited_so_long():
            await asyncio.wait_for(waited(), seconds)

        try:
            run_sync(waited_so_long)()
        except TimeoutError:
            return False
        return True

    async def async_execute_cell(self, cell, cell_index, *arguments, **options):
        """Run one cell; what the names stand for where a test stands is remembered."""
        self.written, self.at = 0, grade_id(cell) or ""
        cell = await super().async_execute_cell(cell, cell_index, *arguments, **options)
        for output in map(plain, cell.get("outputs", [])):
            if output.output_type == "error":  # cut what it says to a length that a page can hold
                output.evalue = output.evalue[:2000]
                output.traceback = [line[: self.limits.output // 50] for line in output.traceback[:50]]
        if is_test(cell):
            self.kc.execute(REMEMBER.format(place=self.at), silent=True, store_history=False)
        return cell

    def output(self, outs, msg, display_id, cell_index):
        """Keep an output, as long as the cell, and the notebook, have not written too much."""
        if not self._fits(msg) and msg["msg_type"] != "error":
            return None
        try:
            made = super().output(outs, msg, display_id, cell_index)
        except ValidationError:  # content of a kind that no output has
            return None
        return made if made is None else plain(made)

    def _update_display_id(self, display_id, msg):
        """Put other content in the place of an output, each of them counted."""
        places = sum(map(len, self._display_id_map.get(display_id, {}).values()))
        if msg["msg_type"] != "update_display_data" or all(self._fits(msg) for _ in range(places)):
            super()._update_display_id(display_id, msg)

    def _fits(self, msg):
        """True while the cell, and the notebook, have not written too much."""
        size = len(str(msg["content"]))
        self.written += size
        fits = self.written <= self.limits.output and self.in_all + size <= WHOLE * self.limits.output
        self.cut += not fits
        self.in_all += size if fits else 0
        return fits


def plain(output):
    """An output as a page may show it: without metadata, which templates do not quote; pictures are base64 alone."""
    if "metadata" in output:
        output.metadata = {}
    for kind, content in list(output.get("data", {}).items()):
        text = "".join(content) if isinstance(content, list) and all(isinstance(c, str) for c in content) else content
        as_text = kind.startswith(("text/", "image/")) or kind == "application/javascript"
        if as_text and not isinstance(text, str):
            del output.data[kind]
        elif kind in PICTURES:
            output.data[kind] = re.sub(r"[^A-Za-z0-9+/=]", "", text)
    return output


def noted(cell, cell_index, execute_reply):
    """Note the error of a cell that ran out of time, or that the kernel replied and sent none as output."""
    content = execute_reply["content"]
    if content["status"] != "error":
        return
    if content["ename"] == OUT_OF_TIME:  # the interrupt, which is none of the student's
        cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
    if not any(output.output_type == "error" for output in cell.outputs):
        said = {"ename": content["ename"], "evalue": content["evalue"], "traceback": content["traceback"]}
        cell.outputs.append(new_output("error", **said))
