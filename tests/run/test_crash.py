"""kill -9 at chosen moments, ^C, and two runs at once: no voucher twice, none lost."""

import signal

from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot

from .moments import assert_each_once, states, wait_until

BOT = "practice-invoices"


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
