"""Crops: the pictures that a desktop program's selectors find things by, from the recording to selectors/APP/."""

from collections.abc import Collection
from itertools import count
from pathlib import Path

from bilagsbot.model.errors import writable


class Crops:
    """From the recording's folder of crops to that of the application. A file of another content is left alone."""

    def __init__(self, source: Path, folder: Path) -> None:
        self._source, self._folder = source, folder
        self._names: dict[str, str] = {}

    def named(self, file: str) -> str:
        """What a crop of the recording is called in the selectors; nothing where the recording lacks it."""
        if file not in self._names:
            self._names[file] = self._free(file) if (self._source / file).is_file() else ""
        return self._names[file]

    def copy(self, used: Collection[str]) -> list[str]:
        """Copy those that selectors name; the names of those that were not there. Raises Unwritable."""
        new = []
        for file, name in self._names.items():
            if name and name in used and not (self._folder / name).exists():
                with writable(f"selectors/{self._folder.name}/{name}"):
                    self._folder.mkdir(parents=True, exist_ok=True)
                    (self._folder / name).write_bytes((self._source / file).read_bytes())
                new.append(name)
        return new

    def _free(self, file: str) -> str:
        """Its own name, or the next one that is free or has the same content."""
        stem, content = Path(file).stem, (self._source / file).read_bytes()
        for i in count(1):
            name = file if i == 1 else f"{stem}_{i}.png"
            there = self._folder / name
            if name not in self._names.values() and (not there.exists() or there.read_bytes() == content):
                return name
        raise AssertionError("count() has no end")
