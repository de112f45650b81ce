"""The program restarts, is slow, or forgets who is logged in: each voucher once, and a receipt that says so."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from bilagsbot.practice.server import PracticeServer
from tests.systems.postgres import free_port
from tests.workspaces import Bilagsbot

from .moments import assert_each_once, ended, patience, states, until_filled, until_submitting, wait_until

BOT = "practice-invoices"


def test_restarted_while_an_item_is_filled(office: Bilagsbot, program: PracticeServer) -> None:
    patience(office, 5)
    program.set_knobs(latency_ms=50)
    run = office.start("run", BOT, "--limit", "2", "--quiet")
    until_filled(office, run, "invoice.number")
    program.stop()
    program.start()  # which has forgotten who was logged in

    ended(run, 1)

    assert_each_once(office, program, 2)


def test_down_while_an_item_is_filled_and_up_again_later(office: Bilagsbot, program: PracticeServer) -> None:
    patience(office, 5)
    run = office.start("run", BOT, "--limit", "2", "--quiet")
    until_filled(office, run, "invoice.number")
    program.stop()

    said = ended(run, 4)

    assert "The run ended early" in said
    assert "does not answer" in said
    assert "balances" in said
    assert states(office) == {"ready": 25}
    program.start()
    office.receipts(BOT, "--limit", "2", code=1)
    assert_each_once(office, program, 2)


def test_killed_after_the_click_and_up_again(office: Bilagsbot, tmp_path: Path) -> None:
    """The program runs in a process of its own, for one in ours can only stop, and finish what is under way."""
    port = free_port()
    words = ("practice", "--port", str(port), "--db", str(tmp_path / "own.sqlite"))
    bot = office.workspace / "bots" / f"{BOT}.yaml"
    text = bot.read_text(encoding="utf-8")
    bot.write_text(text.replace(text.split('url: "')[1].split('"')[0], f"http://127.0.0.1:{port}/login"), "utf-8")
    own = office.start(*words, "--knob", "store_lag_ms=60000")
    assert own.stdout is not None
    own.stdout.readline()
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    until_submitting(office, run)
    own.kill()
    own.communicate()

    said = ended(run, 4)

    assert "unknown: " in said  # what a person reads: the click's outcome was not seen
    assert states(office)["unknown"] == 1
    again = office.start(*words)
    try:
        assert again.stdout is not None
        again.stdout.readline()
        assert sum(r["status"] == "posted" for r in office.receipts(BOT, "--limit", "1", code=1)) == 2
        assert sorted(_held(port)) == ["F-2601001", "F-2601002"]
    finally:
        again.kill()
        again.communicate()


def _held(port: int) -> list[str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_vouchers", timeout=20) as answer:
        vouchers: list[dict[str, Any]] = json.loads(answer.read())
    return [v["invoice_no"] for v in vouchers]


def test_the_session_expires_while_an_item_is_filled(office: Bilagsbot, program: PracticeServer) -> None:
    patience(office, 5)
    run = office.start("run", BOT, "--limit", "2", "--quiet")
    until_filled(office, run, "invoice.number")
    program.set_knobs(expire_sessions=True)

    ended(run, 1)

    assert_each_once(office, program, 2)
    assert "the session expired" in office.events()


def test_the_session_has_expired_when_it_is_posted(office: Bilagsbot, program: PracticeServer) -> None:
    """The login form comes in place of the posting, which stored nothing: asked about, then keyed again."""
    patience(office, 5)
    program.set_knobs(update_lag_ms=1000)
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    until_filled(office, run, "invoice.vat")
    wait_until(lambda: "invoice.update" in office.journal() or states(office)["submitting"] == 1, run)
    program.set_knobs(session_seconds=0)
    until_submitting(office, run)
    wait_until(lambda: states(office)["unknown"] == 1, run)
    program.set_knobs(session_seconds=1800)

    ended(run, 1)

    assert_each_once(office, program, 1)


def test_a_page_too_slow_before_submit_fails_the_item_and_posts_nothing(
    office: Bilagsbot, program: PracticeServer
) -> None:
    """30 s against the usual patience of 10 s, both a tenth."""
    patience(office, 1)
    program.set_knobs(update_lag_ms=3000)

    first = office.receipts(BOT, "--limit", "1", code=1)[0]

    assert (first["status"], first["attempts"]) == ("failed", 2)
    assert "no page came after invoice.update in 1 seconds" in first["message"]
    assert program.vouchers() == []
    program.set_knobs(update_lag_ms=0)
    assert office.receipts(BOT, "--limit", "1", code=1)[0]["status"] == "posted"
    assert_each_once(office, program, 1)


@pytest.mark.parametrize("knob", ["update_lag_ms", "reply_lag_ms"])
def test_a_slow_page_is_waited_for_as_long_as_its_step_says(
    knob: str, office: Bilagsbot, program: PracticeServer
) -> None:
    patience(office, 2)
    flow = office.workspace / "flows" / "practice" / "supplier-invoice.yaml"
    text = flow.read_text(encoding="utf-8")
    for step in ("click: invoice.update", "submit: invoice.post"):
        assert step in text
        text = text.replace(step, f"{step}\n    timeout: 40", 1)
    flow.write_text(text, "utf-8")
    program.set_knobs(**{knob: 4000})

    first = office.receipts(BOT, "--limit", "1", code=1)[0]

    assert (first["status"], first["how"], first["attempts"]) == ("posted", "screen", 1)
    assert_each_once(office, program, 1)


def test_an_answer_too_slow_after_the_click_is_asked_about(office: Bilagsbot, program: PracticeServer) -> None:
    patience(office, 2)
    program.set_knobs(reply_lag_ms=6000)

    first = office.receipts(BOT, "--limit", "1", code=1)[0]

    assert (first["status"], first["how"]) == ("posted", "lookup")
    assert_each_once(office, program, 1)


def test_a_posting_stored_after_the_wait_is_not_posted_again(office: Bilagsbot, program: PracticeServer) -> None:
    """The settle time is longer than the program needs, as it must be; the patience of the click is not."""
    patience(office, 1)
    bot = office.workspace / "bots" / f"{BOT}.yaml"
    bot.write_text(bot.read_text(encoding="utf-8").replace("settle: 1.5", "settle: 6"), "utf-8")
    program.set_knobs(store_lag_ms=3000)

    first = office.receipts(BOT, "--limit", "1", code=1)[0]

    assert (first["status"], first["how"]) == ("posted", "lookup")
    assert_each_once(office, program, 1)


def test_two_runs_started_at_once_on_a_new_ledger(office: Bilagsbot, program: PracticeServer) -> None:
    runs = [office.start("run", BOT, "--limit", "2", "--quiet") for _ in range(3)]

    said = {run.pid: run.communicate(timeout=240) for run in runs}

    codes = sorted(run.returncode for run in runs)
    assert codes[0] == 1, said
    assert set(codes[1:]) <= {1, 4}, said  # one that came when the first had ended keys two more
    losers = [run for run in runs if run.returncode == 4]
    assert all("is in use by" in said[run.pid][1] for run in losers), said
    assert not any("Traceback" in text for both in said.values() for text in both)
    assert_each_once(office, program, 2 * codes.count(1))
