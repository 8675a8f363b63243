"""JupyterLite in Chromium: a site on a loopback port, lessons opened and run cell by cell, all requests noted."""

import functools
import http.server
import threading
from contextlib import contextmanager

RUN = """async () => {
  const panel = jupyterapp.shell.currentWidget, book = panel.content, ran = [];
  for (const [k, cell] of book.widgets.entries()) {
    if (cell.model.type !== "code") continue;
    book.activeCellIndex = k;
    const begun = performance.now();
    await jupyterapp.commands.execute("notebook:run-cell");
    const waits = () => cell.model.sharedModel.getSource().trim() && cell.model.executionState === "running";
    while (waits()) await new Promise((then) => setTimeout(then, 5));
    ran.push({
      id: cell.model.id,
      seconds: (performance.now() - begun) / 1000,
      outputs: cell.model.outputs.toJSON(),
    });
  }
  return ran;
}"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word, and to pages of other ports as well, as a public place does."""

    def log_message(self, *words):
        pass

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


@contextmanager
def served(folder):
    """Serve a folder on a loopback port; yields its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def open_lesson(page, site, name, app="lab"):
    """Open a lesson of a JupyterLite site, and wait until its kernel is ready."""
    page.goto(f"{site}/{app}/index.html?path={name}", wait_until="domcontentloaded")
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length")
    page.wait_for_function("() => jupyterapp.shell.currentWidget.sessionContext.isReady")


def run_lesson(page):
    """Run all cells, one after the other; returns their ids, seconds and outputs."""
    return page.evaluate(RUN)
