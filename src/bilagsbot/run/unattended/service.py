"""Service: what keeps a worker running on each system, as text: systemd's unit, crontab, launchd, Task Scheduler."""

import plistlib
import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = ".config/bilagsbot/worker.env"  # from the home folder on; secrets stand there, never in the texts here

_UNIT = """\
[Unit]
Description=Bilagsbot worker of {name}
StartLimitIntervalSec=0

[Service]
ExecStart={command}
EnvironmentFile=-%h/{environment}
Restart=always
RestartSec=5
KillMode=mixed
TimeoutStopSec=120

[Install]
WantedBy=default.target
"""


def program() -> str:
    """The whole path of the `bilagsbot` program that this process runs from."""
    name = "bilagsbot.exe" if sys.platform == "win32" else "bilagsbot"
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.is_file() else shutil.which("bilagsbot") or str(Path(sys.argv[0]).absolute())


@dataclass(frozen=True)
class Service:
    """The worker of a workspace as a service: `program` and `workspace` are whole paths."""

    program: str
    workspace: Path

    @property
    def name(self) -> str:
        """bilagsbot-FOLDER, with only those signs that every system takes in a name."""
        folder = re.sub(r"[^A-Za-z0-9_.-]+", "-", self.workspace.name).strip("-.")
        return f"bilagsbot-{folder or 'workspace'}"

    @property
    def words(self) -> tuple[str, ...]:
        """The command line."""
        return (self.program, "worker", "--workspace", str(self.workspace))

    def unit(self) -> str:
        """The unit of systemd's user manager; `%h` is the home folder there."""
        first, *rest = (_quoted(word) for word in self.words)
        # Only what follows the program's name may hold variables, so only there is a dollar sign doubled.
        command = " ".join([first, *(word.replace("$", "$$") for word in rest)])
        name = " ".join(self.workspace.name.split()).replace("%", "%%").replace("\\", "\\\\")
        return _UNIT.format(name=name, command=command, environment=ENVIRONMENT)

    def crontab(self) -> str:
        """The line of a crontab, where a percent sign would end the command."""
        file = f'"$HOME/{ENVIRONMENT}"'
        command = f"set -a; [ -r {file} ] && . {file}; exec {shlex.join(self.words)}"
        return "@reboot " + command.replace("%", r"\%")

    def launchd(self) -> str:
        """The property list of a launch agent of macOS."""
        agent = {
            "Label": self.name,
            "ProgramArguments": list(self.words),
            "RunAtLoad": True,
            "KeepAlive": True,
            "ThrottleInterval": 5,  # seconds
            "ExitTimeOut": 120,  # seconds
        }
        return plistlib.dumps(agent, sort_keys=False).decode()

    def schtasks(self) -> str:
        """The line for Windows' prompt; the task starts when its user logs on."""
        run = " ".join(f'\\"{word}\\"' if re.search(r"[\s&^()%]", word) else word for word in self.words)
        return f'schtasks /Create /F /SC ONLOGON /TN "{self.name}" /TR "{run}"'


def _quoted(word: str) -> str:
    """A word of ExecStart: quoted where it must be, without specifiers, and on one line."""
    if re.fullmatch(r"[A-Za-z0-9_@+=:,./-]+", word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"{}"'.format(escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r"))
