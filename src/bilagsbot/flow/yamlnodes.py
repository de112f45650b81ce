"""YAML as people in Norway write it: 1.2's core schema, one document, with the line of every key and entry."""

import re
from collections.abc import Callable

import yaml

Path_ = tuple[str | int, ...]
MAX_NODES = 20_000  # a flow has some hundreds; aliases within aliases make millions


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core schema: `no`, `on` and dates stay text, as a Norwegian expects."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_form})\Z"), _first)

_SCALARS: dict[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:str": str,
}
_COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class NotYaml(Exception):
    """The text is no YAML, or more than we take: the line, what is wrong, what to write instead."""

    def __init__(self, line: int, what: str, instead: str = "") -> None:
        self.line, self.what, self.instead = line, what, instead
        super().__init__(what)


def compose(text: str) -> yaml.Node:
    """The node tree of a text. Raises NotYaml."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise NotYaml(line, *_words(text, line, error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        shown = f"U+{ord(error.character) if isinstance(error.character, str) else error.character:04X}"
        raise NotYaml(line, f"the character {shown} has no place in YAML.", "Remove it.") from None
    except RecursionError:
        raise NotYaml(1, "the file nests too deeply.", "Write fewer brackets within brackets.") from None
    if node is None:
        raise NotYaml(1, "the file is empty.", "Write its keys, or remove the file.")
    return node


def _words(text: str, line: int, error: yaml.MarkedYAMLError) -> tuple[str, str]:
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    problem = str(error.problem)
    if "\t" in here[: len(here) - len(here.lstrip())] or "'\\t'" in problem:
        return "a tab indents this line.", "Indent with spaces."
    if "undefined alias" in problem:
        return f"this is no YAML: {problem}.", "Write the value out; a text that begins with '*' needs quotes."
    if "single document" in str(error.context):
        return "a second document begins here.", "Remove the line '---', and write one document a file."
    return f"this is no YAML: {problem}.", "Texts with ':', '#', '{' or '%' in them need quotes."


class Builder:
    """Node tree to plain values, with the line of each; tells `wrong` of doubled keys and foreign tags.

    `whole` says whether every value could be taken over.
    """

    def __init__(self, wrong: Callable[[Path_, str, str], None]) -> None:
        self.wrong, self.lines, self.count, self.whole = wrong, dict[Path_, int](), 0, True

    def build(self, node: yaml.Node, path: Path_ = (), above: tuple[yaml.Node, ...] = ()) -> object:
        """The value of a node. Raises NotYaml where aliases make it endless."""
        line = node.start_mark.line + 1
        self.count += 1
        self.lines.setdefault(path, line)
        if any(node is parent for parent in above):
            raise NotYaml(self.lines[path], "the alias holds itself.", "Write the value out.")
        if self.count > MAX_NODES:
            what = f"with its aliases written out the file has more than {MAX_NODES} values."
            raise NotYaml(line, what, "Write the values out, or split the file.")
        if node.tag not in _SCALARS and node.tag not in _COLLECTIONS:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            instead = "Write a plain value; a text that begins with '!' needs quotes."
            self._lost(path, f"the tag '{tag}' is not used here.", instead)
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, (*above, node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, i), (*above, node)) for i, child in enumerate(node.value)]
        try:
            return _SCALARS[node.tag](node.value)
        except (KeyError, ValueError):  # `!!int many`
            self._lost(path, f"{node.value!r} is not what its tag says.", "Remove the tag.")
            return None

    def _lost(self, path: Path_, what: str, instead: str) -> None:
        self.whole = False
        self.wrong(path, what, instead)

    def _mapping(self, node: yaml.MappingNode, path: Path_, above: tuple[yaml.Node, ...]) -> dict[str, object]:
        built: dict[str, object] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            inner = (*path, name)
            first = self.lines.get(inner)
            self.lines[inner] = key.start_mark.line + 1
            if name in built:
                self.wrong(inner, f"the key '{name}' stands here twice, first in line {first}.", "Remove one of them.")
            if not name:
                self._lost(inner, "a key has to be a plain word.", "Texts with '{{' at the start need quotes.")
            built[name] = self.build(value, inner, above)
        return built
