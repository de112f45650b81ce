"""Accounting periods."""

import datetime as dt
import re
from typing import Literal

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_number, plain, shown
from bilagsbot.model.types.dates import date_of_cell, require_likely_year
from bilagsbot.model.types.month import Period

_ADVICE = "Write the month as 2026-03."
_SHAPES = (
    re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})"),
)
_NAMED = re.compile(r"(?P<name>[^\W\d_]{3,})\.? (?P<year>[0-9]{4})")
_NAMES = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
)


class AccountingPeriod(Field):
    """A month of a year; a date cell stands for its month, month names may be Norwegian or English."""

    type: Literal["period"] = "period"

    advice = _ADVICE

    def read(self, cell: CellValue) -> Period:
        if isinstance(cell, dt.date):
            day = date_of_cell(cell)
            return Period(day.year, day.month)
        number = as_number(cell)
        if number is None:
            return _read_period(str(cell))
        # 202603 as a number loses nothing; 3,2026 would be 03.2026 that Excel made a decimal number of.
        if number != number.to_integral_value() or not 190000 < number < 220000:
            raise BadValue(f"{shown(cell)} is not a month.", f"{_ADVICE} Format the cell as text.")
        return _read_period(str(int(number)))


def _read_period(text: str) -> Period:
    line = plain(text)
    named = _NAMED.fullmatch(line)
    if named:
        return _period(text, int(named["year"]), _month_named(text, named["name"].lower()))
    for shape in _SHAPES:
        match = shape.fullmatch(line)
        if match:
            return _period(text, int(match["year"]), int(match["month"]))
    raise BadValue(f"{shown(text)} is not a month.", _ADVICE)


def _period(text: str, year: int, month: int) -> Period:
    if not 1 <= month <= 12:
        raise BadValue(f"{shown(text)} is not a month: there is no month {month}.", _ADVICE)
    require_likely_year(text, year)
    return Period(year, month)


def _month_named(text: str, name: str) -> int:
    # Three letters are enough to tell the months apart in both languages: jun and jul, mar and mai.
    for number, names in enumerate(_NAMES, start=1):
        if any(full.startswith(name) for full in names):
            return number
    raise BadValue(f"{shown(text)} is not a month: there is no month '{name}'.", _ADVICE)
