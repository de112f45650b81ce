"""kill -9 of a run, again and again and at any instant; then what the program holds against what the receipts say."""

import random
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.workspaces import Bilagsbot

SUBMITTING = "between intent and receipt"
SHORTEST = 2.0  # seconds; a run that lives no longer is hardly ever logged in


@dataclass(frozen=True, order=True)
class Voucher:
    """What counts of a voucher, in the program and on its receipt: key, number, and amount in øre."""

    key: str
    number: str
    ore: int


def ore(value: object) -> int:
    """An amount as a workbook or a database gives it, in øre."""
    text = str(value).removesuffix(" kr").replace(" ", "").replace(",", ".")
    return round(Decimal(text) * 100)


@dataclass
class Killer:
    """Starts runs of one bot over `items` rows and kills them.

    Three in four are killed at an instant drawn evenly from the run's life, the fourth right after an intent, because
    an instant drawn evenly falls there too seldom; and all of them are while more is posted than the kills allow for.
    `fill` writes the workbook with so many rows: a fast machine may have posted all before the last kill, and then
    more come in. `disturb` may make the program misbehave in the run that comes.
    """

    office: Bilagsbot
    bot: str
    items: int
    chance: random.Random
    fill: Callable[[int], None]
    disturb: Callable[[], str] = lambda: ""
    span: float = 3.0  # seconds from a run's start that its kill is drawn from
    fell: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=time.monotonic)

    def kill(self, times: int) -> None:
        """Kill so many runs; one that ends by itself before is not counted."""
        self.fill(self.items)
        while (done := self.fell.total()) < times:
            posted = self._states()["posted"]
            if posted == self.items:
                self.items += 10
                self.fill(self.items)
            # As many items a kill as there are, so that the last kill finds some left.
            ahead = posted * times > self.items * done
            self.span = max(SHORTEST, self.span * (0.9 if ahead else 1.1))
            if fault := self.disturb():
                self.faults[fault] += 1
            if where := self._kill_one(ahead):
                self.fell[where] += 1
                if not (done + 1) % 20:
                    print(f"{done + 1} kills, {posted} of {self.items} posted, {dict(self.fell)}", flush=True)

    def finish(self) -> None:
        """One last run, left alone: nothing may be left to do after it."""
        run = self.office.start("run", self.bot, "--quiet", "--no-pictures")
        out, err = run.communicate(timeout=3600)
        assert run.returncode == 0, out + err

    def _kill_one(self, ahead: bool) -> str:
        run = self.office.start("run", self.bot, "--quiet", "--no-pictures")
        try:
            if ahead or self.chance.random() < 0.25:  # such a run posts one item at the most
                self._await_intent(run)
                run.wait(self.chance.uniform(0, 0.3))
            else:
                run.wait(self.chance.uniform(0, self.span))
        except subprocess.TimeoutExpired:
            run.kill()
        run.communicate()
        return self._where(run.pid) if run.returncode == -9 else ""

    def _await_intent(self, run: "subprocess.Popen[str]") -> None:
        until = time.monotonic() + 60
        while run.poll() is None and time.monotonic() < until and not self._states()["submitting"]:
            time.sleep(0.002)

    def _where(self, pid: int) -> str:
        """Where in its life a killed run was, by what it left in the ledger."""
        states = self._states()
        if not self._rows("select owner from lease", f"pid {pid}"):
            return "before it had the login"
        if states["submitting"]:
            return SUBMITTING
        if states["running"]:
            return "logging in or filling"
        return "asking about an unknown one" if states["unknown"] else "between two items"

    def _states(self) -> Counter[str]:
        return Counter(self._rows("select state from item"))

    def _rows(self, query: str, ending: str = "") -> list[str]:
        file = self.office.workspace / ".bilagsbot" / "ledger.sqlite"
        if not file.exists():
            return []
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            return [text for (text,) in connection.execute(query) if text and text.endswith(ending)]
        except sqlite3.OperationalError:
            return []  # the tables are just being made
        finally:
            connection.close()


@dataclass(frozen=True)
class Compared:
    """What a comparison came to; all of it is to be zero but `items`."""

    items: int
    twice: int
    lost: int
    ledger_differs: int
    workbook_differs: int

    @property
    def well(self) -> bool:
        """Whether every item is in the program once, and every receipt says so."""
        return not (self.twice or self.lost or self.ledger_differs or self.workbook_differs)


def compare(
    killer: Killer, held: list[Voucher], sheet: list[dict[str, object]], key: str, number: str, key_field: str
) -> Compared:
    """The program's vouchers against the ledger and the receipt workbook, whose columns are headed `key`, `number`."""
    count = Counter(voucher.key for voucher in held)
    wanted = [str(row[key]) for row in sheet]
    truth = sorted(held)
    in_ledger = sorted(
        Voucher(item["key"][key_field], item["receipt"][number], ore(item["sum"]))
        for item in killer.office.items("--state", "posted")
    )
    in_sheet = sorted(Voucher(str(row[key]), str(row["Bilagsnr"]), ore(row["Beløp"])) for row in sheet)
    done = ("Bokført", "Hoppet over")
    return Compared(
        items=len(wanted),
        twice=sum(n - 1 for n in count.values()),
        lost=sum(not count[one] for one in wanted),
        ledger_differs=len(set(truth) ^ set(in_ledger)) + abs(len(truth) - len(in_ledger)),
        workbook_differs=len(set(truth) ^ set(in_sheet)) + sum(row["Status"] not in done for row in sheet),
    )


def tell(name: str, killer: Killer, came: Compared) -> None:
    """Print the figures as they stand in docs/reliability.md."""
    seconds = time.monotonic() - killer.began
    rows = [
        ("kills", killer.fell.total()),
        *((f"… {where}", count) for where, count in sorted(killer.fell.items())),
        *((f"fault: {fault}", count) for fault, count in sorted(killer.faults.items())),
        ("items", came.items), ("in the program twice", came.twice), ("lost", came.lost),
        ("ledger's receipts that differ", came.ledger_differs),
        ("workbook's rows that differ", came.workbook_differs), ("seconds", round(seconds)),
    ]  # fmt: skip
    print("\n".join([f"\n| {name} | |", "|---|---|", *(f"| {what} | {count} |" for what, count in rows)]))
