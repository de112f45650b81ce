"""Approve: which items of a bot wait until another person has approved them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bilagsbot.flow.flow import Names
from bilagsbot.flow.load import Loaded
from bilagsbot.flow.yamlfile import YamlFile
from bilagsbot.model.errors import suggest

NEW_FLOW = "new_flow"


class Approve(BaseModel):
    """Four eyes: what of a bot's items another person has to approve before it is keyed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    above: Decimal | None = Field(
        None, ge=0, description="Items whose sum is more than this, of either sign; the flow needs a sum."
    )
    changed: Mapping[str, Annotated[Names, Field(min_length=1)]] = Field(
        default_factory=dict,
        description="Whose: what, as `supplier: bank_account`. Items in which it differs from what was last posted.",
    )
    first: bool = Field(False, description="With `changed`: also where nothing was posted yet to compare with.")
    new_flow: bool = Field(False, description="All items, until the flow's version is approved or was posted with.")
    by: Names = Field((), min_length=1, description="Who may approve, by OS user name; default: anyone else.")

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if self.above is None and not self.changed and not self.new_flow:
            raise ValueError("it does not say what needs approval. Write above, changed or new_flow")
        if self.first and not self.changed:
            raise ValueError("'first' is of what 'changed' names. Write changed too, or remove first")
        return self

    def may(self, person: str) -> bool:
        """Whether this person is one of those who approve."""
        return not self.by or any(same_person(person, name) for name in self.by)


def same_person(one: str, other: str) -> bool:
    """Whether two OS user names are one: Windows does not regard letter case."""
    return one.strip().casefold() == other.strip().casefold()


def compare(file: YamlFile, document: Mapping[str, object], loaded: Loaded) -> None:
    """Whether what needs approval is of the flow's own: its fields, and its sum."""
    given = document.get("approve")
    if not isinstance(given, dict):
        return
    for path, field in _named(given.get("changed")):
        if field not in loaded.item:
            file.wrong(("approve", *path), f"the flow's 'item' has no field '{field}'.", suggest(field, loaded.item))
    if given.get("above") is not None and loaded.flow and not loaded.flow.sum_field:
        what = "the flow has no sum that could be above something."
        file.wrong(("approve", "above"), what, "Give the flow 'sum: FIELD', or remove above.")


def _named(changed: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The fields that `changed` names, each with its path."""
    for whose, what in changed.items() if isinstance(changed, dict) else []:
        yield ("changed", whose), str(whose)
        for i, field in enumerate(what if isinstance(what, list) else [what]):
            if isinstance(field, str):
                yield ("changed", whose, i), field
