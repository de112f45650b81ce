"""Business days in Norway: neither weekends, nor public holidays, nor the days that a bot's file closes."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SATURDAY = 5


def spoken(day: date) -> str:
    """A day as a sentence has it: 17 May. Never by the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def _closed_day(value: object) -> object:
    """A day as YAML gives it: 24.12 is a number there, and 31.10 is the number 31.1. Raises ValueError."""
    if isinstance(value, float):
        if str(value).endswith(".1"):
            raise ValueError(f'{value} may be January or October. Put it in quotes: "{value}0" or "{value}."')
        value = str(value)
    if isinstance(value, str):
        when = _parsed(value)
        return when.isoformat() if isinstance(when, date) else "{}.{}".format(*when)
    return value


def _parsed(text: str) -> date | tuple[int, int]:
    """One date, or day and month of every year. Raises ValueError."""
    try:
        if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.?", text.strip()):
            day, month = int(match[1]), int(match[2])
            date(2028, month, day)  # a leap year: 29.2 is a day of some years
            return day, month
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise ValueError(f"'{text}' is no day. Write 24.12 for every year, or 2026-12-24 for one")


ClosedDay = Annotated[str, BeforeValidator(_closed_day), WithJsonSchema({"type": ["string", "number"]})]


@dataclass(frozen=True)
class BusinessDays:
    """The business days, with the closed days of a bot's file, as ClosedDay has them."""

    closed: tuple[str, ...] = ()

    def why_off(self, day: date) -> str:
        """Why a day is no business day, or nothing. Public holidays by lov 1947-04-26 nr. 1 and 1995-02-24 nr. 12."""
        if names := self._holidays.get(day):
            return f"{spoken(day)} is a public holiday ({names.replace('; ', ', ')})"
        if self.is_closed(day):
            return self.why_closed(day)
        return f"{spoken(day)} is a {DAYS[day.weekday()]}" if day.weekday() >= SATURDAY else ""

    def is_closed(self, day: date) -> bool:
        """Whether the bot's file closes a day."""
        return day in self._closed or (day.day, day.month) in self._closed

    def why_closed(self, day: date) -> str:
        """The sentence for a day that the bot's file closes."""
        return f"{spoken(day)} is one of the closed days"

    def last(self, day: date, count: int) -> date:
        """The day on which the last `count` business days of a day's month begin; the first, where it has fewer."""
        at = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return self._stepped(at, count, -1)

    def first(self, day: date, count: int) -> date:
        """The day with which the first `count` business days of a day's month end; the last, where it has fewer."""
        return self._stepped(day.replace(day=1), count, 1)

    def _stepped(self, at: date, count: int, step: int) -> date:
        month = at.month
        while at.month == month:
            count -= not self.why_off(at)
            if count == 0:
                return at
            at += timedelta(days=step)
        return at - timedelta(days=step)

    @cached_property
    def _closed(self) -> frozenset[date | tuple[int, int]]:
        return frozenset(map(_parsed, self.closed))

    @cached_property
    def _holidays(self) -> Mapping[date, str]:
        # Imported here: a bot without a schedule must not wait for it.
        from holidays.countries.norway import Norway

        found: Mapping[date, str] = Norway(language="no")  # it adds a year when it is first asked about
        return found
