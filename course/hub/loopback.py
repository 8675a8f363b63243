"""Start the hub of this folder, use it as its users do, and leave no process behind."""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import requests

CONFIG = Path(__file__).with_name("jupyterhub_config.py")
STOPPED_BY_ITSELF = 30  # seconds


def until(condition, seconds, what):
    """Ask until the answer is true, and return it; TimeoutError after so many seconds."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.1)
    return answer


class LoopbackHub:
    """A hub that runs inside a `with` block and writes below one folder only. exchange: `ngshare` or `folder`."""

    def __init__(self, root, exchange, proxy=""):
        self.root, self.log, self.password = Path(root), Path(root) / "hub.log", secrets.token_urlsafe(16)
        for folder in ("homes", "tmp", "exchange"):
            (self.root / folder).mkdir()
        (self.root / "exchange").chmod(0o777)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
        own = {"ROOT": str(self.root), "EXCHANGE": exchange, "PROXY": proxy, "PASSWORD": self.password}
        self.environment = kept | {f"FTG_HUB_{name}": value for name, value in own.items()}
        self.environment |= {"HOME": str(self.root), "TMPDIR": str(self.root / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])

    def __enter__(self):
        command = [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)]
        options = {"cwd": self.root, "env": self.environment, "start_new_session": True}
        heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # by which the hub ends what it has started
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=heard, **options)
        try:
            until(self.running, 300, "start of the hub")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def running(self):
        """True when the hub answers; RuntimeError with the end of its log when it has ended."""
        if self.process.poll() is not None:
            raise RuntimeError(f"the hub ended with exit code {self.process.returncode}:\n{self.tail()}")
        return b"JupyterHub is now running" in self.log.read_bytes()

    def tail(self):
        """The last lines of the log of the hub and of all that it has started."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:])

    @property
    def url(self):
        """Address of the hub."""
        line = next(line for line in self.log.read_text("utf-8").splitlines() if "is now running at" in line)
        return line.split(" at ")[-1].strip().rstrip("/")

    def processes(self):
        """All that the hub has started, and itself: the processes whose environment names its folder."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("FTG_HUB_ROOT") == str(self.root):
                    found.append(process)
        return found

    def stop(self):
        """End the hub in good order, then whatever is left of it by force."""
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOPPED_BY_ITSELF)
        for process in self.processes():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self.process.wait()
        until(lambda: not self.processes(), 60, "end of the hub's processes")


class HubUser:
    """Somebody who has logged in, with a token of the own account."""

    def __init__(self, hub, name):
        self.hub, self.name, self.home = hub, name, hub.root / "homes" / name
        self.session = requests.Session()
        with requests.Session() as browser:
            form = {"username": name, "password": hub.password}
            browser.get(f"{hub.url}/hub/login").raise_for_status()
            browser.post(f"{hub.url}/hub/login", data=form, params=self.xsrf(browser), allow_redirects=False)
            browser.get(f"{hub.url}/hub/home").raise_for_status()
            answer = browser.post(f"{hub.url}/hub/api/users/{name}/tokens", json={}, params=self.xsrf(browser))
            answer.raise_for_status()
        self.session.headers["Authorization"] = f"token {answer.json()['token']}"

    @staticmethod
    def xsrf(browser):
        """What a form of the hub sends beside its fields."""
        return {"_xsrf": browser.cookies.get("_xsrf", path="/hub/")}

    def ask(self, method, path, **options):
        """An answer of the hub at a path, whatever its status."""
        return self.session.request(method, f"{self.hub.url}/{path}", timeout=120, **options)

    def do(self, method, path, **options):
        """The JSON that the user's own server answers; RuntimeError when it reports a failure."""
        answer = self.ask(method, f"user/{self.name}/{path}", **options)
        content = answer.json() if answer.ok else {"success": False}
        if isinstance(content, dict) and not content.get("success", True):
            what = f"{method} {path} for {self.name}: {answer.status_code} {answer.text}"
            raise RuntimeError(f"{what}\n{self.hub.tail()}")
        return content

    def start_server(self):
        """Have the hub start the user's server."""
        self.ask("POST", f"hub/api/users/{self.name}/server").raise_for_status()

    def server_ready(self):
        """True when the user's server has started; RuntimeError when it has failed to."""
        server = self.ask("GET", f"hub/api/users/{self.name}").json()["servers"].get("")
        if not server:
            raise RuntimeError(f"the server of {self.name} did not start:\n{self.hub.tail()}")
        return server["ready"]
