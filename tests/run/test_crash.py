"""kill -9 at chosen moments, ^C, and two runs at once: no voucher twice, none lost."""

import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable

from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"


def wait_until(happened: Callable[[], bool], process: "subprocess.Popen[str]", seconds: float = 60) -> None:
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


def assert_each_once(office: Bilagsbot, program: PracticeServer, items: int) -> None:
    """Every posted item is in the program once, under the number that its receipt says."""
    held = {v["invoice_no"]: str(v["no"]) for v in program.vouchers()}
    assert len(program.vouchers()) == len(held) == items
    known = {i["key"]["invoice_no"]: i["receipt"]["voucher_no"] for i in office.items("--state", "posted")}
    assert known == held


def test_killed_between_the_click_and_the_receipt(office: Bilagsbot, program: PracticeServer) -> None:
    # No confirmation: the receipt comes from the lookup, so the voucher is stored well before its receipt is.
    program.set_knobs(confirm="none")
    flow = office.workspace / "flows" / "practice" / "supplier-invoice.yaml"
    lines = flow.read_text(encoding="utf-8").splitlines(keepends=True)
    flow.write_text("".join(line for line in lines if "- capture:" not in line), encoding="utf-8")

    run = office.start("run", BOT, "--limit", "3", "--quiet")
    wait_until(lambda: len(program.vouchers()) == 2, run)
    run.kill()
    run.communicate()
    assert states(office)["submitting"] == 1

    receipts = office.receipts(BOT, "--limit", "1", code=1)

    found = next(r for r in receipts if r["key"]["invoice_no"] == "F-2601002")
    assert (found["status"], found["how"]) == ("posted", "lookup")
    assert_each_once(office, program, 3)  # the one found, and one more that the limit allows


def test_killed_before_the_click_lands(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(lose_request=1)
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    wait_until(lambda: states(office)["submitting"] == 1, run)
    run.kill()
    run.communicate()

    office.receipts(BOT, "--limit", "1", code=1)

    assert_each_once(office, program, 2)  # the one asked about, and one more that the limit allows


def test_the_first_interrupt_finishes_the_item_in_hand(office: Bilagsbot, program: PracticeServer) -> None:
    run = office.start("run", BOT, "--quiet")
    wait_until(lambda: len(program.vouchers()) == 1, run)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)

    assert run.returncode == 3, out + err
    assert "Stopping when the item in hand is done" in err
    assert "balances" in out
    left = states(office)
    assert set(left) == {"posted", "ready"}
    assert left["posted"] == len(program.vouchers()) < 25

    office.receipts(BOT, "--limit", "1", code=1)
    assert_each_once(office, program, left["posted"] + 1)


def test_a_second_run_with_the_same_login_says_who_holds_it(office: Bilagsbot, program: PracticeServer) -> None:
    first = office.start("run", BOT, "--limit", "6", "--quiet")
    wait_until(lambda: states(office)["running"] + states(office)["posted"] > 0, first)

    said = office("run", BOT, "--quiet", code=4)
    assert f"pid {first.pid}" in said
    assert "in use by" in said
    waited = office.start("run", BOT, "--limit", "1", "--quiet", "--wait", "120")
    assert first.wait(120) == 1
    assert waited.wait(120) == 1
    for process in (first, waited):
        process.communicate()
    assert_each_once(office, program, 7)
