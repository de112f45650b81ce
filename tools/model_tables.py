"""Tables in Markdown of what models hold."""

import inspect
import re
from collections.abc import Iterable, Mapping

from editor_schemas import Schema, schema_of
from field_words import described
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bilagsbot.model.types import TYPE_NAMES


def said(model: type[BaseModel]) -> str:
    """A model's docstring, on one line."""
    return " ".join((inspect.getdoc(model) or "").split())


def model_rows(model: type[BaseModel]) -> str:
    """The table of all keys that people write in a model."""
    return rows(model, {f.alias or name: f for name, f in model.model_fields.items() if not f.exclude})


def rows(model: type[BaseModel], shown: Mapping[str, FieldInfo], given: Mapping[str, object] = {}) -> str:
    """The table of some of a model's keys; `given` are defaults that the model does not know of."""
    made = schema_of(model)
    made = made["$defs"][model.__name__] if "$ref" in made else made
    return table(
        ["key", "holds", "default", "meaning"],
        [
            [f"`{n}`", _holds(made["properties"][n]), str(given.get(n) or _default(f)), described(model, n, f)]
            for n, f in shown.items()
        ],
    )


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.is_required():
        return "required"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value) if isinstance(value, (int, str)) else ""


def _holds(schema: Schema) -> str:
    """What a value is, in a word or two."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_holds(one) for one in schema["anyOf"] if one.get("type") != "null"))
    if "const" in schema or "enum" in schema:
        allowed = schema.get("enum", [schema.get("const")])
        if True in allowed or allowed == list(TYPE_NAMES):
            return "true or false" if True in allowed else "field type"
        return " or ".join(f"`{one}`" for one in allowed if one)
    kind = schema.get("type")
    if kind == "array":
        parts = schema.get("prefixItems") or [schema["items"]]
        return f"list of {', '.join(_holds(part) for part in parts)}"
    if kind == "object":
        return "mapping"
    if schema.get("format") == "date":
        return "date"
    return {"string": "text", "integer": "whole number", "number": "number"}.get(
        str(kind), "text" if kind else "mapping"
    )


def table(head: list[str], lines: Iterable[list[str]]) -> str:
    """A table in Markdown."""
    cells = [[_escaped(cell) for cell in line] for line in [head, ["---"] * len(head), *lines]]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


def _escaped(cell: str) -> str:
    """A cell on one line, whose signs are no table's and no HTML's; in code, HTML's stand for themselves."""
    folded = re.sub(r"\s+", " ", cell).replace("|", "\\|")
    return "`".join(part if i % 2 else part.replace("<", "&lt;") for i, part in enumerate(folded.split("`")))
