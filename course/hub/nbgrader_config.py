"""nbgrader's settings on the hub of this folder: where homework is exchanged, and where the teacher's course lies."""

import os
import sys
from pathlib import Path

user = os.environ["JUPYTERHUB_USER"]
c = get_config()  # noqa: F821  (nbgrader defines it)
c.CourseDirectory.course_id = "follow-the-gradient"

if user == os.environ["FTG_HUB_TEACHER"]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from course.settings import settings

    c.merge(settings(Path.home() / "course"))

if "FTG_NGSHARE" in os.environ:
    from ngshare_exchange import configureExchange

    configureExchange(c, os.environ["FTG_NGSHARE"])
else:
    c.Exchange.root = os.environ["FTG_EXCHANGE"]
    c.ExchangeCollect.check_owner = False  # one system user owns everything here; on a real hub this stays on
    if user != os.environ["FTG_HUB_TEACHER"]:
        c.CourseDirectory.student_id = user  # on a real hub nbgrader takes the name of the system user
