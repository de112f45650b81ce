"""Foreign files: text, JSON with the line of every object, and models of it; what is wrong, with its line."""

import json
from collections.abc import Callable, Iterable
from json import scanner
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticSerializationError

from bilagsbot.model.errors import BadInput, Mistake

AT = "@line"  # the key under which an object tells its line
MAX_BYTES = 20_000_000  # Selenium IDE's own largest examples have some hundred thousand
AGAIN = "Correct or remove it, or export anew."
HOW = (
    "Write one with 'playwright codegen --target jsonl -o FILE', export one from Chrome's Recorder as JSON, or save a "
    ".side file in Selenium IDE."
)


class Foreign(BaseModel):
    """An object of another program's file. It may hold more than is read here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    line: int = Field(alias=AT)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_no_value(cls, found: object) -> object:
        return {key: one for key, one in found.items() if one is not None} if isinstance(found, dict) else found


F = TypeVar("F", bound=Foreign)


class _Lined(json.JSONDecoder):
    """Python's JSON decoder, with its own scanner in Python: the one in C would not call `_object`."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first, self._objects = first, self.parse_object
        self._line, self._counted = first, 0
        self.parse_object: Callable[..., tuple[Any, int]] = self._object
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def _object(self, at: tuple[str, int], *others: Any) -> tuple[Any, int]:
        text, start = at
        self._line += text.count("\n", self._counted, start)  # objects begin in the order in which they stand
        self._counted, line = start, self._line
        found, end = self._objects(at, *others)
        return {**found, AT: line}, end


def read_text(file: Path, shown: str) -> str:
    """The file's text. Raises BadInput where it has none."""
    try:
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            raise BadInput([Mistake(shown, f"it has more than {MAX_BYTES // 1_000_000} MB.", "Record a shorter part.")])
        text = file.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BadInput([Mistake(shown, "there is no such file.", "Correct its name or its folder.")]) from None
    except OSError as error:
        what = f"it cannot be read: {error.strerror or error}."
        raise BadInput([Mistake(shown, what, "It has to be a file that you may read.")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadInput([Mistake(f"{shown}:{line}", "it is not UTF-8.", "Save it as UTF-8.")]) from None
    if not text.strip():
        raise BadInput([Mistake(f"{shown}:1", "the file is empty.", HOW)])
    return text


def parse_json(text: str, first: int = 1) -> Any:
    """The JSON's value, each object with its line. `first` is the line where the text begins. Raises NotJson."""
    try:
        return _Lined(first).decode(text)
    except json.JSONDecodeError as error:
        extra = error.msg == "Extra data"
        raise NotJson(first + error.lineno - 1, f"this is no JSON: {error.msg}.", extra) from None
    except RecursionError:
        raise NotJson(first, "it nests too deeply.") from None
    except ValueError:  # a number of more than 4300 digits
        raise NotJson(first, "a number in it is too long.") from None


class NotJson(Exception):
    """The text is no JSON; `more` where a whole value is followed by more."""

    def __init__(self, line: int, what: str, more: bool = False) -> None:
        self.line, self.what, self.more = line, what, more
        super().__init__(what)


def every(model: type[F], found: Iterable[object], shown: str, line: int, mistakes: list[Mistake]) -> list[F]:
    """Objects as models; each that does not fit becomes mistakes, at its line or else at `line`."""
    fit = []
    for one in found:
        at = one.get(AT, line) if isinstance(one, dict) else line
        if not isinstance(one, dict):
            mistakes.append(Mistake(f"{shown}:{at}", "here an object is expected, {…}.", AGAIN))
            continue
        try:
            fit.append(model.model_validate(one))
            fit[-1].model_dump_json()
        except PydanticSerializationError:  # JSON allows the half of a character, files do not
            mistakes.append(Mistake(f"{shown}:{at}", "a text in it holds half a character.", AGAIN))
        except ValidationError as error:
            for told in error.errors():
                place = ".".join(str(part) for part in told["loc"])
                what = f"{place + ': ' if place else ''}{told['msg'].rstrip('.')}."
                mistakes.append(Mistake(f"{shown}:{at}", what, AGAIN))
    return fit
