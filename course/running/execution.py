"""Running a submission's cells: output is capped, tests run apart from the student's names, and to their end."""

import math
import secrets

from nbformat.v4 import new_code_cell, new_output
from nbgrader.preprocessors import Execute
from traitlets import Bool, Instance

from course.authoring.sources import grade_id, marks
from course.running.fingerprint import fingerprint_code, modules_of, replaced
from course.running.sandbox import Limits, SandboxedKernel

UNFINISHED = "Unfinished"
WHOLE = 8  # cells' worth of output that a notebook may keep in all


def apart(source, nonce):
    """A test's source, run on the student's names with Python's own laid over them; prints the nonce at its end."""
    whole = f"{source}\n__import__('builtins').print({nonce!r})"
    return f"__import__('builtins').exec({whole!r}, {{**globals(), **vars(__import__('builtins'))}})"


class WatchedExecute(Execute):
    """nbgrader's Execute, in the sandbox, with evidence of tampering left in the notebook's metadata as `evidence`."""

    sandboxed = Bool(True, help="Whether the kernel runs in bubblewrap.").tag(config=True)
    limits = Instance(Limits, args=(), help="What a submission may use.").tag(config=True)
    store_widget_state = False

    def preprocess(self, nb, resources, km=None):
        """Run all cells."""
        if self.sandboxed:
            self.kernel_manager_class = type("Kernel", (SandboxedKernel,), {"limits": self.limits})
        self.timeout = self.iopub_timeout = self.limits.cell  # the latter: for what is printed and still on its way
        self.written, self.in_all, self.cut, self.nonce = 0, 0, 0, ""
        self.seed = "".join(cell.source + "\n" for cell in nb.cells if grade_id(cell) == "seed")
        self.code = fingerprint_code(modules_of(cell.source for cell in nb.cells if is_test(cell)))
        nb.metadata["evidence"] = {"replaced": [], "cut": 0}
        return super().preprocess(nb, resources, km)

    def preprocess_cell(self, cell, resources, index):
        """Run one cell; before and after each test, and at the end, look at the functions that tests rely on."""
        if index == 0:
            self.before = self._printed(self.code)
        if is_test(cell):
            self._compare()
            self._run_test(cell, index)
            self._compare()
        else:
            self.written = 0
            cell, resources = super().preprocess_cell(cell, resources, index)
        if index == len(self.nb.cells) - 1:
            self._compare()
        shorten_errors(cell, self.limits.output)
        return cell, resources

    def _compare(self):
        known = self.nb.metadata["evidence"]["replaced"]
        known += [name for name in replaced(self.before, self._printed(self.code)) if name not in known]

    def _run_test(self, cell, index):
        source, self.nonce, self.written = cell.source, secrets.token_hex(16), 0
        cell.source = apart(self.seed + source, self.nonce)
        self.execute_cell(cell, index, store_history=False)
        cell.source = source
        finished = any(self.nonce in output.get("text", "") for output in cell.outputs)
        self.nonce = ""
        cell.outputs = [output for output in cell.outputs if output.output_type == "error"]
        if not finished and not cell.outputs:
            why = "the test did not run to its end, and raised nothing"
            cell.outputs = [new_output("error", ename=UNFINISHED, evalue=why, traceback=[])]

    def _printed(self, code):
        self.written = -math.inf  # what is looked at here is not cut
        cell = new_code_cell(code)
        self.nb.cells.append(cell)
        try:
            self.execute_cell(cell, len(self.nb.cells) - 1, store_history=False)
        finally:
            self.nb.cells.remove(cell)
        return "".join(output.get("text", "") for output in cell.outputs)

    def output(self, outs, msg, display_id, cell_index):
        """Keep an output, as long as the cell, and the notebook, have not written too much."""
        size, content = len(str(msg["content"])), msg["content"]
        looked_at = self.written == -math.inf or (self.nonce and self.nonce in content.get("text", ""))
        self.written += size
        fits = self.written <= self.limits.output and self.in_all + size <= WHOLE * self.limits.output
        if not (looked_at or fits or msg["msg_type"] == "error"):
            self.cut += 1
            self.nb.metadata["evidence"]["cut"] = self.cut
            return None
        self.in_all += 0 if looked_at else size
        return super().output(outs, msg, display_id, cell_index)


def shorten_errors(cell, most):
    """Cut what errors say to a length that a page can hold."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            output.evalue = output.evalue[:2000]
            output.traceback = [line[: most // 50] for line in output.traceback[:50]]


def is_test(cell):
    """True for a cell of tests that earn points."""
    return cell.cell_type == "code" and bool(marks(cell).get("grade")) and not marks(cell).get("solution")
