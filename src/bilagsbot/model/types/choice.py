"""A choice among the few values a program offers."""

from typing import Annotated, Literal, Self

from pydantic import Field as Option
from pydantic import model_validator

from bilagsbot.model.errors import BadValue, suggest
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_text, shown


class Choice(Field):
    """One of the keys of `choices`; the cell may hold the key or its label, in any letter case."""

    type: Literal["choice"] = "choice"
    choices: Annotated[dict[str, str], Option(min_length=1)]

    advice = "Write one of the choices."

    @model_validator(mode="after")
    def _tell_apart(self) -> Self:
        owner: dict[str, str] = {}
        for key, label in self.choices.items():
            for word in {key.casefold(), label.casefold()} - {""}:
                if owner.setdefault(word, key) != key:
                    raise ValueError(f"'{word}' could mean both choice '{owner[word]}' and choice '{key}'")
        return self

    def read(self, cell: CellValue) -> str:
        text = as_text(cell)
        for key, label in self.choices.items():
            if text.casefold() in (key.casefold(), label.casefold()):
                return key
        raise BadValue(f"{shown(cell)} is not one of the choices.", self._instead(text))

    def _instead(self, text: str) -> str:
        if len(self.choices) > 8:
            return suggest(text, [*self.choices, *self.choices.values()])
        named = [key if key == label else f"{key} ({label})" for key, label in self.choices.items()]
        return f"Write {' or '.join(named)}."
