"""Keys and mouse on one stepper or explorer, as a reader would use them, while the notebook must hold still."""

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


def step(player):
    """The step that the player shows, from 0; count, slider and picture agree on it."""
    shown = int(player.locator("svg[data-step]").first.get_attribute("data-step"))
    slider, count = player.locator("input[type=range]").input_value(), player.locator(".count").inner_text()
    assert (slider, count) == (str(shown), f"{shown + 1} / {steps(player)}"), f"the picture shows step {shown}"
    return shown


def steps(player):
    return player.locator("tbody tr").count()


def player_answers(page, player):
    """Assert that a frame player steps by every key it promises, from its picture, slider, buttons and boxes."""
    last, captions = steps(player) - 1, player.locator("tbody td:last-child").all_text_contents()
    boxes, parts = (
        player.locator("[data-node]"),
        [player.locator(name) for name in (".stage", "input", ".play", ".next")],
    )
    for target in [*parts, *([boxes.last] if boxes.count() else [])]:
        for keys, expected in [
            (["End"], last),
            (["ArrowLeft"], last - 1),
            (["Home"], 0),
            (["ArrowLeft"], 0),
            (["ArrowRight", "ArrowLeft", "ArrowRight"], 1),
        ]:
            press(page, target, keys)
            assert step(player) == min(expected, last), f"step {step(player)} after {keys} on {target}"
        assert player.locator(".say").inner_text() == captions[step(player)]
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


# A kernel answers in order; a slider that has sent a move holds the next one back until the first is answered.
_ALL_ANSWERED = """async () => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  for (let k = 0; k < 3; k++) {
    await kernel.requestExecute({ code: "", silent: true }).done;
    await new Promise(requestAnimationFrame);
  }
}"""


def explorer_answers(page, board):
    """Assert that every slider and list of an explorer changes its picture, by key and by mouse."""
    for handle in board.locator(".noUi-handle").all():
        _changes(board, lambda handle=handle: press(page, handle, ["ArrowRight", "ArrowRight"]))
        _changes(board, lambda handle=handle: drag(page, handle, -_reach(handle)))
    for choice in board.locator("select").all():
        _changes(board, lambda choice=choice: press(page, choice, ["ArrowDown"]))
        _changes(board, lambda choice=choice: choice.select_option(index=0))


def _reach(handle):
    """How far to drag: 90 pixels, or more than half of the track, which moves a slider of two positions as well."""
    track = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]").bounding_box()
    return max(90, 0.6 * track["width"])


def drag(page, handle, by):
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=4)
    page.mouse.up()


def _changes(board, act):
    picture = board.locator("svg[data-step]")
    board.page.evaluate(_ALL_ANSWERED)
    before = picture.get_attribute("aria-label")
    act()
    expect(picture).not_to_have_attribute("aria-label", before)
