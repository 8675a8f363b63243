"""Code shared by the lessons of Follow the Gradient."""

import logging
import sys

if sys.platform == "emscripten":  # matplotlib announces a short wait there, in red, and at every visit
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
