"""nbgrader's settings for this course: run its commands in the folder of this file.

`make grade` uses the same settings (`course/settings.py`).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from course.settings import settings

c = get_config()  # noqa: F821  (nbgrader defines it)
c.merge(settings(Path(__file__).resolve().parent / "work"))
