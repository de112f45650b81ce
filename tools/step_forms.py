"""How each step may be written in YAML, found by asking its `long` what it makes of a short form."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic.fields import FieldInfo

from bilagsbot.steps.base import Step

PROBE = "probe"
COMMON = ("when", "timeout")


@dataclass(frozen=True)
class Forms:
    """A step's short forms.

    `text` is the field that a lone text fills, `key` whether that text is a key of the field's mapping. `mapping`:
    `verb: {target: value}` fills `fields`, and the names in `among` may stand in it. `given`: what fields that a
    mapping need not name are then.
    """

    text: str
    key: bool
    mapping: bool
    among: tuple[str, ...]
    given: Mapping[str, object]


def forms(step: type[Step]) -> Forms:
    """The short forms of a step."""
    lone = _mapping(step.long(PROBE))
    text = next(iter(lone), "")
    mapping = "fields" in _mapping(step.long({PROBE: PROBE}))
    among = [
        f for f in fields(step) if mapping and f in _mapping(step.long({PROBE: PROBE, f: PROBE})) and f != "fields"
    ]
    given = {name: value for name, value in _mapping(step.long({})).items() if value}
    return Forms(text, bool(text) and lone[text] != PROBE, mapping, tuple(among), given)


def fields(step: type[Step]) -> dict[str, FieldInfo]:
    """The fields that people write, by the key they write, the step's own before those that every step has."""
    own = {
        field.alias or name: field
        for name, field in step.model_fields.items()
        if not field.exclude and name != "step" and (step.verb, name) != ("include", "steps")
    }
    return {name: own[name] for name in (*(n for n in own if n not in COMMON), *COMMON)}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
