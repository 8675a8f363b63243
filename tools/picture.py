"""Draw the README's moving picture: the live gradient, replayed, then nudged, as Chromium shows it."""

import io
import sys
import tempfile

from PIL import Image

from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
from helpers.steppers.gradient_flow.nodes import nodes_of
from helpers.steppers.gradient_flow.questions import questions_of
from tests.support.jupyter_browser import CHROMIUM, ROOT, chromium
from tests.support.live_pages import html_of

PICTURE = ROOT / ".github/gradient.webp"
CODE = """
u1, u2, c1, c2, w1, w2, b = theta
h1 = tanh(u1 * x + c1)
h2 = tanh(u2 * x + c2)
z = w1 * h1 + w2 * h2 + b
return log(sigmoid(z))"""
SIZE = {"width": 1180, "height": 760}
SHORT, BACK, HOLD = 2, 5, 1200  # frames for an operation or a sum, and for an edge with a factor; milliseconds of rest
FRAME = 80  # milliseconds
MOMENT = "(slider, t) => { slider.value = t; slider.dispatchEvent(new Event('input')); }"


def frames_of(page):
    """Pairs (picture, milliseconds): all steps, then a nudge of u1."""
    card, slider = page.locator(".card"), page.locator(".time input")

    def shot(milliseconds=FRAME):
        return Image.open(io.BytesIO(card.screenshot())).convert("RGB"), milliseconds

    yield shot(HOLD)
    end, forward = float(slider.get_attribute("max")), 12
    asked = questions_of(nodes_of(actor_graph()))  # the edges whose factor is not 1
    for step in range(int(end)):
        parts = BACK if step - forward - 1 in asked else SHORT
        for part in range(parts):
            slider.evaluate(MOMENT, step + part / parts)
            yield shot()
    slider.evaluate(MOMENT, end)
    yield shot(HOLD)
    box = page.locator(".n.p").filter(has=page.locator(".name", has_text="u₁")).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for by in range(2, 31, 2):
        page.mouse.move(x + by, y)
        yield shot()
    page.mouse.up()
    for _ in range(45):
        page.wait_for_timeout(FRAME / 2)
        yield shot()
    yield shot(2 * HOLD)


def main():
    if CHROMIUM is None:
        sys.exit("no chromium on PATH")
    with tempfile.TemporaryDirectory() as folder, chromium(folder) as browser:
        page = browser.new_page(viewport=SIZE)
        page.set_content(html_of(show_gradient_flow(actor_graph(), follow="u1", code=CODE)))
        page.locator(".card").wait_for()
        pictures, times = zip(*frames_of(page), strict=True)
    pictures[0].save(PICTURE, save_all=True, append_images=pictures[1:], duration=times, loop=0, quality=60, method=6)
    print(f"wrote {PICTURE.relative_to(ROOT)}: {len(pictures)} frames, {PICTURE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
