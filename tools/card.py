"""Draw the card that other places show for a link to the site: the live gradient, as Chromium shows it."""

import sys
import tempfile

from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
from tests.support.jupyter_browser import CHROMIUM, ROOT, chromium

CARD = ROOT / "docs/_static/card.png"
SIZE = {"width": 1200, "height": 630}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 44px 36px; background: #fff; color: #1c2431; font: 30px/1.4 "DejaVu Sans", sans-serif; }}
h1 {{ margin: 0 0 10px; font-size: 58px; line-height: 1.2; }}
p {{ margin: 0 0 26px; }}
.ftg-live .card {{ border: 0; padding: 0; }}
.ftg-live :is(.bar, .say, .panel, details) {{ display: none !important; }}
</style><h1>Follow the Gradient</h1>
<p>How does a network know which way to change each weight? Build the machine, follow one number.</p>{}"""


def main():
    if CHROMIUM is None:
        sys.exit("no chromium on PATH")
    with tempfile.TemporaryDirectory() as folder, chromium(folder) as browser:
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.set_content(PAGE.format(show_gradient_flow(actor_graph(), follow="u1").html()))
        page.locator(".card svg").first.wait_for()
        page.screenshot(path=CARD)
    print(f"wrote {CARD.relative_to(ROOT)}: {CARD.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
