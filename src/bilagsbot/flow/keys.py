"""Which keys a model knows at a place: what an unknown key is compared with, and what a missing one means."""

import types
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

_TAGS = ("type", "step")  # what discriminates the unions of field types and of steps


def keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys known where the last segment of pydantic's `loc` stands."""
    return list(dict.fromkeys(key for found in _models(model, tuple(loc[:-1])) for key in _own_keys(found)))


def field_at(model: type[BaseModel], loc: Sequence[str | int]) -> FieldInfo | None:
    """The field that pydantic's `loc` names."""
    fields = (_field(found, loc[-1]) for found in _models(model, tuple(loc[:-1])))
    return next((field for field in fields if field), None)


def loaders_own(model: type[BaseModel]) -> Collection[str]:
    """The fields that the loader fills in; in a file they are unknown keys."""
    return {name for name, field in model.model_fields.items() if field.exclude}


def _own_keys(model: type[BaseModel]) -> list[str]:
    """The keys of one model as people write them; a step's kind is said by its verb."""
    verb = "step" if _tags(model, "step") else ""
    return [f.alias or name for name, f in model.model_fields.items() if not f.exclude and name != verb]


def _models(annotation: Any, loc: tuple[str | int, ...]) -> Iterator[type[BaseModel]]:
    """The models that may stand at `loc` under an annotation."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _models(inner[0], loc)
    elif origin in (Union, types.UnionType):
        for member in inner:
            yield from _member(member, loc)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not loc:
            yield annotation
        elif field := _field(annotation, loc[0]):
            yield from _models(field.annotation, loc[1:])
            # A receipt's field is written as its type with a label: the keys of both stand in one mapping.
            if loc[0] == getattr(annotation, "flattened", None):
                yield annotation
    elif loc and inner and isinstance(origin, type):
        yield from _models(inner[1] if issubclass(origin, Mapping) else inner[0], loc[1:])


def _member(member: Any, loc: tuple[str | int, ...]) -> Iterator[type[BaseModel]]:
    """A union's member: pydantic puts the tag of a discriminated one into the loc."""
    tags = next((tags for name in _TAGS if (tags := _tags(member, name))), ())
    if not tags or not loc:
        yield from _models(member, loc)
    elif loc[0] in tags:
        yield from _models(member, loc[1:])


def _field(model: type[BaseModel], key: str | int) -> FieldInfo | None:
    return next((field for name, field in model.model_fields.items() if key in (name, field.alias)), None)


def _tags(member: Any, name: str) -> tuple[Any, ...]:
    if not (isinstance(member, type) and issubclass(member, BaseModel)):
        return ()
    field = member.model_fields.get(name)
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
