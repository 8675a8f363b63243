"""nbgrader's settings: where the steps of the course lie, what a stub looks like, what is run in which order."""

import os
import shutil
import sys
import warnings
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as steps
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from course.authoring.sources import SOURCE, UNANSWERED
from course.marks import pages

warnings.filterwarnings("ignore", module="nbgrader")  # SQLAlchemy 2.1 warns of how nbgrader adds its rows


class NotByNbgrader(steps.NbGraderPreprocessor):
    """Refuses `nbgrader autograde`: hidden tests are not in the notebook, so it would give all points to everybody."""

    def preprocess(self, nb, resources):
        """Raise."""
        raise RuntimeError("this course is graded by `make grade`: its hidden tests are not in the notebook")


COURSE_ID = "follow-the-gradient"
STUB = "..."


def settings(work):
    """Settings for a course whose steps lie in the folder `work`; the sources are those of the repository."""
    c, work = Config(), Path(work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    if shutil.which("alembic") is None:  # nbgrader calls it by name
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    c.CourseDirectory.course_id = COURSE_ID
    c.CourseDirectory.root = str(work)
    c.CourseDirectory.source_directory = str(SOURCE)
    for step in ("release", "submitted", "autograded", "feedback"):
        c.CourseDirectory[f"{step}_directory"] = step
    c.CourseDirectory.db_url = f"sqlite:///{work / 'gradebook.db'}"
    c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc"]
    c.ClearSolutions.code_stub = {"python": STUB}
    c.ClearSolutions.text_stub = UNANSWERED
    c.Autograde.sanitize_preprocessors = [NotByNbgrader]
    c.HTMLExporter.sanitize_html = True  # what students write is shown to a teacher, and must not run there
    c.HTMLExporter.filters = {"markdown2html": pages.text, "clean_html": pages.output}
    c.GenerateFeedback.preprocessors = [steps.GetGrades, CSSHTMLHeaderPreprocessor]
    return c


def course_directory(config):
    """nbgrader's view of the folders in these settings."""
    return CourseDirectory(config=config)
