"""Posting: a checked voucher into the store, with the faults that the knobs ask for."""

from collections.abc import Callable

from bilagsbot.practice.exchange import LOST, Reply
from bilagsbot.practice.pages import server_error
from bilagsbot.practice.program import Program
from bilagsbot.practice.vouchers import NewVoucher


def post(program: Program, check: Callable[[], NewVoucher]) -> int | Reply:
    """The stored voucher's number, or the fault that the user meets instead; Refused by `check` stores nothing."""
    knobs, store, work = program.knobs, program.store, program.work
    if knobs.take("lose_request"):
        return LOST
    if knobs.take("http_500_on_post"):
        return server_error(program)
    voucher = check()
    lag_ms = knobs.now.store_lag_ms
    lose_reply = knobs.take("lose_reply_after_store")
    if lose_reply and lag_ms:
        work.later(lag_ms, lambda: store.add(voucher))
        return LOST
    work.wait(lag_ms)
    no = store.add(voucher)
    if lose_reply:
        return LOST
    if knobs.take("http_500_after_store"):
        return server_error(program)
    work.wait(knobs.now.reply_lag_ms)
    return no
