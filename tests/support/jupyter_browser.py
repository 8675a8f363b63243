"""JupyterLab on a loopback port and Debian's Chromium, for browser tests, benchmark and the README's picture."""

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first takes least
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --font-render-hinting=none"
).split()
OVERRIDES = {  # no news over the page, no saving behind the test's back
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}
IDLE = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
PATIENCE = 120_000  # milliseconds that a busy machine has for whatever a page is to do
expect.set_options(timeout=PATIENCE)
WIDE = {"width": 1300, "height": 1000}
NARROW = {"width": 800, "height": 1000}


@dataclass(frozen=True)
class Server:
    """A running server: its address, its token and the folder that it serves."""

    url: str
    token: str
    work: Path

    def address(self, path):
        return f"{self.url}/{path}?reset&token={self.token}"


def copy_of_the_work_tree(folder):
    """Copy what a notebook reads, bytecode too, so that no test changes the repository."""
    for name in ("helpers", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


def write_notebook(path, *sources):
    """Write a notebook with one code cell for each source."""
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{k}") for k, source in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


@contextmanager
def jupyter_server(home, base=""):
    """Start JupyterLab (which serves Notebook 7 as well) with all its folders below `home`; yields a `Server`.

    base: the path at which it is served, such as "/user/x".
    """
    work, token = copy_of_the_work_tree(home / "work"), secrets.token_hex(16)
    (home / "config/labconfig").mkdir(parents=True)
    (home / "config/labconfig/default_setting_overrides.json").write_text(json.dumps(OVERRIDES), encoding="utf-8")
    (home / "config/labconfig/page_config.json").write_text(
        '{"buildCheck": false}', encoding="utf-8"
    )  # which asks Node
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "IPYTHONDIR": "ipython",
        "PYTHONPATH": "work",
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    environment |= {name: str(home / folder) for name, folder in folders.items()} | {"JUPYTER_PREFER_ENV_PATH": "1"}
    options = [
        "--no-browser", "--allow-root", "--expose-app-in-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={work}",
        f"--ServerApp.base_url={base}/",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--LanguageServerManager.autodetect=False",  # asks Node, too
    ]  # fmt: skip
    with (home / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=log, stderr=log
        )
    try:
        url = f"http://127.0.0.1:{port}{base}"
        _wait_until_up(f"{url}/api/status?token={token}", process, home / "server.log")
        yield Server(url, token, work)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_up(address, process, log, seconds=PATIENCE / 1000):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + seconds
    while True:
        try:
            direct.open(address, timeout=2).close()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}") from error
        time.sleep(0.1)


@contextmanager
def chromium(home):
    """Start Chromium without a window; yields Playwright's browser."""
    environment = os.environ | {"XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=environment)
        try:
            yield browser
        finally:
            browser.close()


def watched_page(context):
    """Open a page that collects console errors and uncaught exceptions in `page.problems`.

    Not exceptions in which JupyterLab's own scripts are alone: it may miss a notebook being closed, or a kernel.
    """
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: _jupyters_own(error) or page.problems.append(f"{error}\n{error.stack}"))
    return page


def _jupyters_own(error):
    lines = [line.strip() for line in (error.stack or "").splitlines()]
    frames = [line for line in lines if line.startswith("at ") and not line.endswith("(<anonymous>)")]  # built in
    return bool(frames) and all(re.search(r"/(static/(lab|notebook)|lab/extensions)/", frame) for frame in frames)


def open_lab(page, server):
    page.goto(server.address("lab"), wait_until="domcontentloaded")
    page.wait_for_function("() => window.jupyterapp?.shell?.widgets", polling=100)
    page.evaluate("() => jupyterapp.restored")


def wait_for_the_kernel(page):
    """Wait until it has nothing to do; asking in every frame, as Playwright would, makes the browser draw each."""
    page.wait_for_function(IDLE, polling=100)


def open_notebook(page, path, run=True, kernel=False):
    """Open a notebook in JupyterLab in place of the one that is open, and run all its cells; returns its panel.

    kernel: whether one is started for a notebook that is not run.
    """
    page.evaluate(
        """async ([path, shouldStart]) => {
          const { commands, shell } = jupyterapp;
          for (const widget of [...shell.widgets("main")]) {
            await widget.sessionContext?.shutdown();
            widget.dispose();
          }
          await commands.execute("docmanager:open", { path, kernelPreference: { shouldStart } });
          await shell.currentWidget.context.ready;
        }""",
        [str(path), run or kernel],
    )
    if run or kernel:
        wait_for_the_kernel(page)
    if run:
        page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        wait_for_the_kernel(page)
    return page.locator(PANEL)


def run_cell(page, index):
    """Run one cell of the open notebook."""
    page.evaluate(
        """async (index) => {
          jupyterapp.shell.currentWidget.content.activeCellIndex = index;
          await jupyterapp.commands.execute("notebook:run-cell");
        }""",
        index,
    )
    wait_for_the_kernel(page)


def save(page, path):
    """Save the open notebook; returns it as it then is at the path."""
    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    return nbformat.read(path, as_version=4)
