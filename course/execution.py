"""Running a submission's cells: output is capped, tests run apart from the student's names, and to their end."""

import math
import secrets

from nbformat.v4 import new_code_cell, new_output
from nbgrader.preprocessors import Execute
from traitlets import Bool, Instance

from course.evidence import fingerprint_code, modules_of, replaced
from course.sandbox import Limits, SandboxedKernel
from course.sources import marks

UNFINISHED = "Unfinished"


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
        self.timeout = self.limits.cell
        self.written, self.cut = 0, 0
        self.modules = modules_of(cell.source for cell in nb.cells if is_test(cell))
        return super().preprocess(nb, resources, km)

    def preprocess_cell(self, cell, resources, index):
        """Run one cell; before the first and after the last, look at the functions that tests rely on."""
        if index == 0:
            self.before = self._printed(fingerprint_code(self.modules))
        self.written = 0
        cell, resources = (self._run_test if is_test(cell) else super().preprocess_cell)(cell, resources, index)
        if index == len(self.nb.cells) - 1:
            after = self._printed(fingerprint_code(self.modules))
            self.nb.metadata["evidence"] = {"replaced": replaced(self.before, after), "cut": self.cut}
        return cell, resources

    def _run_test(self, cell, resources, index):
        source, nonce = cell.source, secrets.token_hex(16)
        cell.source = apart(source, nonce)
        cell, resources = super().preprocess_cell(cell, resources, index)
        cell.source = source
        finished = any(nonce in output.get("text", "") for output in cell.outputs)
        cell.outputs = [output for output in cell.outputs if output.output_type == "error"]
        if not finished and not cell.outputs:
            why = "the test was stopped from inside"
            cell.outputs = [new_output("error", ename=UNFINISHED, evalue=why, traceback=[])]
        return cell, resources

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
        """Keep an output, as long as the cell has not written too much."""
        content = msg["content"]
        self.written += len(content.get("text", "")) + sum(len(str(part)) for part in content.get("data", {}).values())
        if self.written <= self.limits.output or msg["msg_type"] == "error":
            return super().output(outs, msg, display_id, cell_index)
        self.cut += 1
        return None


def is_test(cell):
    """True for a cell of tests that earn points."""
    return cell.cell_type == "code" and bool(marks(cell).get("grade")) and not marks(cell).get("solution")
