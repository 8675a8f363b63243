"""The sandbox: the kernel of a submission inside bubblewrap, with limits.

It sees, read-only, the system's programs and libraries, this Python environment, `helpers` and `course.border`; it may
write into memory (a small /tmp and home) and into the folder of its own sockets. It sees no other file (no gradebook,
no hidden test, no other submission), no network and no other process.
"""

import glob
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from traitlets import Instance

from course.authoring.sources import ROOT

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "fonts", "localtime")  # below /etc
HOME = "/home/student"
FONTS = "/tmp/matplotlib"
USERS = 200_000  # under root, each submission runs as a user of its own from here on, who owns nothing


@dataclass(frozen=True)
class Limits:
    """What a submission may use."""

    cell: int = 30  # seconds, for one cell
    wall: int = 300  # seconds, in all
    memory: int = 2 << 30  # bytes, of all its processes
    file: int = 64 << 20  # bytes, of one file
    files: int = 128 << 20  # bytes, of all files in one of its folders
    output: int = 500_000  # characters, of one cell: a picture takes some 200,000
    processes: int = 64


class NoSandbox(RuntimeError):
    """bubblewrap is missing or does not work here."""


def check_sandbox(*kept):
    """Raise NoSandbox, with what to do, unless bubblewrap can start a program here that does not see these folders."""
    for folder in (ROOT, *kept):
        refuse_in_sight(Path(folder).resolve())
    needed = ("bwrap", "prlimit", "setpriv")
    missing = [program for program in needed if shutil.which(program) is None]
    if missing:
        raise NoSandbox(f"{', '.join(missing)} not found. On Debian or Ubuntu: apt install bubblewrap util-linux.")
    trial = subprocess.run([*box(Limits()), "true"], capture_output=True, encoding="utf-8")
    if trial.returncode:
        raise NoSandbox(f"bubblewrap does not work here: {trial.stderr.strip()}")


def pythons():
    """Folders of this Python and its environment."""
    return list(dict.fromkeys([os.path.realpath(sys.base_prefix), sys.base_prefix, sys.prefix]))


def refuse_in_sight(folder):
    """Raise NoSandbox if a folder lies in one of the system's or of Python's, which each box shows."""
    for shown in (*SYSTEM, *pythons()):
        if folder.is_relative_to(os.path.realpath(shown)):
            raise NoSandbox(f"{folder} lies in {shown}, which every submission can read: move it somewhere else.")


def box(limits, writable=()):
    """The command line that runs what follows it in the sandbox; writable: folders bound read-write."""
    refuse_in_sight(ROOT)
    apart = "--unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup-try".split()
    command = [shutil.which("bwrap") or "bwrap", *apart, "--die-with-parent", "--new-session", "--clearenv"]
    for folder in SYSTEM:
        if os.path.islink(folder):
            command += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            command += ["--ro-bind", folder, folder]
    command += parents("/etc/fonts")
    for name in SETTINGS:
        command += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    command += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/tmp", "/dev/shm", HOME):
        command += [*parents(folder), "--perms", "1777", "--size", str(limits.files), "--tmpfs", folder]
    command += ["--perms", "0777", "--dir", FONTS]
    for folder in dict.fromkeys([*pythons(), str(ROOT / "helpers"), str(ROOT / "course" / "border")]):
        command += [*parents(folder), "--ro-bind", folder, folder]
    debugger = find_spec("debugpy")  # ipykernel imports it where it is, for a sixth of what a kernel's start takes
    for folder in debugger.submodule_search_locations if debugger else []:
        command += ["--tmpfs", folder, "--remount-ro", folder]
    for cached in glob.glob(str(font_cache() / "fontlist*.json")):  # matplotlib needs seconds to make it
        command += ["--ro-bind", cached, f"{FONTS}/{Path(cached).name}"]
    for folder in writable:
        command += [*parents(folder), "--bind", folder, folder]
    for name, value in environment().items():
        command += ["--setenv", name, value]
    command += ["--chdir", HOME]
    inside = ["prlimit", f"--as={2 * limits.memory}", f"--fsize={limits.file}", f"--cpu={limits.wall}", "--core=0"]
    inside += [f"--nproc={limits.processes}"]
    if os.getuid() == 0:  # root keeps no power in the box, and a number of processes that binds
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        user = USERS + os.getpid() % 100_000  # processes are counted by user: no submission takes another's
        inside += ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs"]
    return [*command, "--", *inside]


def parents(path):
    """Options that make the folders above a path in the box, so that everybody may pass through them."""
    above = [str(folder) for folder in Path(path).parents if str(folder) not in ("/", "/tmp")]
    return [option for folder in reversed(above) for option in ("--perms", "0755", "--dir", folder)]


def environment():
    """Environment of a kernel: nothing of the teacher's."""
    return {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "HOME": HOME,
        "USER": "student",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "MPLBACKEND": "Agg",
        "FTG_MINE": "off",  # no engine that a student has built is read, and none is written
        "MPLCONFIGDIR": FONTS,
        "IPYTHONDIR": f"{HOME}/.ipython",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def font_cache():
    """The folder in which matplotlib keeps its list of fonts, made if need be."""
    import matplotlib

    if not glob.glob(f"{matplotlib.get_cachedir()}/fontlist*.json"):
        import matplotlib.font_manager
    return Path(matplotlib.get_cachedir())


class SandboxedKernel(AsyncKernelManager):
    """Starts the kernel of a notebook in the box."""

    limits = Instance(Limits, args=())

    def __init__(self, **options):
        super().__init__(**options)
        if self.transport != "ipc":
            raise RuntimeError("the sandbox has no network: grade with `make grade`, which sets the transport to ipc")
        self.sockets = os.path.dirname(self.ip)  # with the transport 'ipc', ip is how the paths of sockets begin
        self.connection_file = os.path.join(self.sockets, "connection.json")

    def format_kernel_cmd(self, extra_arguments=None):
        """The kernel's command line, inside the sandbox."""
        if os.getuid() == 0:
            os.chmod(self.sockets, 0o777)
            os.chmod(self.connection_file, 0o644)
        return [*box(self.limits, [self.sockets]), *super().format_kernel_cmd(extra_arguments)]

    @property
    def kernel_spec(self):
        """The kernel's description; it is interrupted by a message, since no signal reaches into the box."""
        spec = super().kernel_spec
        spec.interrupt_mode = "message"
        return spec
