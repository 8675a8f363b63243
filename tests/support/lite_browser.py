"""JupyterLite in Chromium: lessons opened and run cell by cell."""

RUN = """async (sources) => {
  const book = jupyterapp.shell.currentWidget.content, ran = [];
  for (const source of sources) book.model.sharedModel.addCell({ cell_type: "code", source });
  for (const [k, cell] of book.widgets.entries()) {
    if (cell.model.type !== "code") continue;
    book.activeCellIndex = k;
    const begun = performance.now();
    await jupyterapp.commands.execute("notebook:run-cell");
    ran.push({
      id: cell.model.id,
      seconds: (performance.now() - begun) / 1000,
      outputs: cell.model.outputs.toJSON(),
    });
  }
  return ran;
}"""


def open_lesson(page, site, name):
    """Load the page anew with this notebook, and wait until its kernel is ready; returns the notebook's panel."""
    page.goto(f"{site}/lab/index.html?reset&path={name}", wait_until="domcontentloaded")
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length")
    page.wait_for_function("() => jupyterapp.shell.currentWidget.sessionContext.isReady")
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def run_lesson(page, *sources):
    """Run all cells, one after the other, and then new ones with these sources; returns ids, seconds and outputs."""
    return page.evaluate(RUN, sources)
