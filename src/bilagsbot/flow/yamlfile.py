"""YAML files of people: read as YAML 1.2, with the line of every value, so that each mistake is named where it is."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bilagsbot.model.errors import BadInput, Mistake, suggest

M = TypeVar("M", bound=BaseModel)
Path_ = tuple[str | int, ...]
MAX_NODES = 20_000


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core schema: `no`, `on` and dates stay text, as a Norwegian expects."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_form})\Z"), _first)


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
        known: Path_ = ()
        for segment in path:
            if (*known, segment) in self.lines:
                known = (*known, segment)
        return f"{self.shown}:{self.lines.get(known, 1)}"

    def wrong(self, path: Sequence[str | int], what: str, instead: str = "") -> None:
        """Note a mistake at a path."""
        self.mistakes.append(Mistake(self.at(path), what, instead))

    def texts(self, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
        """Every text under a path, with its own path."""
        yield from _texts(self._get(path), path)

    def _get(self, path: Path_) -> object:
        value = self.value
        for segment in path:
            value = value[segment] if isinstance(value, (dict, list)) else None  # type: ignore[index]
        return value

    def parse(self, model: type[M], value: object) -> M | None:
        """`value` as a model; every violation becomes a mistake at its line, and None comes back."""
        try:
            return model.model_validate(value)
        except ValidationError as invalid:
            for error in invalid.errors():
                self._translate(model, error["loc"], error["type"], error["msg"], error.get("input"))
            return None

    def _translate(self, model: type[BaseModel], loc: Path_, kind: str, message: str, given: object) -> None:
        name = str(loc[-1]) if loc else ""
        if kind == "extra_forbidden":
            self.wrong(loc, f"unknown key '{name}'.", suggest(name, _keys(model, loc)))
        elif kind == "missing":
            self.wrong(loc[:-1], f"'{name}' is missing.", f"Add '{name}:' here.")
        else:
            said = message.removeprefix("Value error, ")
            shown = f" (it says {given!r})" if isinstance(given, (str, int, float, bool)) else ""
            self.wrong(loc, f"'{name}': {said}{shown}.".replace("..", "."))


def read(path: Path, shown: str) -> YamlFile:
    """Parse a file. Raises BadInput for one that is missing or no YAML."""
    file = YamlFile(path, shown)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        near = suggest(path.name, (p.name for p in path.parent.glob("*.yaml")))
        raise BadInput([Mistake(shown, "there is no such file.", near)]) from None
    except UnicodeDecodeError:
        raise BadInput([Mistake(shown, "the file is not UTF-8.", "Save it as UTF-8.")]) from None
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadInput([Mistake(f"{shown}:{line}", *_yaml_words(text, line, error))]) from None
    except yaml.YAMLError as error:
        raise BadInput([Mistake(f"{shown}:1", f"this is no YAML: {' '.join(str(error).split())}.")]) from None
    if node is None:
        raise BadInput([Mistake(f"{shown}:1", "the file is empty.")])
    file.value = _Builder(file).build(node, (), ())
    if file.mistakes:
        raise BadInput(file.mistakes)
    return file


class _Builder:
    """Node tree to plain values; notes lines, doubled keys, and aliases that hold themselves."""

    def __init__(self, file: YamlFile) -> None:
        self.file, self.count = file, 0

    def build(self, node: yaml.Node, path: Path_, above: tuple[yaml.Node, ...]) -> object:
        self.count += 1
        self.file.lines.setdefault(path, node.start_mark.line + 1)
        if any(node is parent for parent in above):
            self.file.wrong(path, "the alias holds itself.", "Write the value out.")
            return None
        if self.count > MAX_NODES:
            raise BadInput([Mistake(self.file.shown, "the aliases make the file too large.", "Write the values out.")])
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, (*above, node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, i), (*above, node)) for i, child in enumerate(node.value)]
        if not node.tag.startswith("tag:yaml.org,2002:") or node.tag.rpartition(":")[2] not in _SCALARS:
            self.file.wrong(path, f"the tag '{node.tag}' is not used here.", "Write a plain value.")
            return None
        return _SCALARS[node.tag.rpartition(":")[2]](node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path_, above: tuple[yaml.Node, ...]) -> dict[str, object]:
        built: dict[str, object] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            self.file.lines[(*path, name)] = key.start_mark.line + 1
            if not name:
                self.file.wrong((*path, name), "a key has to be a plain word.")
            elif name in built:
                self.file.wrong((*path, name), f"the key '{name}' stands here twice.", "Remove one of them.")
            built[name] = self.build(value, (*path, name), above)
        return built


_SCALARS: dict[str, Callable[[str], object]] = {
    "null": lambda text: None,
    "bool": lambda text: text.lower() == "true",
    "int": int,
    "float": float,
    "str": str,
}


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts(inner, (*path, i))


def _keys(model: type[BaseModel], loc: Path_) -> list[str]:
    """The keys that the model at a path knows; only mappings of named models are followed."""
    for segment in loc[:-1]:
        found = model.model_fields.get(str(segment))
        inner = found.annotation if found else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    return [f.alias or name for name, f in model.model_fields.items() if not f.exclude]


def _yaml_words(text: str, line: int, error: yaml.MarkedYAMLError) -> tuple[str, str]:
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in str(error.problem):
        return "a tab indents this line.", "Indent with spaces."
    if "undefined alias" in str(error.problem):
        return f"this is no YAML: {error.problem}.", "Write the value out."
    return f"this is no YAML: {error.problem}.", "Texts with ':' or '{{' at the start need quotes."
