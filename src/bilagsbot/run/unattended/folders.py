"""Watched folders: a workbook that is dropped there runs once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from loguru import logger

from bilagsbot.model.errors import BadInput, Unwritable, writable
from bilagsbot.run.bot import Bot
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.delivery import ERRORS, digest, mistakes_file, put_away
from bilagsbot.run.unattended.orders import Orders
from bilagsbot.run.unattended.run import ENDED
from bilagsbot.run.unattended.runs import Runs
from bilagsbot.run.unattended.starting import refuse, start

CAUSE = "folder"


@dataclass
class Watch:
    """The folders that a workspace's bots watch. A workbook counts as whole when two looks find it the same."""

    workspace: Path
    orders: Orders
    by: str
    _seen: dict[Path, "_Found"] = field(default_factory=dict)
    _told: set[Path] = field(default_factory=set)

    def look(self, store: Store) -> list["Refused"]:
        """Start a run for every whole workbook that has had none; gives those that were refused.

        What has mistakes is moved to errors/, with a text that lists them. Raises LedgerUnavailable.
        """
        refused: list[Refused] = []
        there: dict[Path, _Found] = {}
        for bot, file in self._dropped():
            try:
                now = file.stat()
                found, before = _Found((now.st_mtime_ns, now.st_size)), self._seen.get(file)
                if before and before.stamp == found.stamp:
                    found.digest = before.digest or digest(file)
                    if found.digest and (wrong := self._start(store, bot, file, found.digest)):
                        refused.append(wrong)
                there[file] = found
            except (OSError, Unwritable) as error:  # open in Excel, or gone: it is looked at again
                if file not in self._told:
                    logger.warning("{} waits: {}", file, error)
                self._told.add(file)
        self._seen = there
        return refused

    def _dropped(self) -> Iterator[tuple[Bot, Path]]:
        for bot in self.orders.bots().values():
            for file in sorted((self.workspace / bot.watch).glob("*.xlsx")) if bot.watch else ():
                # Excel's own lock file, and the receipts that we lay beside workbooks, are no workbooks to key.
                if not file.name.startswith(("~$", ".")) and not file.stem.endswith(".kvittering"):
                    yield bot, file

    def _start(self, store: Store, bot: Bot, file: Path, ours: str) -> "Refused | None":
        trigger = _trigger(Runs(store), f"{CAUSE} {bot.name} {file.name} {ours}")
        if not trigger:
            return None
        try:
            start(self.workspace, store, bot.name, CAUSE, trigger, self.by, file)
        except BadInput as bad:
            with writable("The folder of workbooks with mistakes"):
                place = put_away(file, file.parent / ERRORS, ours, ours, [])
                listed = "".join(f"{mistake}\n" for mistake in bad.mistakes)
                mistakes_file(place).write_text(listed, encoding="utf-8")
            logger.warning("{}: {} mistakes, see {}", file.name, len(bad.mistakes), mistakes_file(place))
            refuse(self.workspace, store, bot.name, CAUSE, trigger, self.by, bad)
            return Refused(bot, trigger, bad)
        return None


@dataclass(frozen=True)
class Refused:
    """A workbook that no run was started for, and its mistakes."""

    bot: Bot
    trigger: str
    why: BadInput


@dataclass
class _Found:
    """A file as it was last seen: when it was changed and its size, and its digest once that is known."""

    stamp: tuple[int, int]
    digest: str = ""


def _trigger(runs: Runs, dropped: str) -> str:
    """What this drop starts: the same workbook may come again when its run has ended; nothing while that goes on."""
    for time in count(1):
        earlier = runs.by_trigger(f"{dropped} {time}")
        if earlier is None:
            return f"{dropped} {time}"
        if not (earlier.state in ENDED and earlier.delivered):
            break
    return ""
