"""pydantic's errors as sentences: what is wrong, and what to write instead."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bilagsbot.flow.keys import field_at, keys_at
from bilagsbot.flow.yamlnodes import Path_
from bilagsbot.model.errors import suggest

_BOUNDS = {
    "greater_than": ("gt", "small", "more than {}"),
    "greater_than_equal": ("ge", "small", "{} or more"),
    "less_than": ("lt", "large", "less than {}"),
    "less_than_equal": ("le", "large", "{} or less"),
}
_LIST = ("is a list", "Write [one, two], or each entry on a line of its own after '- '.")
_MAPPING = ("is a mapping", "Write {key: value}, or each 'key: value' on a line of its own.")
_DATE = ("is a date", "Write it as 2026-12-31.")
# What a value has to be, by pydantic's kind of error without its ending.
_NATURES = {
    "string": ("is a text", "Write a text."),
    "int": ("is a whole number", "Write digits, such as 2."),
    "float": ("is a number", "Write digits with a point, such as 2.5."),
    "decimal": ("is a number", "Write digits with a point, such as 2.5."),
    "finite": ("is a number", "Write digits with a point, such as 2.5."),
    "bool": ("is true or false", "Write true or false."),
    "date": _DATE,
    "tuple": _LIST,
    "list": _LIST,
    "dict": _MAPPING,
    "mapping": _MAPPING,
    "model": _MAPPING,
}
_KIND = re.compile(rf"({'|'.join(_NATURES)})_\w+")
_MEMBERS = ("bool", "str", "int", "float")


@dataclass(frozen=True)
class Said:
    """One error: the place in pydantic's terms, and the two sentences."""

    loc: Path_
    what: str
    instead: str


def sentences(model: type[BaseModel], invalid: ValidationError, name: Callable[[Path_], str]) -> Iterator[Said]:
    """Every error once; `name` gives what a person calls the thing at a place."""
    errors = _without_consequences(model, invalid.errors(include_url=False))
    while errors:
        error = errors.pop(0)
        loc, kind, given = error["loc"], error["type"], error.get("input")
        # A field that may be one of several plain types gives an error for each of them.
        twins = [e for e in errors if loc and loc[-1] in _MEMBERS and e["loc"][:-1] == loc[:-1] != ()]
        twins = [e for e in twins if e["loc"][-1] in _MEMBERS]
        if twins:
            errors = [e for e in errors if e not in twins]
            natures = " or ".join(_nature(e["type"])[0].removeprefix("is ") for e in (error, *twins))
            yield Said(loc[:-1], f"{name(loc[:-1])} is {natures}, not {_shown(given)}.", "Write one of these.")
        elif kind == "extra_forbidden":
            yield Said(loc, f"unknown key '{loc[-1]}'.", _near(model, loc))
        elif kind == "missing":
            yield Said(loc[:-1], f"'{loc[-1]}' is missing.", _add(model, loc))
        elif kind == "at_odds":
            yield from (Said(path, what, instead) for path, what, instead in error["ctx"]["said"])
        else:
            yield Said(loc, *_words(model, error, name(loc)))


def _without_consequences(model: type[BaseModel], errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without what follows from another error.

    A list whose entries are wrong is "too short" to pydantic, and a key written wrongly is "missing" too.
    """
    misspelt = {(e["loc"][:-1], _near(model, e["loc"])) for e in errors if e["type"] == "extra_forbidden"}

    def follows(error: ErrorDetails) -> bool:
        kind, loc = error["type"], error["loc"]
        if kind == "missing":
            return (loc[:-1], f"Did you mean '{loc[-1]}'?") in misspelt
        return kind == "too_short" and any(e["loc"][: len(loc)] == loc for e in errors if e is not error)

    return [error for error in errors if not follows(error)]


def _near(model: type[BaseModel], loc: Path_) -> str:
    return suggest(str(loc[-1]), keys_at(model, loc))


def _add(model: type[BaseModel], loc: Path_) -> str:
    field = field_at(model, loc)
    about = (field.description or "").strip() if field else ""
    return f"Add '{loc[-1]}: …'. {about}".strip()


def _words(model: type[BaseModel], error: ErrorDetails, name: str) -> tuple[str, str]:
    kind, given = error["type"], error.get("input")
    context: Mapping[str, Any] = error.get("ctx", {})
    if kind in _BOUNDS:
        bound, size, words = _BOUNDS[kind]
        return f"{name} is too {size}: {_shown(given)}.", f"Write {words.format(f'{context[bound]:g}')}."
    if kind in ("too_short", "string_too_short"):
        return f"{name} is empty.", "Write at least one."
    if kind == "literal_error":
        return _choice(name, given, re.findall(r"'([^']*)'", str(context["expected"])))
    if kind == "string_pattern_mismatch":
        return f"{name} cannot be {_shown(given)}.", f"It has to fit {context['pattern']}."
    if kind.endswith(("_type", "_parsing", "_from_float", "_number", "_size")) and _KIND.fullmatch(kind):
        return _other_nature(model, error, name)
    said = error["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{name}: {said}{'' if said.endswith('?') else '.'}", ""


def _choice(name: str, given: object, allowed: Sequence[str]) -> tuple[str, str]:
    if len(allowed) == 1:
        return f"{name} cannot be {_shown(given)}.", f"Write {allowed[0]}."
    return f"{name} cannot be {_shown(given)}.", suggest(str(given), allowed)


def _other_nature(model: type[BaseModel], error: ErrorDetails, name: str) -> tuple[str, str]:
    kind, given = error["type"], error.get("input")
    nature, instead = _nature(kind)
    if kind == "string_type" and isinstance(given, (int, float)):  # bool too
        instead = f'Put it in quotes: "{_shown(given)}".'
    elif kind.startswith("model"):
        known = keys_at(model, (*error["loc"], ""))
        instead = f"Write {{key: value}}; its keys are {', '.join(known)}."
    if given is None:
        return f"{name} has no value.", instead
    return f"{name} {nature}, not {_shown(given)}.", instead


def _nature(kind: str) -> tuple[str, str]:
    match = _KIND.fullmatch(kind)
    return _NATURES[match[1]] if match else ("is something else", "")


def _shown(given: object) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, (list, tuple)):
        return "a list"
    if isinstance(given, dict):
        return "a mapping"
    if given is None:
        return "empty"
    text = str(given)
    text = text if len(text) <= 60 else f"{text[:59]}…"
    return text if isinstance(given, (int, float)) else repr(text)
