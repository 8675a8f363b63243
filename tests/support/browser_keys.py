"""Keys and mouse on one stepper or explorer, as a reader would use them, while the notebook must hold still."""

from itertools import product

from playwright.sync_api import expect


def notebook_state(page):
    """The notebook's own cells, selection and mode: a key that an output answers must leave them alone."""
    return page.evaluate(
        """() => {
          const content = window.jupyterapp?.shell.currentWidget?.content;
          return content && [content.activeCellIndex, content.mode,
                             content.widgets.map(cell => [cell.model.id, content.isSelected(cell)])];
        }"""
    )


def press(page, target, keys):
    """Focus the target, press the keys one after the other, and see that the notebook has not answered them."""
    target.focus()
    before = notebook_state(page)
    for key in keys:
        page.keyboard.press(key)
    assert notebook_state(page) == before, f"Jupyter took one of {keys}"


SHOWN = """player => {
  const all = selector => [...player.querySelectorAll(selector)];
  return [+all("svg[data-step]")[0].dataset.step, all("input[type=range]").map(slider => slider.value),
          all(".count").map(count => count.innerText), all("tbody tr").length];
}"""


def step(player):
    """The step that the player shows, from 0; count, slider and picture agree on it."""
    shown, sliders, counts, rows = player.evaluate(SHOWN)
    assert (sliders, counts) == ([str(shown)], [f"{shown + 1} / {rows}"]), f"the picture shows step {shown}"
    return shown


def steps(player):
    return player.locator("tbody tr").count()


def player_answers(page, player):
    """Assert that a frame player steps by every key it promises, from its picture, slider, buttons and boxes."""
    last, captions = steps(player) - 1, player.locator("tbody td:last-child").all_text_contents()
    boxes, parts = player.locator("[data-node]"), list(map(player.locator, (".stage", "input", ".play", ".next")))
    for target in [*parts, *([boxes.last] if boxes.count() else [])]:
        target.focus()
        before = notebook_state(page)
        moves = [(["End"], last), (["ArrowLeft"], last - 1), (["Home"], 0), (["ArrowLeft"], 0)]
        for keys, expected in [
            *(moves if target in parts[:2] else []),  # buttons and boxes leave all keys to what is around them
            (["Home", "ArrowRight", "ArrowLeft", "ArrowRight"], 1),
        ]:
            for key in keys:
                page.keyboard.press(key)
            shown = step(player)
            assert shown == min(expected, last), f"step {shown} after {keys} on {target}"
        assert notebook_state(page) == before, f"Jupyter took a key from {target}"
        assert player.locator(".say").inner_text() == captions[shown]
    if boxes.count():
        _boxes_answer(page, player, boxes)


def _boxes_answer(page, player, boxes):
    note = player.locator(".note")
    for here, key, there in [(0, "ArrowDown", 1), (1, "ArrowUp", 0), (0, "ArrowUp", boxes.count() - 1)]:
        there %= boxes.count()
        press(page, boxes.nth(here), [key])
        expect(boxes.nth(there)).to_be_focused()
        assert note.inner_text() == boxes.nth(there).get_attribute("aria-label")
    before = step(player)
    press(page, boxes.nth(there), ["ArrowRight", "b", "ArrowRight"])
    expect(boxes.nth(there)).to_be_focused()
    assert step(player) == min(before + 2, steps(player) - 1)
    assert note.inner_text() == boxes.nth(there).get_attribute("aria-label")
    assert player.locator("[data-node][tabindex='0']").count() == 1


def explorer_answers(page, explorer):
    """Assert that every slider, choice and switch of an explorer changes what it says, by its own keys."""
    for control in sorted(explorer.locator(".control").all(), key=lambda control: not control.locator("input").count()):
        slider, radios = control.locator("input"), control.locator("[role=radio]")
        if slider.count():
            _says(page, explorer, slider, "ArrowRight")
        elif radios.count():
            _says(page, explorer, control.locator("[role=radio][tabindex='0']"), "ArrowRight")
        else:
            _says(page, explorer, control.locator("[role=switch]"), " ")
    reset = explorer.locator(".reset")
    reset.click()
    expect(reset).to_have_attribute("aria-disabled", "true")


def _says(page, explorer, control, key):
    said, before = explorer.locator(".say"), explorer.locator(".say").inner_text()
    press(page, control, [key])
    expect(said).not_to_have_text(before)


# The place, if it shows an empty part of the output that was not clicked before.
ON_NOTHING = """(output, [u, v]) => {
  output.scrollIntoView();
  const { left, top, width, height } = output.getBoundingClientRect(), x = left + u * width, y = top + v * height;
  const part = document.elementFromPoint(x, y), taken = "button, input, summary, [data-node], .n, .plane, .weight";
  if (!part || !output.contains(part) || part.closest(taken) || part.clicked) return null;
  part.clicked = true;
  return [x, y];
}"""


def keeps_the_keys(page, output):
    """Assert that after a click on any empty part of an output the arrow keys do not move the notebook."""
    clicks, after = 0, None
    for place in product((0.01, 0.3, 0.5, 0.7, 0.99), (0.02, 0.25, 0.5, 0.75, 0.98)):
        point = output.evaluate(ON_NOTHING, place)
        if point:
            page.mouse.click(*point)
            before = after or notebook_state(page)  # the first click makes its cell the active one
            clicks += 1
            for key in ("ArrowDown", "j"):  # both would move it down
                page.keyboard.press(key)
            after = notebook_state(page)
            assert after == before, f"Jupyter moved after a click at {place}: {before[:2]} to {after[:2]}"
    return clicks
