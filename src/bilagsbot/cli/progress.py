"""What a person sees while a run goes on: items, kroner, items a minute, and the item now."""

import sys
from decimal import Decimal

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bilagsbot.model.item import Item
from bilagsbot.model.receipt import Receipt, State
from bilagsbot.sinks.text import grouped

COLOURS = {State.POSTED: "green", State.SKIPPED: "dim", State.REJECTED: "yellow"}


class Bar:
    """A Rich progress bar on stderr, with a line for every item that did not go well."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            TextColumn("{task.fields[now]}", markup=False), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[kroner]}", markup=False), TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(), console=self.console,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=None, now="starting", kroner="", rate="")
        self._kroner, self._total = Decimal(0), Decimal(0)

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, items: int, total: Decimal) -> None:
        """The run begins with so many items of this sum."""
        self._total = total
        self._bar.update(self._task, total=items, now="starting" if items else "nothing to key")

    def item(self, item: Item) -> None:
        """This item is next."""
        self._bar.update(self._task, now=item.label[:40])

    def done(self, receipt: Receipt) -> None:
        """An item has its receipt."""
        self._kroner += receipt.sum or 0
        speed = self._bar.tasks[0].speed
        rate = f"{speed * 60:.0f}/min" if speed else ""
        kroner = f"{grouped(self._kroner)} of {grouped(self._total)} kr" if self._total else ""
        self._bar.update(self._task, advance=1, kroner=kroner, rate=rate)
        if receipt.status is not State.POSTED:
            colour = COLOURS.get(receipt.status, "red")
            key = " / ".join(receipt.key.values())
            self.console.print(f"{receipt.status}: {key}: {receipt.message}", style=colour, markup=False)


class Lines:
    """For scripts: every receipt as a JSON line on stdout, the moment it is known."""

    def __init__(self) -> None:
        self.told: set[str] = set()

    def begin(self, items: int, total: Decimal) -> None:
        """Nothing to say yet."""

    def item(self, item: Item) -> None:
        """Nothing to say yet."""

    def done(self, receipt: Receipt) -> None:
        """An item has its receipt."""
        self.told.add(receipt.item)
        sys.stdout.write(receipt.model_dump_json() + "\n")
        sys.stdout.flush()
