"""What a time of the engine's asks for: a start of the schedule, or why none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bilagsbot.run.unattended.due import due
from bilagsbot.run.unattended.schedule import Schedule

OSLO = ZoneInfo("Europe/Oslo")
SOON = timedelta(seconds=5)


def schedule(**given: object) -> Schedule:
    return Schedule.model_validate({"cron": "30 2 * * *", **given})


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO, fold=fold)


def test_a_time_of_the_schedule_is_a_start() -> None:
    slot = at("2026-11-30 02:30")
    assert due(schedule(), slot, slot + SOON).start == slot


def test_the_hour_that_spring_leaves_out_is_made_up_for() -> None:
    woken = at("2026-03-29 03:00")  # as the engine's cron has it
    assert due(schedule(), woken, woken + SOON).start == at("2026-03-29 03:30")


def test_the_hour_that_autumn_has_twice_counts_once() -> None:
    first, second = at("2026-10-25 02:30"), at("2026-10-25 02:30", fold=1)
    assert due(schedule(), first, first + SOON).start == first.astimezone(UTC)
    assert due(schedule(), second, second + SOON).start is None


@pytest.mark.parametrize(
    ("given", "day", "why"),
    [
        ({"business_days": True}, "2026-05-17", "Grunnlovsdag"),
        ({"business_days": True}, "2026-05-16", "Saturday"),
        ({"closed": ["24.12"]}, "2026-12-24", "24.12"),
    ],
)
def test_a_day_off_is_no_start(given: dict[str, object], day: str, why: str) -> None:
    slot = at(f"{day} 02:30")
    what = due(schedule(**given), slot, slot + SOON)
    assert what.start is None
    assert not what.wait
    assert what.why


def test_of_missed_starts_the_newest_is_made_up_for() -> None:
    older, newest = at("2026-11-29 02:30"), at("2026-11-30 02:30")
    now = at("2026-11-30 09:00")
    assert due(schedule(), older, now).start is None
    assert due(schedule(), newest, now).start == newest
    assert due(schedule(missed="skip"), newest, now).start is None
    assert due(schedule(missed="skip", grace=600), newest, now).start == newest


def test_a_late_start_waits_until_a_blackout_ends() -> None:
    nights = schedule(blackout=[{"from": "07:00", "to": "17:00"}])
    slot = at("2026-11-30 02:30")

    late = due(nights, slot, at("2026-11-30 09:00"))
    assert late.wait
    assert late.start == slot
    assert not due(nights, slot, at("2026-11-30 17:00")).wait
