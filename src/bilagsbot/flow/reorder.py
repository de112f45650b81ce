"""Edits of a target in a selectors file that leave every other character of the file as it is."""

import yaml

from bilagsbot.flow.yamlnodes import compose


def put_first(text: str, target: str, way: int) -> str | None:
    """The file's text with the target's way number `way`, from 0, in front of the others; None where the file is
    written so that only a person can do that. Raises NotYaml."""
    root = compose(text)
    find = _at(root, "targets", target, "find")
    if not isinstance(find, yaml.SequenceNode) or not 0 < way < len(find.value):
        return None
    slots = [(node.start_mark.index, _end(text, node)) for node in find.value]
    written = [text[begin:end] for begin, end in slots]
    ordered = [written[way], *written[:way], *written[way + 1 :]]
    found = text
    for (begin, end), new in reversed(list(zip(slots, ordered, strict=True))):
        found = found[:begin] + new + found[end:]
    return found if _same_but_for_order(text, found, target, way) else None


def renewed(text: str, target: str, find: str, is_: str) -> str | None:
    """The file's text with other ways to a target, and another fingerprint where it has one; both as YAML on one line.

    None where the file is written so that only a person can do that. Raises NotYaml.
    """
    root = compose(text)
    found = text
    for key, said in (("is", is_), ("find", find)):  # most write them in the other order; each place is of its own
        node = _at(compose(found), "targets", target, key)
        if node is not None:
            found = found[: node.start_mark.index] + said + found[_end(found, node) :]
    old, new = _at(root, "targets", target), _at(compose(found), "targets", target)
    if not isinstance(old, yaml.MappingNode) or not isinstance(new, yaml.MappingNode):
        return None
    return found if [key.value for key, _ in old.value] == [key.value for key, _ in new.value] else None


def _end(text: str, node: yaml.Node) -> int:
    """Without the white space that PyYAML counts to a block."""
    whole = text[node.start_mark.index : node.end_mark.index]
    return int(node.start_mark.index) + len(whole.rstrip())


def _at(node: yaml.Node | None, *path: str) -> yaml.Node | None:
    for part in path:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for key, value in node.value if key.value == part), None)
    return node


def _same_but_for_order(before: str, after: str, target: str, way: int) -> bool:
    old, new = (yaml.safe_load(text) for text in (before, after))
    ways = old["targets"][target]["find"]
    old["targets"][target]["find"] = [ways[way], *ways[:way], *ways[way + 1 :]]
    return bool(old == new)
