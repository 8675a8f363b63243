"""Feedback for students: their notebook as it ran, with points and reasons, without the source of hidden tests."""

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from course.authoring.sources import HIDDEN, hidden_tests, marks

LONG = 20


class WithoutHiddenTests(NbGraderPreprocessor):
    """Takes hidden tests out of a graded notebook: their source, tracebacks that quote it, output that repeats it."""

    def preprocess(self, nb, resources):
        """Clean all cells."""
        lines = {line.strip() for cell in nb.cells for line in hidden_tests(cell).splitlines()}
        secrets = {line for line in lines if len(line) >= LONG}
        flagged = nb.metadata.pop("flagged", False)
        for cell in nb.cells:
            if cell.cell_type == "code" and flagged and not marks(cell).get("locked") and cell.outputs:
                cell.outputs = [new_output("stream", text="(output is not shown: a person looks at this submission)\n")]
            if cell.cell_type == "code":
                cell.source = HIDDEN.sub("# (hidden tests)\n", cell.source)
                cell.outputs = [cleaned(output, secrets, bool(marks(cell).get("grade"))) for output in cell.outputs]
        return nb, resources


def cleaned(output, secrets, is_test):
    """An output without a test's traceback, and without lines of hidden tests."""
    if output.output_type == "error" and is_test:
        output.traceback = [f"{output.ename}: {output.evalue}"]
    text = str(output)
    if any(secret in text or repr(secret)[1:-1] in text for secret in secrets):
        return type(output)(output_type="stream", name="stdout", text="(output removed: it repeated hidden tests)\n")
    return output
