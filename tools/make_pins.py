"""Renew the pinned versions: resolve with the newest releases, for every platform, and write them to pyproject.toml.

The pins stand there as uv constraints, so that `uv run`, `make` and an installation for users agree on one list.
"""

import re
import subprocess
from pathlib import Path

PROJECT = Path("pyproject.toml")
BLOCK = re.compile(r"constraint-dependencies = \[\n.*?^\]\n", re.S | re.M)


def newest() -> list[str]:
    """`name==version` of every package that any platform needs."""
    unpinned = BLOCK.sub("", PROJECT.read_text(encoding="utf-8"))
    folder = Path(".bilagsbot") / "pins"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(unpinned, encoding="utf-8")
    command = ["uv", "pip", "compile", "--universal", "--no-annotate", "--no-header", "--no-emit-index-url",
               "--all-extras", "--group", "dev", "pyproject.toml"]  # fmt: skip
    # In a folder of its own: uv would take the pins of this project as constraints.
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    lines = (line.partition(";") for line in done.stdout.splitlines() if "==" in line and "'never'" not in line)
    # A package that dropped our oldest Python comes in two versions, the older first; that one serves all.
    pins: dict[str, str] = {}
    for pin, _, _ in lines:
        pins.setdefault(pin.partition("==")[0], pin.strip())
    return sorted(pins.values())


if __name__ == "__main__":
    pins = "".join(f'    "{pin}",\n' for pin in newest())
    text = BLOCK.sub(f"constraint-dependencies = [\n{pins}]\n", PROJECT.read_text(encoding="utf-8"))
    PROJECT.write_text(text, encoding="utf-8")
