"""Working hours of a target: open or not, and when it opens next, also over changes of the clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bilagsbot.run.hours import Hours, span
from bilagsbot.run.times import OSLO


def hours(*texts: str, zone: str = OSLO) -> Hours:
    return Hours(tuple(map(span, texts)), zone)


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(OSLO))


@pytest.mark.parametrize(
    ("text", "at", "is_open"),
    [
        ("07:00-22:00", "2026-11-23 07:00", True),
        ("07:00-22:00", "2026-11-23 06:59", False),
        ("07:00-22:00", "2026-11-23 22:00", False),
        ("00:00-24:00", "2026-11-23 23:59", True),
        ("22:00-05:00", "2026-11-23 04:59", True),
        ("22:00-05:00", "2026-11-23 12:00", False),
        ("mon-fri 07:00-17:00", "2026-11-27 16:59", True),
        ("mon-fri 07:00-17:00", "2026-11-28 12:00", False),
        ("sat-mon 07:00-17:00", "2026-11-30 12:00", True),
        ("sat-mon 07:00-17:00", "2026-12-01 12:00", False),
        ("Tue, Thu 7:00 – 17:00", "2026-11-26 08:00", True),
        ("fri 22:00-05:00", "2026-11-28 04:00", True),  # Friday's night, on Saturday
        ("fri 22:00-05:00", "2026-11-27 04:00", False),
    ],
)
def test_open_or_not(text: str, at: str, is_open: bool) -> None:
    assert hours(text).open(oslo(at)) is is_open


@pytest.mark.parametrize(
    ("texts", "at", "opens"),
    [
        (("07:00-22:00",), "2026-11-23 06:00", "2026-11-23 07:00"),
        (("07:00-22:00",), "2026-11-23 12:34", "2026-11-23 12:34"),
        (("07:00-22:00",), "2026-11-23 23:00", "2026-11-24 07:00"),
        (("mon-fri 07:00-17:00",), "2026-11-27 17:00", "2026-11-30 07:00"),
        (("mon-fri 07:00-17:00", "sat 09:00-12:00"), "2026-11-27 17:00", "2026-11-28 09:00"),
        (("mon 07:00-17:00",), "2026-11-23 18:00", "2026-11-30 07:00"),
        (("07:00-22:00",), "2026-03-28 23:00", "2026-03-29 07:00"),  # the night is an hour shorter
        (("02:30-05:00",), "2026-03-29 00:00", "2026-03-29 03:00"),  # 02:30 is jumped over
        (("02:30-05:00",), "2026-10-25 00:00", "2026-10-25 02:30"),
    ],
)
def test_when_it_opens(texts: tuple[str, ...], at: str, opens: str) -> None:
    assert hours(*texts).opens(oslo(at)) == oslo(opens)


def test_the_clock_is_that_of_the_zone() -> None:
    noon = datetime(2026, 7, 1, 5, 30, tzinfo=UTC)
    assert hours("07:00-22:00").open(noon)
    assert not hours("07:00-22:00", zone="Europe/London").open(noon)


def test_of_a_doubled_hour_the_first_opens_it() -> None:
    opened = hours("02:30-05:00").opens(oslo("2026-10-25 00:00"))
    assert opened.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_without_hours_it_is_always_open() -> None:
    assert hours().open(oslo("2026-11-23 03:00"))
    assert hours().opens(oslo("2026-11-23 03:00")) == oslo("2026-11-23 03:00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("always", "'always' are no hours. Write them as 07:00-22:00"),
        ("7-22", "'7' is no time of day. Write it as 07:30"),
        ("07:00-25:00", "'25:00' is no time of day"),
        ("07:60-08:00", "'07:60' is no time of day"),
        ("07:00-07:00", "has no length. Write 00:00-24:00"),
        ("mon-fry 07:00-17:00", "'fry' is no weekday. Did you mean 'fri'?"),
    ],
)
def test_what_are_no_hours(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as wrong:
        span(text)
    assert said in str(wrong.value)
