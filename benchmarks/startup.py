"""How long a person waits for the command line, against a Python that does nothing.

All are started in turns; the table gives the median seconds, and the ratio of the medians to bare Python.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bilagsbot.cli.init import make_workspace

ROUNDS = 11
PROGRAM = str(Path(sys.executable).with_name("bilagsbot"))
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "bilagsbot --help": [PROGRAM, "--help"],
    "bilagsbot check --help": [PROGRAM, "check", "--help"],
    "bilagsbot items": [PROGRAM, "items"],
    "bilagsbot check": [PROGRAM, "check"],
}


def main() -> None:
    """Print the table; `check` reads the workspace that `init` makes: 2 bots, 54 rows."""
    took: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "ws"
        make_workspace(workspace)
        for _ in range(ROUNDS):
            for name, command in COMMANDS.items():
                began = time.perf_counter()
                subprocess.run(command, cwd=workspace, check=True, stdout=subprocess.DEVNULL)
                took[name].append(time.perf_counter() - began)
    bare = statistics.median(took["python -c pass"])
    for name, seconds in took.items():
        median = statistics.median(seconds)
        print(f"{name:24} {median:6.3f} s  {median / bare:5.1f} times bare Python")


if __name__ == "__main__":
    main()
