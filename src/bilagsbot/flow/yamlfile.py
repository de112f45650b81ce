"""YAML files of people: a parsed file that knows where each of its values stands, and what is wrong in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bilagsbot.flow.keys import keys_at, loaders_own
from bilagsbot.flow.sentences import sentences
from bilagsbot.flow.yamlnodes import Builder, NotYaml, Path_, compose
from bilagsbot.model.errors import BadInput, Mistake, suggest

M = TypeVar("M", bound=BaseModel)


@dataclass
class YamlFile:
    """A parsed file: its value, the line of every key and list entry, and the mistakes found so far."""

    path: Path
    shown: str
    value: object = None
    lines: dict[Path_, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def at(self, path: Sequence[str | int]) -> str:
        """file:line of a path; segments that the file does not have (a model's own) are passed over."""
        return f"{self.shown}:{self.lines.get(self.known(path), 1)}"

    def known(self, path: Sequence[str | int]) -> Path_:
        """The part of a path that stands in the file: as far down as possible, then as long as possible."""
        return _deepest(self.lines, tuple(path), (), 0)[2]

    def wrong(self, path: Sequence[str | int], what: str, instead: str = "") -> None:
        """Note a mistake at a path."""
        self.mistakes.append(Mistake(self.at(path), what, instead))

    def texts(self, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
        """Every text under a path, with its own path."""
        value = self.value
        for segment in path:
            value = value[segment] if isinstance(value, (dict, list)) else None  # type: ignore[index]
        yield from _texts(value, path)

    def parse(self, model: type[M], value: object, path: Path_ = ()) -> M | None:
        """`value` as a model; every violation becomes a mistake at its line under `path`, and None comes back."""
        if isinstance(value, dict):
            for key in value.keys() & loaders_own(model):
                self.wrong((*path, key), f"unknown key '{key}'.", suggest(key, keys_at(model, (key,))))
            value = {key: inner for key, inner in value.items() if key not in loaders_own(model)}
        try:
            return model.model_validate(value)
        except ValidationError as invalid:
            for said in sentences(model, invalid, lambda loc: self._name((*path, *loc))):
                self.wrong((*path, *said.loc), said.what, said.instead)
            return None

    def _name(self, path: Path_) -> str:
        """What a person calls the thing at a path: its key, or which entry of which list it is."""
        known = self.known(path)
        word = next((str(segment) for segment in reversed(known) if isinstance(segment, str)), "")
        if known and isinstance(known[-1], int):
            return f"entry {known[-1] + 1} of '{word}'" if word else f"entry {known[-1] + 1}"
        return f"'{word}'" if word else "the file"


def read(path: Path, shown: str) -> YamlFile:
    """Parse a file. Raises BadInput for one that is missing or no YAML; lesser mistakes are in the file's list."""
    file = YamlFile(path, shown)
    text = _text(path, shown)
    try:
        builder = Builder(file.wrong)
        file.lines = builder.lines
        file.value = builder.build(compose(text))
    except NotYaml as error:
        raise BadInput([*file.mistakes, Mistake(f"{shown}:{error.line}", error.what, error.instead)]) from None
    if not builder.whole:
        raise BadInput(file.mistakes)
    return file


def _text(path: Path, shown: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        near = suggest(path.name, (p.name for p in path.parent.glob("*.yaml")))
        raise BadInput([Mistake(shown, "there is no such file.", near)]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadInput([Mistake(f"{shown}:{line}", "the file is not UTF-8.", "Save it as UTF-8.")]) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or error}."
        raise BadInput([Mistake(shown, what, "It has to be a file that you may read.")]) from None


def _deepest(lines: dict[Path_, int], rest: Path_, known: Path_, depth: int) -> tuple[int, int, Path_]:
    """The best way to read `rest` as a path of the file: how far down it reached, how many segments it used."""
    best = (depth, len(known), known)
    for i, segment in enumerate(rest):
        if (*known, segment) in lines:
            best = max(best, _deepest(lines, rest[i + 1 :], (*known, segment), depth + i + 1), key=lambda b: b[:2])
    return best


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts(inner, (*path, i))
