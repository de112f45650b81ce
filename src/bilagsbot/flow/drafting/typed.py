"""Typed: where what was typed or chosen came from, in the items that were keyed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bilagsbot.flow.drafting.folding import Deed
from bilagsbot.flow.drafting.values import Origin, Values
from bilagsbot.model.compare import same
from bilagsbot.model.recording import Action
from bilagsbot.model.target import Kind


def origin_of(deed: Deed, others: Sequence[Deed], values: Values) -> Origin:
    """Where a value came from; `others` is what was typed there for the items keyed after it."""
    if deed.action.secret:
        return Origin("***", doubt="a secret")
    typed = [one.suggested.element.text if one.suggested and one.suggested.element else one.action.value
             for one in (deed, *others)]  # fmt: skip
    origin = values.origin(typed, deed.element)
    if deed.verb == "choose" and not (origin.column and not origin.doubt):
        return _chosen(deed, others, origin, values)
    if deed.verb == "fill" and not deed.element.tag and not deed.suggested:
        return _made(deed, others, origin, values)
    return origin


def kind_of(origin: Origin) -> Kind:
    """How that value compares."""
    match origin.column.type if origin.column else "":
        case "amount":
            return "amount"
        case "date":
            return "date"
    return "text"


def _made(deed: Deed, others: Sequence[Deed], typed: Origin, values: Values) -> Origin:
    """In a desktop program it is what the field made of it, if that is another value: the same is read back then."""
    made = _shown(deed.action, kind_of(typed))
    if made == deed.action.value:
        return _as_shown(deed, others, typed, values) if typed.doubt else typed
    shown = [made, *(_shown(one.action, kind_of(typed)) for one in others)]
    doubt = f"{deed.action.value!r} was typed; keyed is {made!r}, which the program made of it"
    return replace(values.origin(shown, deed.element), doubt=doubt)


def _as_shown(deed: Deed, others: Sequence[Deed], typed: Origin, values: Values) -> Origin:
    """The same value as the program writes it, if that tells more: of `1250` shown as `1250.00` the decimals."""
    shown = values.origin([one.action.shown or one.action.value for one in (deed, *others)], deed.element)
    return shown if shown.column is typed.column and not shown.doubt else typed


def _shown(action: Action, kind: Kind) -> str:
    same_value = action.shown is None or same(action.shown, action.value, kind)
    return action.value if same_value else action.shown or ""


def _chosen(deed: Deed, others: Sequence[Deed], by_label: Origin, values: Values) -> Origin:
    """An option by its value, or by how its label begins, where the whole label is not in the workbook."""
    by_value = values.origin([one.action.option for one in (deed, *others)], deed.element)
    if by_value.column and by_value.template.endswith("}}") and by_value.template.startswith("{{"):
        return by_value
    template = by_label.template
    if by_label.column and template.startswith("{{"):
        start, rest = template.partition("}}")[0] + "}}", template.partition("}}")[2]
        mark = re.match(r"\s*\W+\s*", rest)
        doubt = "" if mark else by_label.doubt
        return Origin(f"{start}{mark[0].rstrip() if mark else ''}*", by_label.column, doubt)
    return by_label
