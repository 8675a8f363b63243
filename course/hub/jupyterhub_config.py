"""JupyterHub on loopback with a teacher and two students, to try and to test the course; no hub for a class.

    FTG_HUB_ROOT=/some/empty/folder python -m jupyterhub -f course/hub/jupyterhub_config.py

One system user runs everything (simple spawner), and one password lets all three in (dummy authenticator). Everything
that is written goes below FTG_HUB_ROOT. More of the environment, each with a default: FTG_HUB_PASSWORD;
FTG_HUB_EXCHANGE, `ngshare` or `folder`; FTG_HUB_PROXY, the command of the proxy; FTG_HUB_PORT, and the ports of the
parts, FTG_HUB_API_PORT, FTG_HUB_PROXY_PORT, FTG_HUB_NGSHARE_PORT.
"""

import contextlib
import os
import secrets
import shlex
import socket
import sys
from pathlib import Path

TEACHER, STUDENTS = "teacher", {"alice", "bob"}
PYTHON_PROXY = [sys.executable, "-c", "from configurable_http_proxy.cli import main; main()"]
HERE = Path(__file__).resolve().parent
root = Path(os.environ["FTG_HUB_ROOT"]).resolve()
exchange = os.environ.get("FTG_HUB_EXCHANGE", "ngshare")
password = os.environ.get("FTG_HUB_PASSWORD") or secrets.token_urlsafe(16)


def addresses(*parts):
    """Addresses of the parts of the hub on loopback, at ports that the environment names, or at free ones."""
    with contextlib.ExitStack() as listening:  # all at once, so that no port is given twice
        listeners = [listening.enter_context(socket.socket()) for _ in parts]
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        free = [listener.getsockname()[1] for listener in listeners]
    ports = [os.environ.get(f"FTG_HUB_{part}PORT") or port for part, port in zip(parts, free, strict=True)]
    return [f"http://127.0.0.1:{port}" for port in ports]


public, api, proxy, ngshare = addresses("", "API_", "PROXY_", "NGSHARE_")
c = get_config()  # noqa: F821  (JupyterHub defines it)
c.JupyterHub.bind_url = public
c.JupyterHub.hub_bind_url = api
c.JupyterHub.db_url = f"sqlite:///{root / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(root / "cookie_secret")
c.JupyterHub.tornado_settings = {"slow_spawn_timeout": 0}  # the answer does not wait until a server has started
c.ConfigurableHTTPProxy.api_url = proxy
c.ConfigurableHTTPProxy.command = shlex.split(os.environ.get("FTG_HUB_PROXY", "")) or PYTHON_PROXY
c.ConfigurableHTTPProxy.pid_file = str(root / "proxy.pid")

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = password
c.Authenticator.allowed_users = {TEACHER, *STUDENTS}

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(root / "homes" / "{username}")
c.Spawner.start_timeout = c.Spawner.http_timeout = 300  # seconds: on a busy machine it may take them
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--LanguageServerManager.autodetect=False"]  # else each server starts npm to look for some
c.Spawner.args += ["--allow-root"] if os.getuid() == 0 else []
c.Spawner.environment = {
    "FTG_HUB_ROOT": str(root),
    "FTG_HUB_TEACHER": TEACHER,
    "JUPYTER_CONFIG_PATH": str(HERE),  # nbgrader_config.py beside this file
    "TMPDIR": os.environ.get("TMPDIR", ""),
}

if exchange == "ngshare":
    c.Spawner.environment["FTG_NGSHARE"] = f"{public}/services/ngshare"
    database, storage = f"sqlite:///{root / 'ngshare.sqlite'}", str(root / "ngshare")
    command = [sys.executable, str(HERE / "ngshare_on_loopback.py"), "--admins", TEACHER]
    command += ["--database", database, "--storage", storage]
    environment = {"FTG_HUB_ROOT": str(root)}
    service = {"name": "ngshare", "url": ngshare, "command": command, "environment": environment}
    c.JupyterHub.services = [service]
else:
    c.Spawner.environment["FTG_EXCHANGE"] = str(root / "exchange")

if "FTG_HUB_PASSWORD" not in os.environ:
    print(f"{public} for {TEACHER}, {', '.join(sorted(STUDENTS))}; password: {password}", flush=True)
