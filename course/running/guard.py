"""Ending what a submission started, and watching what no limit of the kernel's own bounds."""

import os
import signal
import threading

import psutil


def end(pid):
    """Kill a process and all below it."""
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for process in reversed(family):
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue


class Guard:
    """Watches, while a kernel runs, what no limit of its own bounds: files beside its sockets, the memory of all."""

    def __init__(self, folder, limits):
        self.folder, self.limits, self.complaint = folder, limits, ""
        folder.mkdir()
        self.over = threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def __exit__(self, *error):
        self.over.set()
        self.thread.join()
        return False

    def _watch(self):
        while not self.over.wait(0.2):
            try:
                self.complaint = self.complaint or self.seen()
            except (OSError, psutil.Error):  # a file or process went while it was looked at: look again
                continue
            if self.complaint:
                for child in psutil.Process().children():
                    end(child.pid)

    def seen(self):
        """What is too much, in words, or ''."""
        entries = list(os.scandir(self.folder))
        wrote = len(entries) > 100 or any(entry.is_dir(follow_symlinks=False) for entry in entries)
        if wrote or sum(map(size, entries)) > 1 << 20:
            return "it wrote beside the kernel's sockets"
        own = psutil.Process()
        if own.memory_info().rss > self.limits.memory:
            return "it wrote more output than there is memory"
        family = own.children(recursive=True)
        most = self.limits.memory
        too_much = sum(map(memory, family)) > most and sum(map(share_of_memory, family)) > most
        return f"it used more than {most >> 20} MB of memory" if too_much else ""


def size(entry):
    """Bytes of a file, 0 when it is gone."""
    try:
        return entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:
        return 0


def memory(process):
    """Bytes that a process holds, 0 when it has ended."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def share_of_memory(process):
    """Bytes that a process holds, what several hold together divided among them; slower to tell than `memory`."""
    try:
        return process.memory_full_info().pss
    except (psutil.Error, AttributeError):  # not ours to look into, or a system that does not tell
        return memory(process)


def processor_time():
    """Seconds of the processor that all below this process have used, those that have ended among them."""
    return sum(map(used_by, psutil.Process().children(recursive=True)))


def used_by(process):
    """Seconds of the processor that a process, and those below it that have ended, have used."""
    try:
        return sum(process.cpu_times()[:4])
    except psutil.Error:
        return 0
