"""nbgrader's Autograde in a private course, and what its notebook says of lost points."""

import nbformat

from course.authoring.sources import grade_id

KNOWN = {
    "DeadKernelError": "the kernel died",
    "CellTimeoutError": "a cell ran out of time and could not be stopped",
    "UnresponsiveKernelError": "a cell ran out of time and could not be stopped",
}


def autograded(job, notebook, folder, guard):
    """Run nbgrader's Autograde in a private course; returns (failure, points of graded cells, notebook as it ran)."""
    from nbgrader.api import Gradebook
    from nbgrader.converters import Autograde
    from nbgrader.utils import compute_checksum

    from course.settings import course_directory, settings

    name, student = job.assignment, job.student
    path = folder / "submitted" / student / name
    path.mkdir(parents=True)
    (path / f"{name}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    (folder / "gradebook.db").write_bytes(job.database)
    config = settings(folder)
    config.CourseDirectory.assignment_id, config.CourseDirectory.student_id = name, student
    config.WatchedExecute.limits, config.WatchedExecute.sandboxed = job.limits, job.sandboxed
    config.KernelManager.transport, config.KernelManager.ip = "ipc", str(guard.folder / "k")
    directory = course_directory(config)
    if job.seed is not None:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            cell = gradebook.find_source_cell("seed", name, name)
            seeded = next(each for each in notebook.cells if grade_id(each) == "seed")
            cell.source, cell.checksum = seeded.source, compute_checksum(seeded)
            gradebook.db.commit()
    met = []

    class Converter(Autograde):  # nbgrader logs what went wrong, and raises something else
        def convert_single_notebook(self, path):
            try:
                super().convert_single_notebook(path)
            except Exception as error:
                met.append(error)
                raise

    failure = ""
    with guard:
        try:
            Converter(coursedir=directory, config=config).start()
        except (Exception, SystemExit) as error:
            cause = met[0] if met else error
            failure = KNOWN.get(type(cause).__name__) or short(f"nbgrader met {type(cause).__name__}: {cause}")
    result = folder / "autograded" / student / name / f"{name}.ipynb"
    if failure or not result.exists():
        return failure or "nbgrader left no notebook", {}, None
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        grades = gradebook.find_submission(name, student).notebooks[0].grades
        points = {g.name: (None if g.needs_manual_grade else g.auto_score, g.max_score) for g in grades}
    return "", points, nbformat.read(result, as_version=4)


def reasons_in(notebook, points):
    """({test cell: why it failed}, names of cells that ran out of time, {other cell: the error it raised})."""
    reasons, slow, broken = {}, [], {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type != "error":
                continue
            name = grade_id(cell) or "own cell"
            text = f"{output.ename}: {output.evalue}".removeprefix("AssertionError: ").strip(": ")
            if output.ename == "CellTimeoutError":
                slow.append(name)
            elif name not in points:
                broken.setdefault(name, short(text))
            if name in points:
                reasons.setdefault(name, short(text))
    return reasons, slow, broken


def not_answered(notebook, release, failed):
    """Those of the failed test cells whose answer cell is as it was released."""
    stubs = {cell.id: cell.source for cell in release.cells if "exercise" in cell.metadata}
    found, stub = [], False
    for cell in notebook.cells:
        if cell.id in stubs:
            stub = cell.source.strip() == stubs[cell.id].strip()
        elif stub and grade_id(cell) in failed:
            found.append(grade_id(cell))
    return found


def answered_below(notebook, release, points):
    """Written tasks that were left as they were, with a text cell of the student's own below them: for a person."""
    released, ids = by_name(release), {each.id for each in release.cells}
    for cell, following in zip(notebook.cells, notebook.cells[1:], strict=False):
        name = grade_id(cell)
        unchanged = name in points and cell.cell_type == "markdown" and cell.source == released[name].source
        if unchanged and grade_id(following) is None and following.cell_type == "markdown":
            if following.id not in ids and following.source.strip():
                yield name


def by_name(notebook):
    """The cells that nbgrader knows, by grade_id."""
    return {grade_id(cell): cell for cell in notebook.cells if grade_id(cell)}


def short(text):
    """A text on one line of a table."""
    return " ".join(text.split())[:300]
