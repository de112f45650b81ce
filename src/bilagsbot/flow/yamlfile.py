"""YAML files of people: a parsed file that knows where each of its values stands, and what is wrong in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bilagsbot.flow.keys import keys_at, loaders_own
from bilagsbot.flow.sentences import sentences
from bilagsbot.flow.yamlnodes import Builder, NotYaml, Path_, compose
from bilagsbot.model.errors import BadInput, Mistake, suggest

M = TypeVar("M", bound=BaseModel)
MAX_BYTES = 250_000  # a flow has some thousands; the parser takes seconds for this much


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
        return _deepest(self.lines, tuple(path))

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
        if path.exists() and not path.is_dir() and not path.is_file():  # a pipe or a device may have no end
            raise BadInput([Mistake(shown, "this is no ordinary file.", "Write the file itself here.")])
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadInput([Mistake(shown, *_nothing(path))]) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror or error}."
        raise BadInput([Mistake(shown, what, "It has to be a file that you may read.")]) from None
    if len(content) > MAX_BYTES:
        raise BadInput([Mistake(shown, f"the file has more than {MAX_BYTES // 1000} kB.", "Split it, or correct it.")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput([Mistake(f"{shown}:{line}", "the file is not UTF-8.", "Save it as UTF-8.")]) from None


def _nothing(path: Path) -> tuple[str, str]:
    if path.is_symlink():
        return "this is a link to a file that is not there.", "Write the file itself here, or correct the link."
    return "there is no such file.", suggest(path.name, (p.name for p in path.parent.glob("*.yaml")))


def _deepest(lines: Mapping[Path_, int], path: Path_) -> Path_:
    """The best way to read `path` as one of the file: the last to be reached, and of those the longest."""
    reached: dict[Path_, int] = {(): 0}
    for i, segment in enumerate(path, start=1):
        reached |= {(*known, segment): i for known in reached if (*known, segment) in lines}
    return max(reached, key=lambda known: (reached[known], len(known)))


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts(inner, (*path, i))
