"""Text: names, descriptions, invoice numbers."""

import re
import unicodedata
from typing import Annotated, Literal, Self

from pydantic import Field as Option
from pydantic import field_validator, model_validator

from bilagsbot.model.errors import BadValue
from bilagsbot.model.types.base import Field
from bilagsbot.model.types.cells import CellValue, as_text, is_invisible, shown


class Text(Field):
    """Text in NFC without spaces around it; lengths in characters, `pattern` must fit the whole text."""

    type: Literal["text"] = "text"
    min_length: Annotated[int, Option(ge=0)] = 0
    max_length: Annotated[int, Option(ge=1)] | None = None
    pattern: str = ""
    multiline: bool = False

    advice = "Write text."

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as e:
            raise ValueError(f"'{pattern}' is not a regular expression: {e}") from e
        return pattern

    @model_validator(mode="after")
    def _lengths_fit(self) -> Self:
        if self.max_length is not None and self.min_length > self.max_length:
            raise ValueError(f"min_length {self.min_length} is above max_length {self.max_length}")
        return self

    def read(self, cell: CellValue) -> str:
        text = unicodedata.normalize("NFC", as_text(cell))
        if self.multiline:
            # A line break from a CSV file or another program is often \r\n; a form takes \n.
            text = text.replace("\r\n", "\n")
        self._refuse_invisible(cell, text)
        self._refuse_length(cell, len(text))
        if self.pattern and not re.fullmatch(self.pattern, text):
            wanted = self.note or f"Write text that fits {self.pattern} from beginning to end."
            raise BadValue(f"{shown(cell)} is not written the way this field wants it.", wanted)
        return text

    def _refuse_invisible(self, cell: CellValue, text: str) -> None:
        if text.isprintable():  # as most texts are; to look at each character takes as long as all else
            return
        for char in text:
            if char == "\n" and self.multiline:
                continue
            if char in "\r\n" and not self.multiline:
                raise BadValue(f"{shown(cell)} has a line break.", "Write it on one line.")
            if char == "\t":
                raise BadValue(f"{shown(cell)} has a tab.", "Write a space instead.")
            if is_invisible(char):
                what = f"{shown(cell)} has an invisible character (U+{ord(char):04X})."
                raise BadValue(what, "Type the text again instead of pasting it.")

    def _refuse_length(self, cell: CellValue, length: int) -> None:
        what = f"{shown(cell)} has {length} character{'' if length == 1 else 's'}."
        if self.max_length is not None and length > self.max_length:
            raise BadValue(what, f"Write at most {self.max_length}.")
        if length < self.min_length:
            raise BadValue(what, f"Write at least {self.min_length}.")
