"""The field types: what an item's cells may hold, in the trade's own terms."""

from typing import Annotated, Any, get_args

from pydantic import BeforeValidator
from pydantic import Field as Option
from pydantic_core import PydanticCustomError

from bilagsbot.model.errors import suggest
from bilagsbot.model.types.amount import Amount
from bilagsbot.model.types.base import Field, Value
from bilagsbot.model.types.cells import CellValue
from bilagsbot.model.types.choice import Choice
from bilagsbot.model.types.currency import Currency
from bilagsbot.model.types.dates import Date
from bilagsbot.model.types.iban import Iban
from bilagsbot.model.types.integer import Integer
from bilagsbot.model.types.kid import Kid
from bilagsbot.model.types.kontonr import Kontonr
from bilagsbot.model.types.month import Period
from bilagsbot.model.types.mva_code import MvaCode
from bilagsbot.model.types.orgnr import Orgnr
from bilagsbot.model.types.period import AccountingPeriod
from bilagsbot.model.types.text import Text

FieldType = Annotated[
    Text | Integer | Amount | Date | AccountingPeriod | Currency | Orgnr | Kontonr | Kid | Iban | MvaCode | Choice,
    Option(discriminator="type"),
]

TYPE_NAMES: tuple[str, ...] = tuple(t.model_fields["type"].default for t in get_args(get_args(FieldType)[0]))


def expand_short_form(spec: Any) -> Any:
    """`text` as `{type: text}`; any other spec as it is. Raises a pydantic error for an unknown or missing type."""
    if isinstance(spec, str):
        spec = {"type": spec}
    if not isinstance(spec, dict):
        if isinstance(spec, Field):
            return spec
        # An empty line in YAML, as in `supplier:`, arrives here as None.
        raise PydanticCustomError("field_spec", "write a type, for example 'text', or {type: text, max_length: 30}")
    if "type" not in spec:
        raise PydanticCustomError("field_spec", "there is no type. Write one, for example {type: text}")
    name = spec["type"]
    if name not in TYPE_NAMES:
        context = {"name": str(name), "hint": suggest(str(name), TYPE_NAMES)}
        raise PydanticCustomError("field_type", "unknown type '{name}'. {hint}", context)
    return spec


FieldSpec = Annotated[FieldType, BeforeValidator(expand_short_form)]

__all__ = [
    "TYPE_NAMES",
    "AccountingPeriod",
    "Amount",
    "CellValue",
    "Choice",
    "Currency",
    "Date",
    "Field",
    "FieldSpec",
    "FieldType",
    "Iban",
    "Integer",
    "Kid",
    "Kontonr",
    "MvaCode",
    "Orgnr",
    "Period",
    "Text",
    "Value",
    "expand_short_form",
]
