"""Flow: how to key one item, whether it was written in YAML or in Python."""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bilagsbot.model.errors import suggest
from bilagsbot.model.types import Field as Spec
from bilagsbot.model.types import FieldSpec, Text
from bilagsbot.steps import AnyStep
from bilagsbot.steps.base import Step, walk
from bilagsbot.steps.submit import Submit


def _in_order(names: object) -> object:
    """One name as a list of one. A set has another order in every process, and the order is the item's identity."""
    if isinstance(names, (set, frozenset)):
        raise ValueError("a set has no order. Write [one, two]")
    return [names] if isinstance(names, str) else names


Names = Annotated[tuple[str, ...], BeforeValidator(_in_order)]


class Check(BaseModel):
    """A rule over the whole item, checked before anything is keyed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    that: str = Field(description="An expression that must hold, e.g. `item.lines | total('debit') > 0`.")
    say: str = Field(description="What to tell the operator where it does not; a template.")


class ReceiptField(BaseModel):
    """One thing that the program must give back for an item to count as posted."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    flattened: ClassVar[str] = "type"

    type: FieldSpec = Field(default_factory=lambda: Text())
    label: str = Field("", description="The column's header in the receipt workbook; default: the field's name.")


def _receipt_field(value: object) -> object:
    """`{type: integer, label: Bilagsnr}` as a type with a label beside it; `{label: Bilagsnr}` is a text."""
    if isinstance(value, ReceiptField):
        return value
    if not isinstance(value, dict):
        return {"type": value}
    label = {k: v for k, v in value.items() if k == "label"}
    spec = {k: v for k, v in value.items() if k != "label"}
    return {**({"type": spec} if spec else {}), **label}


class Flow(BaseModel):
    """What an item must hold, what identifies it, what the program gives back, and the steps."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("", exclude=True)
    app: str = Field(description="The application: selectors/APP.yaml.")
    posts: str = Field("", description="What kind of document this posts; flows of one kind share their keys. "
                                       "Default: the last part of the flow's name.")  # fmt: skip
    item: Mapping[str, FieldSpec] = Field(min_length=1, description="The fields of an item and their types.")
    lines: Mapping[str, FieldSpec] = Field(default_factory=dict, description="The fields of each of its lines.")
    checks: tuple[Check, ...] = ()
    key: Names = Field(min_length=1, description="Fields that identify the item; posted once, for ever.")
    sum: str = Field("", description="The field that counts in the proof: `amount`, or `lines.debit`.")
    receipt: Mapping[str, Annotated[ReceiptField, BeforeValidator(_receipt_field)]] = Field(
        min_length=1, description="What the program must give back; not captured means not posted."
    )
    expired: str = Field("", description="A target that shows when the session has expired.")
    start: tuple[AnyStep, ...] = Field((), description="Once a session.")
    steps: tuple[AnyStep, ...] = Field(min_length=1, description="Once an item.")
    lookup: tuple[AnyStep, ...] = Field((), description="Asks the program whether it holds the item.")
    version: str = Field("", exclude=True, description="SHA-256 of the files it was read from, shortened.")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if said := list(at_odds(self.item, self.lines, self.key, self.sum)):
            raise PydanticCustomError("at_odds", "the parts do not fit together: {said}", {"said": said})
        return self

    @property
    def sum_field(self) -> str:
        """The field that is summed: the one named, else the only amount there is, else none."""
        sums = amounts(self.item, self.lines)
        return self.sum or (sums[0] if len(sums) == 1 else "")

    @property
    def document(self) -> str:
        """The kind of document; part of every item's identity."""
        return self.posts or self.name.rpartition("/")[2]

    @property
    def scripted(self) -> bool:
        """Whether its steps are a Python function, which nobody can look into before it runs."""
        return any(step.verb == "script" for step in self.steps)

    def all_steps(self) -> list[Step]:
        """Every step of every section, those within others too."""
        return [*walk(self.start), *walk(self.steps), *walk(self.lookup)]

    def submits(self) -> list[Step]:
        """The submit steps; a flow in YAML has exactly one."""
        return [step for step in walk(self.steps) if isinstance(step, Submit)]


_SPEC: TypeAdapter[FieldSpec] = TypeAdapter(FieldSpec)
Specs = Mapping[str, Spec | None]  # None: a field that is there, but whose type has a mistake of its own


def specs(raw: object) -> Specs:
    """The field types of `item` or `lines`; None for one that has a mistake of its own."""
    found: dict[str, FieldSpec | None] = {}
    for name, spec in raw.items() if isinstance(raw, Mapping) else []:
        try:
            found[name] = _SPEC.validate_python(spec)
        except ValidationError:
            found[name] = None
    return found


def amounts(item: Specs, lines: Specs) -> list[str]:
    """The fields that can be summed, as `sum` names them."""
    own = [name for name, spec in item.items() if getattr(spec, "type", "") == "amount"]
    return own + [f"lines.{name}" for name, spec in lines.items() if getattr(spec, "type", "") == "amount"]


def at_odds(item: Specs, lines: Specs, key: tuple[str, ...], summed: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Where the parts of a flow do not fit together: the path, what is wrong, what to write instead."""
    if "lines" in item:
        yield ("item", "lines"), "a field cannot be called 'lines': item.lines are the item's lines.", "Rename it."
    for name in key:
        if name not in item:
            yield ("key",), f"the key names '{name}', which is no field of 'item'.", suggest(name, item)
        elif (spec := item[name]) is not None and not spec.required:
            yield ("key",), f"the key's field '{name}' is optional.", f"Remove 'required: false' from '{name}'."
    for name in sorted({name for name in key if key.count(name) > 1}):
        yield ("key",), f"the key names '{name}' twice.", "Remove one of them."
    unsure = [name for name, spec in item.items() if spec is None]
    unsure += [f"lines.{name}" for name, spec in lines.items() if spec is None]
    if summed and summed not in [*amounts(item, lines), *unsure]:
        yield ("sum",), f"there is no amount '{summed}' to sum.", suggest(summed, amounts(item, lines))
