"""The browser is killed, its window closed, or an alert comes up: each voucher once, and a receipt that says so."""

import pytest

from bilagsbot.practice.server import PracticeServer
from tests.processes import connected, kill_browser, needs_proc
from tests.workspaces import Bilagsbot

from .moments import assert_each_once, ended, patience, until_filled, until_submitting, wait_until

BOT = "practice-invoices"


@needs_proc
def test_killed_while_an_item_is_filled(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(latency_ms=50)
    run = office.start("run", BOT, "--limit", "2", "--quiet")
    until_filled(office, run, "invoice.date")
    kill_browser(run.pid)

    ended(run, 1)

    assert_each_once(office, program, 2)
    first = next(i for i in office.items("--state", "posted") if i["key"]["invoice_no"] == "F-2601001")
    assert (first["how"], first["attempts"]) == ("screen", 2)


@needs_proc
def test_killed_between_the_click_and_the_receipt(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(store_lag_ms=600)
    run = office.start("run", BOT, "--limit", "1", "--json")
    until_submitting(office, run)
    kill_browser(run.pid)

    ended(run, 1)

    assert_each_once(office, program, 1)
    (posted,) = office.items("--state", "posted")
    assert posted["how"] in ("lookup", "screen")  # the request may have died with the browser, or have landed
    assert "the browser has gone" in office.events()


@needs_proc
def test_killed_while_it_logs_in(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(latency_ms=400)
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    wait_until(lambda: connected(program.port), run)
    kill_browser(run.pid)

    ended(run, 1)

    assert_each_once(office, program, 1)
    (posted,) = office.items("--state", "posted")
    assert posted["attempts"] == 1  # it was not the item's fault


def test_a_popup_that_closes_is_opened_again(office: Bilagsbot, program: PracticeServer) -> None:
    patience(office, 3)
    program.set_knobs(close_popup=1)

    receipts = office.receipts(BOT, "--limit", "1", code=1)

    assert (receipts[0]["status"], receipts[0]["attempts"]) == ("posted", 2)
    assert_each_once(office, program, 1)


def test_a_popup_that_always_closes_fails_the_item_with_nothing_posted(
    office: Bilagsbot, program: PracticeServer
) -> None:
    patience(office, 3)
    program.set_knobs(close_popup=1000)

    first = office.receipts(BOT, "--limit", "1", code=1)[0]

    assert first["status"] == "failed"
    assert "window has closed" in first["message"]
    assert program.vouchers() == []


def test_an_unexpected_alert_at_the_login(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(unexpected_alert=1)

    assert office.receipts(BOT, "--limit", "1", code=1)[0]["status"] == "posted"

    assert program.knobs.unexpected_alert == 0
    assert_each_once(office, program, 1)


@pytest.mark.parametrize("where", ["before", "after"])
def test_an_unexpected_alert(where: str, office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(store_lag_ms=600)
    run = office.start("run", BOT, "--limit", "1", "--quiet")
    if where == "after":
        until_submitting(office, run)
    else:
        until_filled(office, run, "invoice.number")
    program.set_knobs(unexpected_alert=1)

    ended(run, 1)

    assert_each_once(office, program, 1)
    assert "Husk månedsavslutning!" in office.events()
    (posted,) = office.items("--state", "posted")
    assert posted["how"] == ("screen" if where == "before" else "lookup")
