"""Words, numbers and rows as people read them."""

from decimal import Decimal

import pytest

from bilagsbot.model.receipt import State
from bilagsbot.sinks.text import grouped, number, row_list
from bilagsbot.sinks.words import word


@pytest.mark.parametrize(
    ("value", "plain", "spaced"),
    [
        ("1234.5", "1234,50", "1 234,50"),
        ("-1234567", "-1234567,00", "-1 234 567,00"),
        ("-0.50", "-0,50", "-0,50"),
        ("-0", "0,00", "0,00"),
        ("1E+3", "1000,00", "1 000,00"),
        ("0.125", "0,125", "0,125"),
        ("12345678901234567890.12", "12345678901234567890,12", "12 345 678 901 234 567 890,12"),
    ],
)
def test_sums(value: str, plain: str, spaced: str) -> None:
    assert number(Decimal(value)) == plain
    assert grouped(Decimal(value)) == spaced.replace(" ", "\u00a0")


def test_rows() -> None:
    assert row_list([9, 5, 6, 7, 5]) == "5–7, 9"
    assert row_list([]) == ""


def test_every_state_has_a_word() -> None:
    assert {state: word(state) for state in State} == {
        State.READY: "Ikke behandlet",
        State.RUNNING: "Ikke behandlet",
        State.SUBMITTING: "Ukjent",
        State.POSTED: "Bokført",
        State.REJECTED: "Avvist",
        State.FAILED: "Feilet",
        State.UNKNOWN: "Ukjent",
        State.WAITING: "Venter",
        State.SKIPPED: "Hoppet over",
    }
    assert all(word(state, "en") for state in State)
