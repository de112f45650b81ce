"""What is wrong with a template, found without rendering it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes

from bilagsbot.flow.template import Sandbox, bare
from bilagsbot.model.errors import suggest

Names = Mapping[str, Iterable[str] | None]  # each name with its attributes, or None where any will do
Problem = tuple[str, str]  # what is wrong, what to write instead

_CHECKER = Sandbox()
_PYTHONS_OWN = re.compile(r"__\w+__")
_LONGEST_SHOWN = 60
# Names that are known in some places only.
_ONLY = {
    "line": "Use it within 'for_each: line' only.",
    "n": "Use it within 'for_each: line' only.",
    "item": "Use it in 'steps' and 'lookup' only, which run once an item.",
    "shows": "Use it in 'when' only.",
    "login": "Use it in steps only.",
}
# The names that some flow may know, where it is not known which.
ANYWHERE: Names = dict.fromkeys(("item", "line", "n", "client", "workspace", "target"))


def is_template(text: str) -> bool:
    """Whether rendering the text would do anything but give it back."""
    return any(mark in text for mark in ("{{", "{%", "{#"))


def problems(
    text: str, known: Names, expression: bool = False, lines: Iterable[str] | None = None
) -> Iterator[Problem]:
    """Syntax, unknown filters, unknown names and attributes, and what reaches for Python's own.

    `lines` are the fields of the item's lines, or None where they are not known.
    """
    shown = repr(text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…")
    if expression and not text.strip():
        yield "the condition is empty.", "Write an expression, such as item.kid."
        return
    try:
        tree = _CHECKER.parse(f"{{{{ {bare(text)} }}}}" if expression else text)
        unknown = list(_unknown_words(shown, tree))
        if not unknown:
            _CHECKER.compile(tree)
    except TemplateSyntaxError as error:
        said = str(error.message).rstrip(".")
        yield f"the template {shown} is not understood: {said}.", "Templates look like {{ item.amount | amount }}."
        return
    except RecursionError:
        yield f"the template {shown} nests too deeply.", "Write fewer brackets within brackets."
        return
    yield from unknown
    yield from _statements(shown, tree)
    known = {**known, **({"loop": None} if tree.find(nodes.For) else {})}
    assigned = {n.name for n in tree.find_all(nodes.Name) if n.ctx in ("store", "param")}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in known and name.name not in assigned:
            yield (
                f"the template {shown} uses the unknown name '{name.name}'.",
                _ONLY.get(name.name) or suggest(name.name, known),
            )
    for reached in _reached(tree):
        yield f"the template {shown} reaches for '{reached}', which templates may not use.", "Use the item's fields."
    for part in tree.find_all((nodes.Getattr, nodes.Getitem)):
        yield from _attribute(shown, part, known)
    yield from _totals(shown, tree, lines)


def _statements(shown: str, tree: nodes.Template) -> Iterator[Problem]:
    """Only `if` and one `for`: texts that double in `set`, loops within loops and macros need not end."""
    if any(type(part) not in (nodes.Output, nodes.If, nodes.For) for part in tree.find_all(nodes.Stmt)):
        yield f"the template {shown} does more than fill in values.", "Use {{ … }}, {% if … %} and {% for … %} only."
    for loop in tree.find_all(nodes.For):
        if loop.recursive or any(inner is not loop for part in loop.body for inner in _loops(part)):
            yield f"the template {shown} has a loop within a loop.", "Write one {% for … %} within no other."


def _loops(part: nodes.Node) -> list[nodes.Node]:
    return [*([part] if isinstance(part, nodes.For) else []), *part.find_all(nodes.For)]


def asked_targets(expression: str) -> list[str]:
    """The targets that a condition asks for with shows('…')."""
    try:
        tree = _CHECKER.parse(f"{{{{ {bare(expression)} }}}}")
    except (TemplateSyntaxError, RecursionError):
        return []
    calls = (c for c in tree.find_all(nodes.Call) if isinstance(c.node, nodes.Name) and c.node.name == "shows")
    return [str(arg.value) for call in calls for arg in call.args if isinstance(arg, nodes.Const)]


def _reached(tree: nodes.Template) -> list[str]:
    """Names that begin with '_', however they are reached: a.__b__, a['__b__'], a|attr('__b__'), '{0.__b__}'."""
    found = {part.attr for part in tree.find_all(nodes.Getattr) if part.attr.startswith("_")}
    found |= {
        part.arg.value
        for part in tree.find_all(nodes.Getitem)
        if isinstance(part.arg, nodes.Const) and str(part.arg.value).startswith("_")
    }
    for const in tree.find_all(nodes.Const):
        found.update(_PYTHONS_OWN.findall(const.value) if isinstance(const.value, str) else ())
    return sorted(found)


def _attribute(shown: str, part: nodes.Node, known: Names) -> Iterator[Problem]:
    if isinstance(part, nodes.Getattr):
        owner, attribute = part.node, part.attr
    elif isinstance(part, nodes.Getitem) and isinstance(part.arg, nodes.Const):
        owner, attribute = part.node, str(part.arg.value)
    else:
        return
    fields = known.get(owner.name) if isinstance(owner, nodes.Name) else None
    if isinstance(owner, nodes.Name) and fields is not None and attribute not in fields and attribute[:1] != "_":
        yield f"'{owner.name}' has no '{attribute}' (in {shown}).", suggest(attribute, fields)


def _totals(shown: str, tree: nodes.Template, fields: Iterable[str] | None) -> Iterator[Problem]:
    """`item.lines | total('debit')` names a field of the lines."""
    for use in tree.find_all(nodes.Filter):
        if use.name != "total" or fields is None or not use.args or not isinstance(use.args[0], nodes.Const):
            continue
        if use.args[0].value not in fields:
            field = str(use.args[0].value)
            yield f"the lines have no '{field}' to total (in {shown}).", suggest(field, fields)


def _unknown_words(shown: str, tree: nodes.Template) -> Iterator[Problem]:
    """Filters and tests; within an `if` Jinja2 itself finds unknown ones only when it gets there."""
    for use in tree.find_all(nodes.Filter):
        if use.name not in _CHECKER.filters:
            yield f"the template {shown} uses the unknown filter '{use.name}'.", suggest(use.name, _CHECKER.filters)
    for test in tree.find_all(nodes.Test):
        if test.name not in _CHECKER.tests:
            yield f"the template {shown} uses the unknown test '{test.name}'.", suggest(test.name, _CHECKER.tests)
