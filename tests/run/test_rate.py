"""How far apart items begin."""

import time

import pytest

from bilagsbot.model.errors import Stopped
from bilagsbot.run.rate import Rate


def test_items_begin_so_far_apart_that_all_sessions_together_keep_the_rate() -> None:
    began = time.monotonic()
    rate = Rate(600, sessions=2)  # each session one item in 0.2 s
    for _ in range(4):
        rate.wait(lambda: None)
    assert 0.6 <= time.monotonic() - began < 5


def test_without_a_rate_nothing_is_waited_for() -> None:
    began = time.monotonic()
    rate = Rate(None)
    for _ in range(1000):
        rate.wait(lambda: None)
    assert time.monotonic() - began < 1


def test_a_person_ends_the_waiting() -> None:
    def stopped() -> None:
        raise Stopped("Stopped by a person.")

    rate = Rate(1)
    rate.wait(stopped)
    with pytest.raises(Stopped):
        rate.wait(stopped)
