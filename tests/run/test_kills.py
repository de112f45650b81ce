"""Runs killed at any instant on the practice program, with faults of the program besides."""

import random

import pytest

from bilagsbot.practice.server import PracticeServer
from bilagsbot.starter import samples
from bilagsbot.tables import sample
from tests.kills import SUBMITTING, Killer, Voucher, compare, tell
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"
COUNTED = ("lose_reply_after_store", "http_500_after_store", "http_500_on_post", "lose_request", "unexpected_alert")


def _disturb(program: PracticeServer, chance: random.Random) -> str:
    """In two runs of three the program does something wrong besides; what it was."""
    latency = chance.choice((0, 0, 30, 100))
    program.set_knobs(latency_ms=latency, store_lag_ms=chance.choice((0, 0, 200)), silent_loss=chance.random() < 0.5)
    fault = chance.choice((*COUNTED, "expire_sessions", "", "", ""))
    if fault:
        program.set_knobs(**{fault: 1})
    return fault


def _kill(office: Bilagsbot, program: PracticeServer, kills: int, items: int) -> None:
    def fill(count: int) -> None:
        file = office.workspace / "inbox" / "fakturaer.xlsx"
        sample.write(file, "Fakturaer", samples.INVOICE_COLUMNS, samples.invoices(count))

    chance = random.Random(20261124)
    killer = Killer(office, BOT, items, chance, fill, lambda: _disturb(program, chance))
    killer.kill(kills)
    program.set_knobs(latency_ms=0, store_lag_ms=0, **dict.fromkeys(COUNTED, 0))
    killer.finish()

    held = [Voucher(v["invoice_no"], str(v["no"]), v["amount_ore"]) for v in program.vouchers()]
    sheet = office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")
    came = compare(killer, held, sheet, "Fakturanr", "voucher_no", "invoice_no")
    tell("practice program", killer, came)
    assert came.well, came
    assert killer.fell[SUBMITTING], "no kill fell between an intent and its receipt"


def test_ten_kills(office: Bilagsbot, program: PracticeServer) -> None:
    _kill(office, program, kills=10, items=16)


@pytest.mark.soak
@pytest.mark.timeout(4 * 3600)
def test_three_hundred_kills(office: Bilagsbot, program: PracticeServer) -> None:
    _kill(office, program, kills=300, items=600)
