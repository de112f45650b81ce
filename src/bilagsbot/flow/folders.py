"""What a workspace's flows/ and selectors/ hold, by name."""

import re
from collections.abc import Sequence
from pathlib import Path

_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")


def wrong_name(name: str) -> bool:
    """Whether this cannot be the name of a flow or an application: it would leave the folder, or no disk takes it."""
    return not _NAME.fullmatch(name) or ".." in name.split("/") or len(name) > 200


def flow_names(workspace: Path, endings: Sequence[str] = ("yaml", "py")) -> list[str]:
    """The names of all flows, and of the files that flows include."""
    return _names(workspace / "flows", endings)


def selector_names(workspace: Path) -> list[str]:
    """The applications that have a selectors file."""
    return _names(workspace / "selectors", ("yaml",))


def _names(folder: Path, endings: Sequence[str]) -> list[str]:
    files = (path for ending in endings for path in folder.rglob(f"*.{ending}"))
    return sorted({path.relative_to(folder).with_suffix("").as_posix() for path in files})
