"""JSON Schemas of the user's files: for editors, so they take the short forms that the loader takes."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from field_words import described
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema
from step_forms import fields, forms

from bilagsbot.flow.flow import Check, Flow
from bilagsbot.model.receipt import Receipt
from bilagsbot.model.target import MODIFIERS, Anchor, Selectors
from bilagsbot.model.types import TYPE_NAMES, FieldType
from bilagsbot.run.bot import Bot
from bilagsbot.steps import YAML_STEPS
from bilagsbot.steps.base import Step

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"  # what editors know best
# Draft 7 knows only "with this, that too": of `beside`, which goes with `image` or `ocr`, it is told that `size` goes.
DEPENDENCIES = {"named": ["role"], "beside": ["size"], "rows": ["file"], "file": ["rows"]}
SECTIONS = ("start", "steps", "lookup")
FIELD_TYPES: tuple[type[BaseModel], ...] = get_args(get_args(FieldType)[0])


class _AsWritten(GenerateJsonSchema):
    """Schemas of files as people write them: without what the loader fills in, every key described."""

    def field_is_present(self, field: Any) -> bool:
        return not field.get("serialization_exclude")

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def callable_schema(self, schema: core_schema.CallableSchema) -> Schema:
        return {}  # a Python flow's function; no YAML file has one

    def bool_schema(self, schema: core_schema.BoolSchema) -> Schema:
        return {"enum": [True, False, "yes", "no", "on", "off"]}  # YAML 1.2 reads `no` as text, and we take it

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Schema:
        inner: Schema = super().function_before_schema(schema)
        if inner.get("type") == "array":  # one entry stands for a list of one
            return {"anyOf": [inner["items"], inner]}
        if "discriminator" in inner:
            return {"anyOf": [{"enum": list(TYPE_NAMES), "description": "A field type."}, *inner["oneOf"]]}
        return inner

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        made: Schema = super().model_schema(schema)
        model = schema["cls"]
        for name, field in model.model_fields.items():
            if (shown := made["properties"].get(field.alias or name)) is not None and name != "step":
                shown["description"] = described(model, name, field)
        if model in FIELD_TYPES:
            made["required"] = ["type", *made.get("required", [])]
            made = _numbers_too(made)
        if model is Anchor:
            ways = [name for name in made["properties"] if name not in MODIFIERS]
            made |= {"oneOf": [{"required": [way]} for way in ways], "dependencies": DEPENDENCIES}
        return made


def schemas() -> dict[str, Schema]:
    """Every schema by its file's name."""
    return {
        "bot.schema.json": _finished("One file of bots/.", _bot()),
        "flow.schema.json": _finished("One file of flows/: a flow, or steps that flows include.", _flow()),
        "selectors.schema.json": _finished("One file of selectors/.", schema_of(Selectors)),
        "receipt.schema.json": _finished("One line of receipts.jsonl.", _receipt()),
    }


def schema_of(model: type[BaseModel]) -> Schema:
    """A model's schema, its definitions under `$defs`."""
    return model.model_json_schema(schema_generator=_AsWritten)


def _bot() -> Schema:
    bot = schema_of(Bot)
    notify = bot["$defs"]["Notify"]
    names = {key: value for key, value in notify["properties"]["to"].items() if key != "description"}
    bot["$defs"]["Notify"] = {"anyOf": [names, notify]}  # whom to tell is the short form
    return bot


def _receipt() -> Schema:
    made = Receipt.model_json_schema(mode="serialization")
    made["required"] = list(made["properties"])  # a line has every field, also those that may be empty
    return made


def _flow() -> Schema:
    flow = schema_of(Flow)
    defs: Schema = flow.pop("$defs")
    steps = {"$ref": "#/$defs/steps"}
    for section in SECTIONS:
        flow["properties"][section] = {**steps, "description": flow["properties"][section]["description"]}
    flow["properties"]["steps"]["minItems"] = 1
    defs["rule"] = schema_of(Check)
    flow["properties"]["checks"]["items"] = {"$ref": "#/$defs/rule"}
    defs["field"] = flow["properties"]["item"]["additionalProperties"]
    for section in ("item", "lines"):
        flow["properties"][section]["additionalProperties"] = {"$ref": "#/$defs/field"}
    label = defs["ReceiptField"]["properties"]["label"]
    typed = [
        {**defs[t.__name__], "properties": {**defs[t.__name__]["properties"], "label": label}} for t in FIELD_TYPES
    ]
    alone = {"type": "object", "properties": {"label": label}, "required": ["label"], "additionalProperties": False}
    defs["ReceiptField"] = {"anyOf": [{"enum": list(TYPE_NAMES), "description": "A field type."}, *typed, alone]}
    defs["flow"] = flow
    defs["steps"] = {"type": "array", "items": {"anyOf": [{"$ref": f"#/$defs/{s.verb}"} for s in YAML_STEPS]}}
    for step in YAML_STEPS:
        defs[step.verb] = _step(step)
    return {"anyOf": [{"$ref": "#/$defs/flow"}, steps], "$defs": defs}


def _step(step: type[Step]) -> Schema:
    """One entry of a list of steps: the verb with a short or long form, and keys that may stand beside it."""
    model = schema_of(step)
    model = model["$defs"][step.__name__] if "$ref" in model else model  # one that holds steps may hold itself
    properties = {key: model["properties"][key] for key in fields(step)}
    if "steps" in properties:
        properties["steps"] = {
            "$ref": "#/$defs/steps",
            "minItems": 1,
            "description": properties["steps"]["description"],
        }
    form = forms(step)
    written: list[Schema] = [{"type": "object", "properties": properties, "additionalProperties": False}]
    if form.text:
        written.append({"type": "string"} if form.key else properties[form.text])
    if form.mapping:
        written[0]["required"] = ["fields"]
        among = {"fields": False, **{key: properties[key] for key in form.among}}
        written.append({**properties["fields"], "properties": among})
    beside = {key: value for key, value in properties.items() if key != "fields"}
    verb = {"description": _folded(step.__doc__), "anyOf": written}
    entry: Schema = {"type": "object", "properties": {step.verb: verb, **beside}, "required": [step.verb]}
    needed = [key for key, field in fields(step).items() if field.is_required() and key not in (*form.given, "fields")]
    if needed:
        entry["allOf"] = [_somewhere(step.verb, key, form.text == key) for key in needed]
    return {**entry, "additionalProperties": False}


def _somewhere(verb: str, key: str, text: bool) -> Schema:
    """The key stands beside the verb, or in its mapping, or the verb's text says it."""
    within: list[Schema] = [{"type": "object", "required": [key]}, *([{"type": "string"}] if text else [])]
    return {"anyOf": [{"required": [key]}, *({"properties": {verb: one}} for one in within)]}


def _numbers_too(made: Any) -> Any:
    """The schema of a field type with numbers where texts are: YAML reads codes: [1, 3] as numbers."""
    if isinstance(made, list):
        return [_numbers_too(one) for one in made]
    if not isinstance(made, dict):
        return made
    plain = made.get("type") == "string" and not made.keys() & {"const", "enum", "format"}
    return {k: ["string", "number"] if k == "type" and plain else _numbers_too(v) for k, v in made.items()}


def _finished(title: str, made: Schema) -> Schema:
    made = _tidy(made)
    defs = made.pop("$defs", {})
    used = _used(made, defs, set())
    kept = {name: value for name, value in sorted(defs.items()) if name in used}
    return {"$schema": DRAFT, "title": title, **made, **({"$defs": kept} if kept else {})}


def _tidy(value: Any, names: bool = False) -> Any:
    """Without generated titles; nothing beside a $ref, where draft 7 does not look. `names`: the keys are names."""
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {k: _tidy(v, k in ("properties", "$defs") and not names) for k, v in value.items() if names or k != "title"}
    if not names and isinstance(made.get("default"), (dict, list)):
        del made["default"]
    if not names and isinstance(made.get("description"), str):
        made["description"] = _folded(made["description"])
    if "$ref" in made and len(made) > 1 and not names:
        return {"allOf": [{"$ref": made.pop("$ref")}], **made}
    return made


def _folded(text: str | None) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))


def _used(value: Any, defs: Schema, found: set[str]) -> set[str]:
    """The definitions that a schema needs, directly or by another."""
    for name in _refs(value):
        if name not in found:
            found.add(name)
            _used(defs[name], defs, found)
    return found


def _refs(value: Any) -> Iterator[str]:
    within: Iterable[Any] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and isinstance(value.get("$ref"), str):
        yield value["$ref"].rpartition("/")[2]
    for one in within:
        yield from _refs(one)
