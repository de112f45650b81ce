"""Columns: an item's fields and their types, guessed from the workbook."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bilagsbot.flow.drafting.wording import slug
from bilagsbot.flow.sample import SampleRows
from bilagsbot.model.errors import BadValue
from bilagsbot.model.types import CellValue, Field, FieldSpec
from bilagsbot.model.types.cells import is_empty

_SPEC: TypeAdapter[FieldSpec] = TypeAdapter(FieldSpec)
# What a header says of its column, if all of its cells agree.
_BY_HEADER = (
    (r"\bkid\b", "kid"), (r"org\.?\s?(nr|nummer)|\borgno\b", "orgnr"), (r"\biban\b", "iban"),
    (r"bankkonto|kontonummer|bank account", "kontonr"), (r"valuta|currency", "currency"), (r"periode|period", "period"),
)  # fmt: skip
_VAT = r"mva[- ]?kode|vat[- ]?code|tax[- ]?code"
_MONEY = r"bel[øo]p|amount|sum|debet|debit|kredit|credit|netto|brutto|total|pris|price"
_ACCOUNT = r"konto|account"
_REFERENCE = (
    r"(faktura|invoice|bilag|voucher|dokument|document|ordre|order)s?[. _-]*(nr|no|num|id|ref)|^(bilag|ref)|referanse"
)
_PARTY = r"leverand[øo]r|supplier|vendor|kunde|customer"


@dataclass(frozen=True)
class Column:
    """One column as a field: its header, the field's name, its type as YAML says it, and its value in every row."""

    header: str
    name: str
    spec: Mapping[str, object]
    values: Sequence[object]
    keyed: Sequence[object]

    @property
    def type(self) -> str:
        """The type's name."""
        return str(self.spec["type"])

    @property
    def required(self) -> bool:
        """Whether every row has it."""
        return bool(self.spec.get("required", True))


def columns(rows: SampleRows) -> list[Column]:
    """Every column that has a value in some row."""
    found, taken = list[Column](), set[str]()
    for header in rows.headers:
        cells = rows.column(header)
        if all(is_empty(cell) for cell in cells):
            continue
        name = slug(header) or "column"
        name = name if name not in taken and name != "lines" else f"{name}_{len(taken)}"
        taken.add(name)
        spec, field = guess(header, cells)
        found.append(
            Column(header, name, spec, [_value(field, cell) for cell in cells],
                   [_value(field, row[header]) for row in rows.keyed])
        )  # fmt: skip
    return found


def _value(field: Field, cell: CellValue) -> object:
    """The cell's value; nothing where it is of no type at all, which `check` tells."""
    try:
        return field.parse(cell)
    except BadValue:
        return None


def guess(header: str, cells: Sequence[CellValue]) -> tuple[Mapping[str, object], Field]:
    """The narrowest type that every cell is of."""
    empty = any(is_empty(cell) for cell in cells)
    texts = sorted({str(cell) for cell in cells if not is_empty(cell)})
    for spec in _candidates(header.casefold(), texts):
        whole = {**spec, "required": False} if empty else spec
        try:
            field = _SPEC.validate_python(whole)
            for cell in cells:
                field.parse(cell)
        except (BadValue, ValidationError):
            continue
        return whole, field
    text = {"type": "text", "required": False}
    return text, _SPEC.validate_python(text)


def key_of(found: Sequence[Column]) -> tuple[list[str], bool]:
    """The fields that identify an item, and whether that is more than a guess: a number of its own, and whose it is."""
    firm = [column for column in found if column.required and column.type != "amount"]
    reference = [column for column in firm if re.search(_REFERENCE, column.header.casefold())]
    party = [column for column in firm if re.search(_PARTY, column.header.casefold())]
    alone = [column for column in firm if len(set(column.values)) == len(column.values)]
    if reference:
        return [column.name for column in (*party[:1], reference[0])], True
    named = [*party[:1], *alone[:1]] or firm[:1] or list(found[:1])
    return list(dict.fromkeys(column.name for column in named)), False


def _candidates(header: str, texts: Sequence[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{"type": kind} for pattern, kind in _BY_HEADER if re.search(pattern, header)]
    if re.search(_VAT, header):
        found.append({"type": "mva_code", "codes": texts})
    money = re.search(_MONEY, header) or any(re.search(r"[.,]\d{1,2}$", text) for text in texts)
    digits = all(re.fullmatch(r"\d{4}", text) for text in texts)
    if digits and re.search(_ACCOUNT, header):
        found.append({"type": "text", "pattern": "[0-9]{4}"})
    if not re.search(_REFERENCE, header):
        found.append({"type": "date"})
        found += [{"type": "amount"}] if money else []
    return [*found, {"type": "text"}]
