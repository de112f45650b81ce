"""Dates: due dates, invoice dates, voucher dates."""

import calendar
import datetime as dt
import re
from typing import Literal, Self

from pydantic import model_validator

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field, require_order, require_within
from bilagsbot.model.types.cells import CellValue, as_number, is_midnight, plain, shown

_ADVICE = "Write the date as 31.12.2026."
_SHAPES = (
    re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4}|[0-9]{2})"),
)
# calendar.month_name follows the machine's locale; our sentences are English everywhere.
_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip
# A year outside these is a mistyped one, or 20261231 read as day 20 of month 26.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Date(Field):
    """A calendar date; two-digit years are 2000–2099, `min` and `max` are allowed values."""

    type: Literal["date"] = "date"
    min: dt.date | None = None
    max: dt.date | None = None

    advice = _ADVICE

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        require_order(self.min, self.max)
        return self

    def read(self, cell: CellValue) -> dt.date:
        day = self._day(cell)
        require_within(cell, day, self.min, self.max, "{:%d.%m.%Y}".format)
        return day

    def _day(self, cell: CellValue) -> dt.date:
        if as_number(cell) is not None:
            raise BadValue(f"{shown(cell)} is a number, not a date.", "Format the cell as a date, or as text.")
        return date_of_cell(cell) if isinstance(cell, dt.date) else read_date(str(cell))


def date_of_cell(cell: dt.date) -> dt.date:
    """The day of a date cell. Raises BadValue where the cell also has a time of day, or a year out of reach."""
    if isinstance(cell, dt.datetime):
        if not is_midnight(cell):
            raise BadValue(f"{shown(cell)} has a time of day.", "Write the date alone, for example 31.12.2026.")
        cell = cell.date()
    require_likely_year(cell, cell.year)
    return cell


def require_likely_year(cell: CellValue, year: int) -> None:
    """Raise BadValue for a year that no voucher has."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadValue(f"{shown(cell)} is in the year {year}.", f"Write a year from {_FIRST_YEAR} to {_LAST_YEAR}.")


def read_date(text: str) -> dt.date:
    """The date a text means, in day-month-year or ISO order. Raises BadValue."""
    line = plain(text)
    for shape in _SHAPES:
        match = shape.fullmatch(line)
        if match:
            year = int(match["year"])
            return _real_date(text, year + 2000 if len(match["year"]) == 2 else year, match)
    raise BadValue(f"{shown(text)} is not a date.", _ADVICE)


def _real_date(text: str, year: int, match: re.Match[str]) -> dt.date:
    month, day = int(match["month"]), int(match["day"])
    if month > 12 and 1 <= day <= 12 and re.search("[./]", match[0]):
        raise BadValue(
            f"{shown(text)} looks like month before day: there is no month {month}.",
            f"Write the day first: {month:02d}.{day:02d}.{year}.",
        )
    if not 1 <= month <= 12:
        raise BadValue(f"{shown(text)} is not a date: there is no month {month}.", _ADVICE)
    require_likely_year(text, year)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise BadValue(f"{shown(text)} is not a date: {_MONTHS[month - 1]} {year} has {days} days.", _ADVICE)
    return dt.date(year, month, day)
