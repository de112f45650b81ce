"""Receipts: what the program gives back, from what the person pointed at."""

import re
from collections.abc import Iterator, Sequence

from bilagsbot.flow.drafting.lines import Line
from bilagsbot.flow.drafting.targets import Targets
from bilagsbot.flow.drafting.values import Values
from bilagsbot.flow.drafting.wording import group, part, slug
from bilagsbot.model.recording import Action, Element, Spot


class Receipts:
    """The receipt's fields by name: their label, and what they were in the recording."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.values: dict[str, list[str]] = {}

    def told(self, action: Action, targets: Targets, values: Values, others: Sequence[Action] = ()) -> list[Line]:
        """The step that reads what was pointed at: a cell of a table's row, or a thing of its own. `others` is what was
        pointed at for the items keyed after it."""
        element = action.element or Element()
        if element.spot:
            spot = element.spot
            header, value = spot.headers[spot.column], spot.cells[spot.column]
            where, amounts = self.where(spot, values)
            said: dict[str, object] = {"in": targets.table(action, spot.ways), "where": where}
            if amounts:
                said["amounts"] = amounts
            said["receipt"] = {self._field(header, [value]): header}
            doubts = {} if where else {"": "which cells tell this row from all others? None is in the workbook"}
            return [Line("find_row", said, doubts=doubts)]
        value, matching, word = reading(action.value, values)
        name = self._field(element.label or element.cell or word or part(element), [value, *_readings(others, values)])
        target = targets.of(action, name=_status(action, element))
        found: dict[str, object] = {name: target}
        if matching:
            found["matching"] = matching
        doubt = {} if value else {name: "is this what the program gives back? There is no number in it"}
        return [Line("capture", found, doubts=doubt)]

    def where(self, spot: Spot, values: Values) -> tuple[dict[str, object], list[str]]:
        """The cells of a row that the workbook has too, by header; and which of them are amounts."""
        where: dict[str, object] = {}
        amounts: list[str] = []
        for i, (header, cell) in enumerate(zip(spot.headers, spot.cells, strict=True)):
            if i == spot.column or not (found := values.cell(cell)) or found[0].type in ("date", "mva_code"):
                continue
            if found[0].type == "amount":
                amounts.append(header)
            where[header] = found[1]
        if len(where) > len(amounts):  # a number and a name tell a row; an amount may be shown otherwise
            where = {header: said for header, said in where.items() if header not in amounts}
            amounts = []
        return where, amounts

    def _field(self, label: str, read: list[str]) -> str:
        """The field's name. What has the same value as another is the same; the longer label wins."""
        twin = next((name for name, known in self.values.items() if set(known) & set(filter(None, read))), "")
        name = twin or slug(label) or "reference"
        while not twin and name in self.values:
            name += "_2"
        self.values[name] = [*self.values.get(name, []), *read]
        self.labels[name] = max(self.labels.get(name, ""), " ".join(label.split()), key=len)
        return name


def _readings(others: Sequence[Action], values: Values) -> Iterator[str]:
    before = values.row
    for values.row, action in enumerate(others, before + 1):
        yield reading(action.value, values)[0]
    values.row = before


def reading(text: str, values: Values) -> tuple[str, str, str]:
    """The number in a message that no column has, the expression that reads it, and the word before it."""
    numbers = [found for found in re.finditer(r"\d[\d.-]*\d|\d", text) if not values.cell(found[0])]
    if not numbers:
        return ("", "", "")
    best = max(numbers, key=lambda found: len(found[0]))
    before, after = text[: best.start()], text[best.end() :]
    word = re.findall(r"[^\W\d_]+", before)[-1:] or re.findall(r"[^\W\d_]+", after)[:1]
    digits = r"(\d+)" if best[0].isdigit() else r"([\d.-]+)"
    if not before.strip() and not after.strip():
        return best[0], "", "".join(word)
    return best[0], f"{_loosely(before)}{digits}{_loosely(after)}", "".join(word)


def _loosely(text: str) -> str:
    """A text as an expression in which numbers may be others."""
    escaped = re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)
    return re.sub(r"\d+", r"\\d+", escaped)


def _status(action: Action, element: Element) -> str:
    return f"{group(action)}.{slug(element.label or element.cell or element.id) or 'confirmation'}"
