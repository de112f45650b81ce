"""Hours: when a target program may be keyed into."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bilagsbot.model.errors import suggest
from bilagsbot.run.times import DAY, in_utc, midnight, minute_of, minutes, within

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Span:
    """Opening hours of some weekdays, in minutes after midnight; the hours of a day may end on the next."""

    days: frozenset[int]
    start: int
    end: int

    def covers(self, local: datetime) -> bool:
        """Whether a wall-clock time lies in it."""
        minute = minute_of(local)
        if not within(minute, self.start, self.end):
            return False
        began_yesterday = self.start > self.end and minute < self.end
        return (local.weekday() - began_yesterday) % 7 in self.days


def span(text: str) -> Span:
    """ "07:00-22:00", or with weekdays "mon-fri 07:00-17:00" or "mon,thu 07:00-17:00". Raises ValueError."""
    match = re.fullmatch(r"(?:(.*\S)\s+)?(\S+?)\s*[-–]\s*(\S+)", text.strip())
    if not match:
        raise ValueError(f"'{text}' are no hours. Write them as 07:00-22:00 or mon-fri 07:00-17:00")
    start, end = minutes(match[2]), minutes(match[3])
    if start in (end, DAY):
        raise ValueError(f"'{text}' has no length. Write 00:00-24:00 for the whole day")
    return Span(_weekdays(match[1]) if match[1] else frozenset(range(7)), start, end)


def _weekdays(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = _weekday(first), _weekday(last or first)
        found |= {(begin + i) % 7 for i in range((end - begin) % 7 + 1)}
    return frozenset(found)


def _weekday(text: str) -> int:
    word = text.strip().lower()
    if word not in DAYS:
        raise ValueError(f"'{text.strip()}' is no weekday. {suggest(word, DAYS)} Write them as mon-fri or mon,thu")
    return DAYS.index(word)


@dataclass(frozen=True)
class Hours:
    """The spans in which it is open, on the clocks of a zone; without spans it is always open."""

    spans: tuple[Span, ...]
    zone: str

    def open(self, at: datetime) -> bool:
        """Whether it is open at an aware time."""
        local = at.astimezone(ZoneInfo(self.zone))
        return not self.spans or any(one.covers(local) for one in self.spans)

    def opens(self, at: datetime) -> datetime:
        """The first moment from an aware time on at which it is open: `at` itself, or the next opening, aware."""
        if self.open(at):
            return at
        zone, now = ZoneInfo(self.zone), at.astimezone(UTC)
        walls = (
            midnight(at.astimezone(zone), days) + timedelta(minutes=one.start)
            for days in range(9) for one in self.spans
        )  # fmt: skip
        openings = (self._opening(wall, zone) for wall in walls)
        return min(found for found in openings if found > now and self.open(found)).astimezone(zone)

    def _opening(self, wall: datetime, zone: ZoneInfo) -> datetime:
        """When the clocks reach `wall`, or jump over it: then the first minute after the jump."""
        first, at = sorted((in_utc(wall, zone), in_utc(wall, zone, second=True)))
        if at.astimezone(zone).replace(tzinfo=None) == wall:  # no jump; of a doubled hour the first
            return first
        while not self.open(first):
            first += timedelta(minutes=1)
        return first
