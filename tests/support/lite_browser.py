"""JupyterLite in Chromium: lessons opened and run cell by cell."""

import nbformat

RUN = """async () => {
  const panel = jupyterapp.shell.currentWidget, book = panel.content, ran = [];
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


def open_site(page, site):
    """Open JupyterLite with no notebook in it."""
    page.goto(f"{site}/lab/index.html?reset", wait_until="domcontentloaded")
    page.wait_for_function("() => window.jupyterapp?.shell?.widgets")
    page.evaluate("() => jupyterapp.restored")


def add_notebook(page, name, *sources):
    """Put a notebook into the browser's storage, with one code cell for each source."""
    kernel = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{k}") for k, source in enumerate(sources)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    page.evaluate(
        """([path, content]) => jupyterapp.serviceManager.contents.save(
          path, { path, name: path, type: "notebook", format: "json", content })""",
        [name, notebook],
    )


def open_lesson(page, site, name):
    """Load the page anew with this notebook, and wait until its kernel is ready; returns the notebook's panel."""
    page.goto(f"{site}/lab/index.html?reset&path={name}", wait_until="domcontentloaded")
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length")
    page.wait_for_function("() => jupyterapp.shell.currentWidget.sessionContext.isReady")
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def run_lesson(page):
    """Run all cells, one after the other; returns their ids, seconds and outputs."""
    return page.evaluate(RUN)
