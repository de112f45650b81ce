"""Tables of desktop programs: on the screen, as the program tells them, and in the file that it has saved."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from bilagsbot.drivers.base import ScreenRow, ScreenTable
from bilagsbot.drivers.desktop.desk import Desk
from bilagsbot.drivers.desktop.finding import Finder
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Anchor, Target

# A double written out to its last digit, as C's %.17g does: 12445.200000000001 is 12445.2.
NOISE = re.compile(r"-?[0-9]+\.[0-9]{5,}")
SURE = 15  # digits that a double holds for certain
LARGEST = 256 * 1024 * 1024  # bytes of a file of books


def read_table(desk: Desk, finder: Finder, table: Target) -> ScreenTable:
    """The table as it is now. Raises StepFailed where nothing names its columns, or its file cannot be read."""
    if table.find[0].file:
        return _saved(desk, table, table.find[0])
    found = finder.find(table)
    if found.node is None or desk.accessibility is None:
        raise StepFailed(f"{table.name} is seen only as a picture; its rows cannot be told apart")
    columns, rows = desk.accessibility.cells(found.node)
    if not any(columns):
        raise StepFailed(f"{table.name} has no column headers")
    names = tuple(name or str(i) for i, name in enumerate(columns, 1))
    return ScreenTable(names, tuple(ScreenRow(i, dict(zip(names, row, strict=True))) for i, row in enumerate(rows)))


def _saved(desk: Desk, table: Target, anchor: Anchor) -> ScreenTable:
    """The rows of the file. A program that is just writing it has its time."""
    path = Path(anchor.file)
    said: list[str] = []
    trees: list[etree._ElementTree] = []

    def whole() -> bool:
        try:
            if path.stat().st_size > LARGEST:
                raise StepFailed(f"{table.name}: {path.name} is larger than {LARGEST // 1024**2} MB")
            trees.append(etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)))
        except (OSError, etree.XMLSyntaxError) as error:
            said.append(str(error))
            return False
        return True

    if not desk.until(whole):
        raise StepFailed(f"{table.name}: {path} cannot be read: {said[-1]}")
    try:
        elements = trees[0].xpath(anchor.rows)
    except etree.XPathError as error:
        raise StepFailed(f"{table.name}: 'rows' is no XPath: {error}") from error
    found = elements if isinstance(elements, list) else []
    rows = [dict(_cells(element)) for element in found if isinstance(element, etree._Element)]
    # Programs leave out what is empty; `headers` names what a row may lack.
    columns = tuple(dict.fromkeys([*table.headers.split(), *(name for row in rows for name in row)]))
    filled = ({**dict.fromkeys(columns, ""), **row} for row in rows)
    return ScreenTable(columns, tuple(ScreenRow(i, row) for i, row in enumerate(filled)))


def _cells(row: etree._Element) -> Iterator[tuple[str, str]]:
    """Its attributes by name, and the texts within it by their path: `splits/split/value`, several as `100; -100`."""
    for name, value in row.attrib.items():
        yield etree.QName(str(name)).localname, _number(str(value))
    texts: dict[str, list[str]] = {}
    _gather(row, "", texts)
    for path, found in texts.items():
        yield path, "; ".join(found)


def _gather(element: etree._Element, above: str, texts: dict[str, list[str]]) -> None:
    for child in element.iterchildren("*"):
        path = f"{above}{etree.QName(child).localname}"
        if len(child):
            _gather(child, f"{path}/", texts)
        else:
            texts.setdefault(path, []).append(_number((child.text or "").strip()))


def _number(text: str) -> str:
    """A number without the noise of its last digits; any other text as it is."""
    noisy = NOISE.fullmatch(text) and len(text.strip("-0.").replace(".", "")) > SURE
    return f"{float(text):.{SURE}g}" if noisy else text
