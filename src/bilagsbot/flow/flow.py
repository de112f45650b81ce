"""Flow: how to key one item, whether it was written in YAML or in Python."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bilagsbot.model.errors import suggest
from bilagsbot.model.target import Selectors
from bilagsbot.model.types import FieldSpec, Text
from bilagsbot.steps import AnyStep
from bilagsbot.steps.base import Step, walk
from bilagsbot.steps.submit import Submit


class Check(BaseModel):
    """A rule over the whole item, checked before anything is keyed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    that: str = Field(description="An expression that must hold, e.g. `item.lines | total('debit') > 0`.")
    say: str = Field(description="What to tell the operator where it does not; a template.")


class ReceiptField(BaseModel):
    """One thing that the program must give back for an item to count as posted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: FieldSpec = Field(default_factory=lambda: Text())
    label: str = Field("", description="The column's header in the receipt workbook; default: the field's name.")


def _receipt_field(value: object) -> object:
    if isinstance(value, dict) and isinstance(value.get("type"), str):
        own = {k: v for k, v in value.items() if k == "label"}
        return {"type": {k: v for k, v in value.items() if k != "label"}, **own}
    return {"type": value}


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
    key: tuple[str, ...] = Field(min_length=1, description="Fields that identify the item; posted once, for ever.")
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
        for name in self.key:
            if name not in self.item:
                raise ValueError(f"the key names '{name}', which is no field of 'item'. {suggest(name, self.item)}")
            if not self.item[name].required:
                raise ValueError(f"the key's field '{name}' must not be optional")
        if self.sum and self.sum not in self._sums():
            raise ValueError(f"sum: there is no amount '{self.sum}'. {suggest(self.sum, self._sums())}")
        return self

    def _sums(self) -> list[str]:
        own = [name for name, spec in self.item.items() if spec.type == "amount"]
        return own + [f"lines.{name}" for name, spec in self.lines.items() if spec.type == "amount"]

    @property
    def sum_field(self) -> str:
        """The field that is summed: the one named, else the only amount there is, else none."""
        sums = self._sums()
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

    def names(self) -> dict[str, Sequence[str] | None]:
        """The names that its templates may use, with their attributes."""
        return {
            "item": [*self.item, "lines"],
            "line": [*self.lines],
            "n": None,
            "client": None,
            "workspace": None,
            "target": ["url"],
            "login": ["username", "password"],
        }


def missing_targets(flow: Flow, selectors: Selectors) -> list[tuple[Step | None, str]]:
    """Every use of a target that the selectors file does not have, with the step that uses it."""
    uses: list[tuple[Step | None, str]] = [(step, name) for step in flow.all_steps() for name in step.targets()]
    if flow.expired:
        uses.append((None, flow.expired))
    return [(step, name) for step, name in uses if name not in selectors.targets]
