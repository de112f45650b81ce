"""Notify: whom a bot tells by itself, of what, and how much of it."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bilagsbot.sinks.words import Language

Kind = Literal["finished", "stopped", "person", "drift"]


def address_name(name: str) -> str:
    """The name, where it is one. Raises ValueError with what to write instead."""
    if ":/" in name:  # the address itself, which may hold a password: it is not said again
        what = (
            "this is no name of an address. Use letters, digits, '.', '-' and '_' only. The address itself is a secret"
        )
        raise ValueError(f"{what}: 'bilagsbot notice NAME' asks for it")
    if not re.fullmatch(r"[\w.-]+", name):
        raise ValueError(f"'{name}' is no name of an address. Use letters, digits, '.', '-' and '_' only")
    return name


def _one_as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Address = Annotated[str, AfterValidator(address_name)]


class Notify(BaseModel):
    """Whom to tell what becomes of unattended runs. A name, or a list of names, is the short form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: Annotated[tuple[Address, ...], BeforeValidator(_one_as_list)] = Field(
        min_length=1, description="Names of addresses; `bilagsbot notice NAME` keeps the address itself."
    )
    when: Annotated[tuple[Kind, ...], BeforeValidator(_one_as_list)] = Field(
        ("finished", "stopped", "person", "drift"),
        min_length=1,
        description="Of what: a run has `finished` or `stopped`, a `person` is needed, or selectors have a `drift`.",
    )
    figures: bool = Field(
        False,
        description="Tell client, sum and messages too; without it only how many items in which state.",
    )
    language: Language = Field("nb", description="`nb` is bokmål, `en` English.")

    @model_validator(mode="before")
    @classmethod
    def _long(cls, value: Any) -> Any:
        return {"to": value} if isinstance(value, (str, list)) else value
