"""Blackout: a window in which a scheduled bot does not start, as month-end close."""

import re
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bilagsbot.run.times import minutes, within
from bilagsbot.run.unattended.businessdays import BusinessDays, spoken


class Window(BaseModel):
    """One window of `blackout`: the ends of months, dates, or times of day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    last_business_days: int | None = Field(
        None, ge=1, le=20, description="From so many business days before the end of each month until it ends."
    )
    first_business_days: int | None = Field(
        None, ge=1, le=20, description="From the first of each month through so many business days."
    )
    from_: str = Field("", alias="from", description="A date, as 2026-12-24, or a time of day, as 22:00.")
    to: str = Field("", description="The last date; or the time at which starts are let through again.")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        days = [count for count in (self.last_business_days, self.first_business_days) if count is not None]
        between = bool(self.from_ or self.to)
        if len(days) + between != 1:
            raise ValueError(
                "a window is one of {last_business_days: 2}, {first_business_days: 3}, {from: 2026-12-24, to: "
                '2027-01-01} and {from: "22:00", to: "05:00"}. Write each as an entry of its own'
            )
        if between:
            self._from_to()
        return self

    def _from_to(self) -> None:
        if not (self.from_ and self.to):
            raise ValueError(f"'from' and 'to' go together. Add '{'to' if self.from_ else 'from'}'")
        if _is_date(self.from_) != _is_date(self.to):
            raise ValueError("'from' and 'to' are two dates, or two times of day. Write both in one way")
        if _is_date(self.from_):
            first, last = _date(self.from_), _date(self.to)
            if first > last:
                raise ValueError(f"'from' ({first}) is after 'to' ({last}). Swap them")
        elif minutes(self.from_) == minutes(self.to):
            raise ValueError(f"from {self.from_} to {self.to} is no time at all. Write 00:00 to 24:00 for a whole day")

    def why_day(self, day: date, calendar: BusinessDays) -> str:
        """Why nothing starts on a whole day, or nothing."""
        if (count := self.last_business_days) is not None and day >= calendar.last(day, count):
            return f"{spoken(day)} is in {_of_month('last', count)}"
        if (count := self.first_business_days) is not None and day <= calendar.first(day, count):
            return f"{spoken(day)} is in {_of_month('first', count)}"
        if _is_date(self.from_) and _date(self.from_) <= day <= _date(self.to):
            return f"{spoken(day)} is in the blackout from {self.from_} to {self.to}"
        return ""

    def why_time(self, minute: int) -> str:
        """Why nothing starts at a minute of the day, or nothing."""
        if not self.from_ or _is_date(self.from_) or not within(minute, minutes(self.from_), minutes(self.to)):
            return ""
        return f"the hours from {self.from_} to {self.to} are blacked out"


def _of_month(which: str, count: int) -> str:
    return f"the month's {which} business day" if count == 1 else f"the month's {which} {count} business days"


def _is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d?-\d\d?|[\d.]*\d\.\d+\.?", text.strip()) is not None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"'{text}' is no date. Write it as 2026-12-24") from error
