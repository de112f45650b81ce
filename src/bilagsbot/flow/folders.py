"""What a workspace's flows/ and selectors/ hold, by name."""

import re
from collections.abc import Sequence
from pathlib import Path

_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")


def wrong_name(name: str) -> bool:
    """Whether this cannot be the name of a flow or an application: it would leave the folder, or no disk takes it."""
    return not _NAME.fullmatch(name) or not {".", ".."}.isdisjoint(name.split("/")) or len(name) > 200


def is_written(folder: Path, file: str) -> bool:
    """Whether the folder has this entry, letter for letter also on a disk that takes `A` for `a`.

    A flow's name is part of its items' identity: by another name, all would be posted once more.
    """
    parts = file.split("/")
    return all(parts[i] in _entries(folder.joinpath(*parts[:i])) for i in range(len(parts)))


def _entries(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []


def flow_names(workspace: Path, endings: Sequence[str] = ("yaml", "py")) -> list[str]:
    """The names of all flows, and of the files that flows include."""
    return _names(workspace / "flows", endings)


def selector_names(workspace: Path) -> list[str]:
    """The applications that have a selectors file."""
    return _names(workspace / "selectors", ("yaml",))


def _names(folder: Path, endings: Sequence[str]) -> list[str]:
    files = (path for ending in endings for path in folder.rglob(f"*.{ending}"))
    return sorted({path.relative_to(folder).with_suffix("").as_posix() for path in files})
