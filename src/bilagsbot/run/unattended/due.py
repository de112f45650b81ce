"""Whether a time of the engine's is a start of the schedule, which knows of holidays, blackouts and clock changes."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bilagsbot.run.unattended.schedule import Schedule

SKIPPED_HOUR = timedelta(hours=1)
"""In spring the engine wakes at 03:00 for all times that the clock leaves out; the schedule starts later then."""
_INSTANT = timedelta(seconds=1)


@dataclass(frozen=True)
class Due:
    """What to do at a time: the start that it is, if any, and why it is not made, or not yet (`wait`)."""

    start: datetime | None
    why: str = ""
    wait: bool = False


def due(schedule: Schedule, slot: datetime, now: datetime) -> Due:
    """What the engine's `slot` asks for at `now`, both aware; it may come late, after an outage."""
    # In UTC: times of one zone are compared, and counted, as clocks show them, which leap twice a year.
    slot, now = slot.astimezone(UTC), now.astimezone(UTC)
    start = next((at.astimezone(UTC) for at in schedule.starts(slot - _INSTANT)), None)
    if start is None or start - slot > SKIPPED_HOUR:
        return Due(None, schedule.why_not(slot) or "it is no start of the schedule")
    newest = schedule.last(now)
    if newest and newest.astimezone(UTC) > start:
        return Due(None, "a later start has come")
    if schedule.missed == "skip" and now - start > timedelta(minutes=schedule.grace):
        return Due(None, "it was missed, and the schedule skips those")
    if why := schedule.why_not(now):
        return Due(start, why, wait=True)
    return Due(start)
