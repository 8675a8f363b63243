"""Draw the README's picture: the gradient stepper in the middle of its way back, as Chromium shows it."""

import sys
import tempfile
from pathlib import Path

from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
from tests.support.jupyter_browser import CHROMIUM, chromium

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / ".github/stepper.png"
MOMENT = "Backward along h1 → z1"


def main():
    if CHROMIUM is None:
        sys.exit("no chromium on PATH")
    player = show_gradient_flow(actor_graph())
    player.start = next(k for k, caption in enumerate(player.captions) if MOMENT in caption)
    with tempfile.TemporaryDirectory() as folder, chromium(folder) as browser:
        page = browser.new_page(viewport={"width": 876, "height": 1000}, device_scale_factor=2)
        page.set_content(player.html())
        page.locator(".ftg-bar").wait_for()
        page.locator(".ftg-player").screenshot(path=PICTURE)
    print(f"wrote {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
