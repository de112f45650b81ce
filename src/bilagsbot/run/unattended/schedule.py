"""Schedule: when a worker starts a bot by itself, and when it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from heapq import merge
from itertools import groupby, repeat
from operator import itemgetter
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bilagsbot.run.times import OSLO, Zone, listed, minute_of
from bilagsbot.run.unattended.blackout import Window
from bilagsbot.run.unattended.businessdays import BusinessDays, ClosedDay
from bilagsbot.run.unattended.cron import Cron

AHEAD = timedelta(days=731)  # how far it looks, so that a schedule that never starts ends
BACK = (2, 8, 32, 128, 731)  # days; most schedules started within the first
_SO_ON = ", and every other time of two years is passed over too. Change the cron, or allow more"


def _cron(line: str) -> str:
    line = " ".join(line.split())
    _ = Cron(line).times
    return line


@dataclass(frozen=True)
class Slot:
    """A time of the cron, in the schedule's zone; `why` says why it is passed over."""

    at: datetime
    why: str


class Schedule(BaseModel):
    """When a worker runs the bot by itself. A cron alone is the short form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cron: Annotated[tuple[Annotated[str, AfterValidator(_cron)], ...], BeforeValidator(listed)] = Field(
        min_length=1, description='Minute, hour, day of month, month, day of week: `"0 6 * * 1-5"`; or a list of such.'
    )
    zone: Zone = Field(OSLO, description="The time zone of all times here.")
    business_days: bool = Field(False, description="Not on weekends and Norwegian public holidays.")
    closed: Annotated[tuple[ClosedDay, ...], BeforeValidator(listed)] = Field(
        (), description="More days without a start: `24.12` of every year, or `2026-12-24`."
    )
    blackout: tuple[Window, ...] = Field((), description="Windows in which it does not start, as month-end close.")
    missed: Literal["run", "skip"] = Field(
        "run", description="A start that no worker was up for: `run` makes up for the newest, `skip` for none."
    )
    grace: int = Field(15, ge=0, le=1440, description="Minutes after which a late start counts as missed.")

    @model_validator(mode="after")
    def _starts_some_day(self) -> Self:
        now = datetime.now(UTC)
        # Times first: they are few, where the slots of two years may be a million.
        times = [at.hour * 60 + at.minute for cron in self._crons for at in cron.times]
        if all(self._why_time(minute) for minute in times):
            raise ValueError(f"it never starts: {self._why_time(times[0])}{_SO_ON}")
        if next(self.starts(now), None) is None:
            slot = next(self.slots(now), None)
            why = f"{slot.why}{_SO_ON}" if slot else "within two years no day fits the cron. Change it"
            raise ValueError(f"it never starts: {why}")
        return self

    def why_not(self, at: datetime) -> str:
        """Why it may not start at an aware time, as a sentence without a full stop; nothing where it may."""
        local = at.astimezone(self._zone)
        return self._why_day(local.date()) or self._why_time(minute_of(local))

    def starts(self, after: datetime) -> Iterator[datetime]:
        """The aware times after `after` at which it really starts, up to two years ahead."""
        return (slot.at for slot in self._slots(after, after + AHEAD, skip=True) if not slot.why)

    def slots(self, after: datetime) -> Iterator[Slot]:
        """Every time of the cron after `after`, also those that are passed over, up to two years ahead."""
        return self._slots(after, after + AHEAD)

    def last(self, before: datetime) -> datetime | None:
        """The newest start at or before an aware time, of the last two years."""
        for days in BACK:
            found = [slot.at for slot in self._slots(before - timedelta(days=days), before, skip=True) if not slot.why]
            if found:
                return found[-1]
        return None

    def due(self, since: datetime, now: datetime) -> datetime | None:
        """The start that is to be made at `now`, where those up to `since` are dealt with; both aware.

        Of several the newest; a late one only as `missed` says; none while `now` itself lies in a blackout.
        """
        at = self.last(now)
        if at is None or at <= since or self.why_not(now):
            return None
        late = now - at > timedelta(minutes=self.grace)
        return None if late and self.missed == "skip" else at

    @cached_property
    def _crons(self) -> tuple[Cron, ...]:
        return tuple(map(Cron, self.cron))

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _calendar(self) -> BusinessDays:
        return BusinessDays(self.closed)

    def _why_day(self, day: date) -> str:
        if self.business_days and (why := self._calendar.why_off(day)):
            return why
        if self._calendar.is_closed(day):
            return self._calendar.why_closed(day)
        return next((why for window in self.blackout if (why := window.why_day(day, self._calendar))), "")

    def _why_time(self, minute: int) -> str:
        return next((why for window in self.blackout if (why := window.why_time(minute))), "")

    def _slots(self, after: datetime, until: datetime, skip: bool = False) -> Iterator[Slot]:
        """The slots after one time up to another; with `skip` without those of days that are passed over whole."""
        # Compared in UTC: times of one zone compare as clocks show them, and on one night a year these go back.
        after, until = after.astimezone(UTC), until.astimezone(UTC)
        first, last = (at.astimezone(self._zone).date() for at in (after, until))
        days = (zip(cron.days(first, last), repeat(cron)) for cron in self._crons)
        ordered = merge(*days, key=itemgetter(0))
        for day, pairs in groupby(ordered, key=itemgetter(0)):
            if skip and self._why_day(day):
                continue
            for at in sorted(set().union(*(cron.instants(day, self._zone) for _, cron in pairs))):
                if after < at <= until:
                    yield Slot(at.astimezone(self._zone), self.why_not(at))
