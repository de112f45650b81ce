"""Moments of a run that a fault can be put into, and what must hold after it."""

import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable

from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot


def wait_until(happened: Callable[[], bool], process: "subprocess.Popen[str]", seconds: float = 150) -> None:
    """Look until it happened; the process must go on for so long."""
    until = time.monotonic() + seconds
    while not happened():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.002)


def states(office: Bilagsbot) -> Counter[str]:
    """How many items are in which state, looked up behind the program's back."""
    file = office.workspace / ".bilagsbot" / "ledger.sqlite"
    if not file.exists():
        return Counter()
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return Counter(dict(connection.execute("select state, count(*) from item group by state")))
    except sqlite3.OperationalError:
        return Counter()  # the tables are just being made
    finally:
        connection.close()


def until_filled(office: Bilagsbot, run: "subprocess.Popen[str]", target: str) -> None:
    """Wait until the run has touched a target."""
    wait_until(lambda: target in office.journal(), run)


def until_submitting(office: Bilagsbot, run: "subprocess.Popen[str]") -> None:
    """Wait until an intent is on disk."""
    wait_until(lambda: states(office)["submitting"] == 1, run)


def ended(run: "subprocess.Popen[str]", code: int) -> str:
    """What a run said by its end, which must come with this code and without a traceback."""
    out, err = run.communicate(timeout=240)
    assert run.returncode == code, f"exit {run.returncode}, not {code}\n{out}\n{err}"
    assert "Traceback" not in out + err
    assert "Internal error" not in out + err
    return out + err


def assert_each_once(office: Bilagsbot, program: PracticeServer, items: int) -> None:
    """Every posted item is in the program once, under the number and with the amount that its receipt says."""
    held = sorted((v["invoice_no"], str(v["no"]), v["amount_ore"]) for v in program.vouchers())
    assert len({number for number, *_ in held}) == len(held) == items, (held, office.events())
    known = sorted(
        (i["key"]["invoice_no"], i["receipt"]["voucher_no"], round(float(i["sum"]) * 100))
        for i in office.items("--state", "posted")
    )
    assert known == held, office.events()


def patience(office: Bilagsbot, seconds: float) -> None:
    """The program's selectors file waits so long for a target or a page, instead of 10 s."""
    file = office.workspace / "selectors" / "practice.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("app: practice\n", f"app: practice\ntimeout: {seconds}\n"), "utf-8"
    )
