"""A schedule that a person pauses, on SQLite and on PostgreSQL."""

import pytest

from bilagsbot.run.store import Store
from bilagsbot.run.unattended.holding import held, hold, let_go


def test_who_paused_a_bot_and_since_when(store: Store) -> None:
    assert hold(store, "invoices", "kari")
    by, at = held(store)["invoices"]

    assert by == "kari"
    assert at == pytest.approx(store.time(), abs=60)


def test_the_first_who_pauses_stands(store: Store) -> None:
    hold(store, "invoices", "kari")
    before = held(store)

    assert not hold(store, "invoices", "ola")
    assert held(store) == before


def test_what_is_let_go_is_no_longer_held(store: Store) -> None:
    hold(store, "invoices", "kari")
    hold(store, "journal", "kari")

    assert let_go(store, "invoices")
    assert not let_go(store, "invoices")
    assert set(held(store)) == {"journal"}
    assert hold(store, "invoices", "ola")
