"""Cron: a line of five fields, read by croniter, as days and wall-clock times."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import product
from zoneinfo import ZoneInfo

from bilagsbot.run.times import in_utc

FIELDS = "minute, hour, day of month, month, day of week"


@dataclass(frozen=True)
class Cron:
    """One cron line."""

    line: str

    @cached_property
    def times(self) -> tuple[time, ...]:
        """The times of day, in order. Raises ValueError with a sentence where the line is no cron."""
        # Imported here: a bot without a schedule must not wait for it.
        from croniter import croniter

        fields = self.line.split()
        if len(fields) != 5:
            counted = "1 field" if len(fields) == 1 else f"{len(fields)} fields"
            raise ValueError(f"'{self.line}' has {counted}. A cron has five: {FIELDS}, as 0 6 * * 1-5")
        if wrong := next((field for field in fields if re.match(r"[hr](\(|/|$)", field, re.I)), ""):
            raise ValueError(f"'{wrong}' is not the same time everywhere. Write a number")
        try:
            found, _ = croniter.expand(self.line)
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(f"'{self.line}' is no cron: {_why(error)}. Its fields are {FIELDS}") from error
        minutes, hours = (
            sorted(values if values != ["*"] else range(size))
            for values, size in zip(found, (60, 24), strict=False)
        )  # fmt: skip
        return tuple(time(hour, minute) for hour, minute in product(hours, minutes))

    def days(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` through `last` on which it starts."""
        from croniter import CroniterBadDateError, croniter

        before = datetime.combine(first, time()) - timedelta(minutes=1)
        midnights = croniter(" ".join(["0", "0", *self.line.split()[2:]]), before)
        while True:
            try:
                day = midnights.get_next(datetime).date()
            except CroniterBadDateError:  # as the 31st of February
                return
            if day > last:
                return
            yield day

    def instants(self, day: date, zone: ZoneInfo) -> Set[datetime]:
        """When it starts on one of its days, in UTC.

        A time that the clocks jump over comes as much later as they jump. A doubled time counts once, the first; but
        a cron of every hour goes on through both, or an hour would pass without it.
        """
        walls = [datetime.combine(day, at) for at in self.times]
        found = {in_utc(wall, zone) for wall in walls}
        if self.line.split()[1] == "*":
            # Of a time that is jumped over the second reading lies before the jump, where no clock shows it.
            found |= {at for wall in walls if (at := in_utc(wall, zone, second=True)) > in_utc(wall, zone)}
        return found


def _why(error: Exception) -> str:
    """What croniter says, without the line that it repeats."""
    return re.sub(r"^\[.*?\] (is )?", "it is ", str(error)).rstrip(".") or "it cannot be read"
