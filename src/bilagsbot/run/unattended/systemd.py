"""systemd's user manager: whether it answers, and a worker's unit put into it."""

import shutil
import subprocess
from pathlib import Path

from bilagsbot.model.errors import BadInput, BilagsbotError, Mistake, writable
from bilagsbot.run.unattended.service import Service

PATIENCE = 60  # seconds for one command; the manager answers at once or not at all


class NoService(BilagsbotError):
    """systemd did not take the unit."""


def reachable() -> bool:
    """Whether a user manager answers; in containers and over `su` there often is none."""
    return shutil.which("systemctl") is not None and not _refusal("show", "--property=Version")


def install(service: Service, home: Path) -> Path:
    """Write the unit, enable it and start it anew; gives the unit's file.

    Raises BadInput where another workspace has the unit of this name, Unwritable, and NoService.
    """
    file = home / ".config" / "systemd" / "user" / f"{service.name}.service"
    text = service.unit()
    with writable(str(file)):
        if file.exists() and _of_whom(file.read_text(encoding="utf-8")) != _of_whom(text):
            what = "this is the worker of another workspace, whose folder has the same name."
            raise BadInput([Mistake(str(file), what, "Rename this workspace's folder, or remove that worker first.")])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for words in (("daemon-reload",), ("enable", "--now", file.name)):
        if said := _refusal(*words):
            raise NoService(f"systemd does not take the worker: {said} (systemctl --user {' '.join(words)})")
    return file


def _of_whom(unit: str) -> str:
    """The workspace in a unit's command; the program before it may have moved."""
    line = next((line for line in unit.splitlines() if line.startswith("ExecStart=")), "")
    return line.partition(" --workspace ")[2]


def _refusal(*words: str) -> str:
    """What `systemctl --user` says against it; nothing where it did it."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            ["systemctl", "--user", *words],  # noqa: S607 - the machine's own
            capture_output=True, text=True, timeout=PATIENCE, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else " ".join(done.stderr.split()) or f"exit code {done.returncode}"
