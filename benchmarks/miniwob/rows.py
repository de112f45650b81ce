"""What a page asks for, as the row of a workbook: read from its request, and from the page where that refers to it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from playwright.sync_api import Page

Cell = str | int | date | None


@dataclass(frozen=True)
class Row:
    """An item's cells, before their types are checked, and those of its lines."""

    cells: Mapping[str, Cell]
    lines: tuple[Mapping[str, Cell], ...] = ()


Reader = Callable[[Page], Row]


def said(pattern: str) -> Reader:
    """The request holds everything: the groups of `pattern` are the fields; `date` is one, written 12/31/2016."""

    def read(page: Page) -> Row:
        cells: dict[str, Cell] = dict(_request(page, pattern).groupdict())
        if isinstance(written := cells.get("date"), str):
            cells["date"] = datetime.strptime(written, "%m/%d/%Y").date()
        return Row(cells)

    return read


def in_case(page: Page) -> Row:
    """A text to be typed in the letter case that is asked for."""
    found = _request(page, r'"(?P<text>.+)" in all (?P<case>upper|lower)')
    return Row({"text": found["text"].upper() if found["case"] == "upper" else found["text"].lower()})


def boxes(page: Page) -> Row:
    """A line for each box to be ticked."""
    names = _request(page, r"Select (?P<names>.+) and click")["names"]
    return Row({}, tuple({"label": name} for name in names.split(", ") if names != "nothing"))


def shown(css: str) -> Reader:
    """The text that the page shows there."""
    return lambda page: Row({"text": page.locator(css).text_content()})


def written(page: Page) -> Row:
    """What a field of the page holds: the only one, or the one whose place is named."""
    place = re.search(r"the (\d)\w\w text area", _query(page))
    return Row({"text": page.locator("textarea").nth(int(place[1]) - 1 if place else 0).input_value()})


def nth_word(page: Page) -> Row:
    """The word of the paragraph whose number is named."""
    words = page.locator("#area p").inner_text().split()
    return Row({"text": words[int(_request(page, r"the (?P<place>\d+)")["place"]) - 1].strip(",.")})


def last_word(page: Page) -> Row:
    """The last word of a long text."""
    return Row({"text": page.locator("#text-area").input_value().split()[-1].strip(",.")})


def of_table(page: Page) -> Row:
    """The value that a table gives to the name in the request."""
    return Row({"text": _table(page)[_request(page, r"value of (?P<name>.+) into")["name"]]})


def two_of_table(page: Page) -> Row:
    """The values that a table gives to the labels of two fields."""
    table = _table(page)
    first, second = (label.rstrip(":") for label in page.locator("#form label").all_inner_texts())
    return Row({"first_name": first, "first": table[first], "second_name": second, "second": table[second]})


def named_color(page: Page) -> Row:
    """A colour by its name, as the hexadecimal digits that the field takes."""
    name = _request(page, r"Select (?P<name>\w+) with")["name"]
    return Row({"color": str(page.evaluate("name => ui_utils.colorNameToHex(name)", name)).lstrip("#").upper()})


def seen_color(page: Page) -> Row:
    """A colour that the request shows."""
    style = page.locator("#query .cc").get_attribute("style") or ""
    return Row({"color": style.rpartition("#")[2].upper()})


def search(page: Page) -> Row:
    """A text to search for, and which of its results is meant, three to a page."""
    found = _request(page, r'enter "(?P<text>.+)" and .*the (?P<place>\d)')
    beyond, place = divmod(int(found["place"]) - 1, 3)
    return Row({"text": found["text"], "page": beyond + 1, "place": place + 1})


def flight(page: Page) -> Row:
    """Two airports by their full names, though the request may name the town or the code alone."""
    found = _request(page, r"the (?P<least>\w+) .*from: (?P<from>.+) to: (?P<to>.+) on (?P<date>\d\d/\d\d/\d{4})")
    airports: list[str] = page.evaluate("DOMESTIC_FLIGHTS")
    ends = {end: next(a for a in airports if _is_airport(a, found[end])) for end in ("from", "to")}
    day = datetime.strptime(found["date"], "%m/%d/%Y").date()
    return Row({**ends, "date": day, "least": found["least"]})


def _is_airport(airport: str, name: str) -> bool:
    return airport.startswith(f"{name} (") or airport.endswith(f"({name})")


def _table(page: Page) -> dict[str, str]:
    cells = page.locator("#tab td").all_inner_texts()
    return dict(zip(cells[::2], cells[1::2], strict=True))


def _query(page: Page) -> str:
    return str(page.evaluate("core.getUtterance()"))


def _request(page: Page, pattern: str) -> re.Match[str]:
    found = re.search(pattern, query := _query(page))
    assert found, f"{page.url} asks {query!r}, which does not fit {pattern!r}"
    return found
