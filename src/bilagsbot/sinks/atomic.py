"""Files that are either wholly there or not at all, and never lost because somebody has the old one open."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

Replace = Callable[[Path, Path], None]
Fill = Callable[[BinaryIO], object]

MOST_NAMES = 99


def publish(target: Path, fill: Fill, replace: Replace = os.replace) -> Path:
    """Write a file through a synced temporary beside it, and return the path it got.

    A target that cannot be replaced (Excel holds it open) is left alone and NAME-2, NAME-3 … is written instead;
    raises the last OSError where none of 99 names could be written.
    """
    # Not tempfile: that makes files only their owner may read, and this one ends up on a shared drive.
    temporary = target.with_name(f".bilagsbot-{token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as out:
            fill(out)
            out.flush()
            os.fsync(out.fileno())
        written = _move(temporary, target, replace)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)
    return written


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _move(temporary: Path, target: Path, replace: Replace) -> Path:
    refused: OSError | None = None
    for candidate in _names(target):
        try:
            replace(temporary, candidate)
        except OSError as error:
            refused = error
        else:
            return candidate
    assert refused is not None
    raise refused


def _names(target: Path) -> Iterator[Path]:
    yield target
    for number in range(2, MOST_NAMES + 1):
        yield target.with_name(f"{target.stem}-{number}{target.suffix}")
