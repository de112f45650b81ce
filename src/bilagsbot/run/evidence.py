"""Evidence: a run's folder, with its receipts, its journal of what was keyed, drift, and pictures."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loguru import logger

from bilagsbot.drivers.base import Driver

DRIFT = "drift.jsonl"


def new_run_id() -> str:
    """Sorts by time, and is one of its kind: `20261122-140311-3fa9`."""
    return f"{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"


class Evidence:
    """Writes what proves a run into .bilagsbot/runs/RUN. What fails here never fails an item."""

    def __init__(self, state: Path, run: str, pictures: bool = True) -> None:
        self.folder = state / "runs" / run
        self.folder.mkdir(parents=True, exist_ok=True)
        self._pictures, self._warned = pictures, False

    def picture(self, driver: Driver, item: str, moment: str) -> None:
        """Take a picture of the screen; `moment` is `before` or `after`."""
        if not self._pictures:
            return
        image = driver.picture()
        if image:
            file = self._file(item, moment)
            with self._worth_a_warning():
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(image)

    def taken(self, item: str, moment: str) -> str:
        """The picture's path relative to the run's folder, or nothing where none was taken."""
        file = self._file(item, moment)
        return file.relative_to(self.folder).as_posix() if file.exists() else ""

    def note(self, item: str, step: str, target: str, value: str) -> None:
        """One line of the journal: what was done to which target."""
        line = json.dumps({"at": round(time.time(), 3), "item": item, "step": step, "target": target, "value": value},
                          ensure_ascii=False)  # fmt: skip
        with self._worth_a_warning(), (self.folder / "journal.jsonl").open("a", encoding="utf-8") as journal:
            journal.write(line + "\n")

    def drift(self, app: str, target: str, way: str) -> None:
        """A target that was found by a lower way of its selectors."""
        line = json.dumps({"app": app, "target": target, "way": way}, ensure_ascii=False)
        with self._worth_a_warning(), (self.folder / DRIFT).open("a", encoding="utf-8") as noted:
            noted.write(line + "\n")

    def _file(self, item: str, moment: str) -> Path:
        return self.folder / "pictures" / f"{item}-{moment}.jpg"

    @contextmanager
    def _worth_a_warning(self) -> Iterator[None]:
        """One a run, for what fails once mostly fails at every step after it."""
        try:
            yield
        except OSError as error:
            if not self._warned:
                logger.warning("evidence cannot be written: {}", error)
            self._warned = True
