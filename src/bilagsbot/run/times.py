"""Times of day and time zones as people write them, and the instants that a zone makes of wall-clock times."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

from bilagsbot.model.errors import suggest

OSLO = "Europe/Oslo"
DAY = 24 * 60  # minutes


def listed(value: object) -> object:
    """One text as a list of one."""
    return [value] if isinstance(value, (str, float)) else value


def minutes(text: str) -> int:
    """ "07:30" as minutes after midnight, up to "24:00". Raises ValueError with a sentence."""
    match = re.fullmatch(r"(\d{1,2}):(\d\d)", text.strip())
    found = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else DAY + 1
    if found > DAY:
        raise ValueError(f"'{text}' is no time of day. Write it as 07:30, from 00:00 to 24:00")
    return found


def within(minute: int, start: int, end: int) -> bool:
    """Whether a minute of the day lies from `start` up to `end`, without the end; past midnight where end < start."""
    return start <= minute < end if start < end else minute >= start or minute < end


def minute_of(local: datetime) -> int:
    """The minutes since midnight that a wall clock shows."""
    return local.hour * 60 + local.minute


def in_utc(wall: datetime, zone: ZoneInfo, second: bool = False) -> datetime:
    """The instant, in UTC, at which a zone's clocks show `wall`; of a doubled hour the first, or the `second`.

    A time that the clocks jump over becomes as much later as they jump: 02:30 becomes 03:30.
    """
    return wall.replace(tzinfo=zone, fold=int(second)).astimezone(UTC)


def midnight(at: datetime, days: int = 0) -> datetime:
    """The wall-clock midnight that began a day, or that of so many days later."""
    return datetime.combine(at.date(), time()) + timedelta(days=days)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # "Europe" alone is a folder
        from zoneinfo import available_timezones

        near = _nearest(name, available_timezones())
        raise ValueError(f"there is no time zone '{name}'. {near}") from error
    return name


def _nearest(name: str, known: set[str]) -> str:
    """The sentence that names the zone of the same city, else the nearest; never the list of hundreds."""
    city = name.rpartition("/")[2].replace(" ", "_").casefold()
    same = [zone for zone in sorted(known) if zone.rpartition("/")[2].casefold() == city]
    if same:
        return f"Did you mean '{same[0]}'?"
    near = suggest(name, known)
    return near if near.startswith("Did") else f"Write one such as {OSLO}"


Zone = Annotated[str, AfterValidator(_zone)]
