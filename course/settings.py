"""nbgrader's settings: where the steps of the course lie, what a stub looks like, what is run in which order."""

import warnings
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader import api, dbutil
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


def newest_version():
    """The version of a gradebook's tables that a new one is marked with."""
    from alembic.script import ScriptDirectory  # which only a new one needs

    return ScriptDirectory(dbutil.ALEMBIC_DIR).get_current_head()


api.get_alembic_version = newest_version  # nbgrader starts a program for it, which takes a second and must be on PATH
COURSE_ID = "follow-the-gradient"
STUB = "..."


def settings(work):
    """Settings for a course whose steps lie in the folder `work`; the sources are those of the repository."""
    c, work = Config(), Path(work).resolve()
    work.mkdir(parents=True, exist_ok=True)
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
