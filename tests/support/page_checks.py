"""What a reader with a keyboard, a narrow screen, a dark theme or weak eyes needs: checks of our outputs on a page."""

from axe_playwright_python.base import AXE_SCRIPT

OURS = ".ftg-live, .ftg-figure"
# All rules run; of what they let pass nothing is written down, and nothing comes back.
_VIOLATIONS = """async (texts) => {
  axe.configure({ rules: [{ id: "color-contrast", selector: texts }] });
  const { violations } = await axe.run({ include: [["[data-checked]"]] }, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html }) => `${id} (${impact}): ${help}: ${html.slice(0, 200)}`));
}"""
TEXTS = ".ftg-live :is(p, label, button, select, summary, th, td, .count, .name, output), .ftg-figure > figcaption"

# Luminance and contrast as in WCAG 2: the text's colour against the nearest background that is not transparent.
_CONTRAST = """texts => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = colour => {
    const [r, g, b] = parts(colour).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor, [, , , alpha = 1] = parts(colour);
      if (alpha > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return texts.map(element => {
    const ink = getComputedStyle(element).color, paper = ground(element);
    const [low, high] = [luminance(ink), luminance(paper)].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    return contrast < 4.5 ? `${contrast.toFixed(2)} (${ink} on ${paper}): ${element.textContent.slice(0, 60)}` : null;
  }).filter(Boolean);
}"""

# Only a picture may scroll sideways: nothing sticks out of an output, and nothing around an output scrolls.
_TOO_WIDE = """outputs => outputs.flatMap(output => {
  const scrolls = ".stage, .code, details, figure > div", found = [];
  const right = output.getBoundingClientRect().right + 1;
  for (const element of output.querySelectorAll("*:not(svg *)")) {
    const held = element.parentElement.closest(scrolls);
    if (!held && element.getBoundingClientRect().right > right) found.push(element);
  }
  for (let around = output.parentElement; around && !around.matches(".jp-Notebook"); around = around.parentElement)
    if (!around.matches(scrolls) && around.scrollWidth > Math.max(around.clientWidth, 1) + 1) found.push(around);
  return found.map(element => `${element.tagName} ${element.className}: ${element.textContent.slice(0, 60)}`);
})"""

# Texts of the picture itself, and of the axes that matplotlib has drawn into an embedded image.
_SMALL = """pictures => pictures.flatMap(picture => {
  const scale = picture.getScreenCTM().a, sizes = new Map();
  const size = text => parseFloat(getComputedStyle(text).fontSize);
  for (const text of picture.querySelectorAll("text")) sizes.set(text.textContent, size(text));
  for (const image of picture.querySelectorAll("image")) {
    const drawn = decodeURIComponent(image.href.baseVal.split(",")[1]);
    for (const [, size] of drawn.matchAll(/font(?:-size)?: ?([0-9.]+)px/g)) sizes.set(`axes in ${size} px`, +size);
  }
  return [...sizes].map(([text, size]) => [size * scale, text])
    .filter(([size]) => size < 9).map(([size, text]) => `${size.toFixed(1)} px: ${text}`);
})"""

# Through all steps of each player: texts that cover each other or stick out of their box.
_COVERED = """players => players.flatMap(player => {
  const slider = player.querySelector("input[type=range]"), found = new Set(), first = slider.value;
  for (let step = 0; step <= +slider.max; step++) {
    slider.value = step;
    slider.dispatchEvent(new Event("input"));
    const picture = player.querySelector("svg[data-step]").getBoundingClientRect();
    const texts = [...player.querySelectorAll("svg text")];
    const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()]);
    boxes.forEach(([text, a], i) => {
      const frame = texts[i].closest("[data-node]")?.querySelector("rect").getBoundingClientRect() ?? picture;
      if (a.left < frame.left - 1 || a.right > frame.right + 1) found.add(`too wide: ${text}`);
      for (const [other, b] of boxes.slice(0, i)) {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 3) found.add(`step ${step}: ${other} and ${text}`);
      }
    });
  }
  slider.value = first;
  slider.dispatchEvent(new Event("input"));
  return [...found];
})"""

# The smallest text of a matplotlib figure is 11 pt; its PNG holds 130 dots per inch (lesson.mplstyle).
_SMALL_IN_FIGURE = """images => images.map(image => [image.width / image.naturalWidth * 130 / 72 * 11, image.alt])
  .filter(([size]) => size < 9).map(([size, alt]) => `${size.toFixed(1)} px: ${alt.slice(0, 60)}`)"""


def settled(page):
    """Let every output of ours be seen that sleeps out of sight, and wait until none changes its size."""
    page.evaluate(
        """async (ours) => {
          const parts = [...document.querySelectorAll(ours)];
          const sizes = () => parts.map(part => [part.offsetWidth, part.offsetHeight]).join();
          for (const part of parts) {
            if (part.checkVisibility({ contentVisibilityAuto: true })) continue;
            part.scrollIntoView();
            for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);  // one was drawn by then
          }
          for (let still = 0, before = ""; still < 6; await new Promise(requestAnimationFrame)) {
            const now = sizes();
            still = now === before ? still + 1 : 0;
            before = now;
          }
        }""",
        OURS,
    )


def axe_violations(page, selector=OURS, texts="*"):
    """What axe-core objects to in the outputs that match (there must be one), a line for each element.

    texts: a selector of those whose contrast it looks at.
    """
    page.locator(selector).evaluate_all("outputs => outputs.forEach(output => output.dataset.checked = '')")
    if page.evaluate("() => !window.axe"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(_VIOLATIONS, texts)


def low_contrast(panel):
    """Texts of our outputs whose contrast with their background is below 4.5."""
    return panel.locator(TEXTS).evaluate_all(_CONTRAST)


def too_wide(panel):
    """Elements of our outputs that would make the page scroll sideways."""
    return panel.locator(OURS).evaluate_all(_TOO_WIDE)


def small_text(panel):
    """Texts in our pictures that appear smaller than 9 px."""
    figures = panel.locator("figure:has(> figcaption) img").evaluate_all(_SMALL_IN_FIGURE)
    return figures + panel.locator(OURS).locator("svg[viewBox][data-step]").evaluate_all(_SMALL)


def covered_text(panel):
    """Texts that lie on each other or stick out of their box, in any step of any stepper."""
    return panel.locator("[data-kind=frames]").evaluate_all(_COVERED)
