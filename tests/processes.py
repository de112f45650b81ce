"""Processes below another one, by Linux' own list."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for its processes")


def children(of: int) -> list[int]:
    """Every process below this one; those that end meanwhile are left out."""
    found: list[int] = []
    for task in Path(f"/proc/{of}/task").glob("*"):
        try:
            below = [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
        for child in below:
            found += [child, *children(child)]
    return found


def browsers(of: int) -> list[int]:
    """The browsers that run below this process: their main processes, without renderers and the like."""
    found = []
    for process in children(of):
        try:
            line = Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            continue
        if b"--type=" not in line and b"--headless" in line:
            found.append(process)
    return found


def connected(port: int) -> bool:
    """Whether somebody has a connection to this TCP port of the machine, by IPv4."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(line[2].endswith(f":{port:04X}") and line[3] == "01" for line in lines)


def kill_browser(of: int, seconds: float = 20) -> None:
    """kill -9 of the browser below this process, waiting for it to come up."""
    until = time.monotonic() + seconds
    while not (found := browsers(of)):
        assert time.monotonic() < until, "no browser runs"
        time.sleep(0.01)
    for process in found:
        os.kill(process, signal.SIGKILL)


def peak_memory(process: "subprocess.Popen[str]") -> int:
    """The most memory that a process had until its end, in kB.

    getrusage() counts what its parent had when it was started, too, which may be more.
    """
    peak = 0
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            continue
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        peak = int(found[1]) if found else peak
        time.sleep(0.02)
    return peak
