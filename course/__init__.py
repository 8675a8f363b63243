"""For teachers: the homework's sources, the students' versions made from them, and the grading."""

import os

os.environ["FTG_MINE"] = "off"  # whatever is released or graded, no engine of anybody's is read or written
