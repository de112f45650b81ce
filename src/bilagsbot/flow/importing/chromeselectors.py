"""Chrome Recorder's selectors: alternatives, each one or a chain of them through shadow roots."""

import re
from collections.abc import Sequence

from bilagsbot.flow.importing import ways
from bilagsbot.model.target import Anchor

Selector = str | tuple[str, ...]
_ARIA = re.compile(r"aria/(.*?)(?:\[role=[\"']?([\w-]+)[\"']?\])?", re.S)
_OPTION_ROLES = ("combobox", "listbox")


def alternatives(selectors: Sequence[Selector] | str) -> tuple[Anchor, ...]:
    """Every alternative as a way, best first."""
    chains = [_chain(one) for one in ([selectors] if isinstance(selectors, str) else selectors)]
    shown = {chain[-1][5:] for chain in chains if chain[-1].startswith("text/")}
    plain = [way for chain in chains for way in _plain(chain)]
    kind = ways.role_of_tag(plain)
    return ways.ranked([way for chain in chains for way in _aria(chain, shown, kind)] + plain)


def _chain(selector: Selector) -> tuple[str, ...]:
    return (selector,) if isinstance(selector, str) else selector or ("",)


def _aria(chain: Sequence[str], shown: set[str], kind: str) -> list[Anchor]:
    """An accessible name. Of a chain the last part that has one, for what is named within it is named by it."""
    told = [found for part in chain if (found := _ARIA.fullmatch(part))]
    if len(told) < len(chain):
        return []
    for found in reversed(told):
        name, role = found[1], found[2] or ""
        if role and (name or len(told) == 1):
            return ways.role(role, name)
        if name:
            by_role = ways.role(kind, name)
            return [*by_role, *(ways.text(name) if name in shown or by_role else ways.label(name))]
    return []


def _plain(chain: Sequence[str]) -> list[Anchor]:
    if any(part.startswith("aria/") for part in chain):
        return []
    last = chain[-1]
    if last.startswith("text/"):
        return ways.text(last[5:])
    if last.startswith("xpath/"):
        return ways.xpath(last[6:]) if len(chain) == 1 else []
    if last.startswith("pierce/"):
        return ways.css(last[7:])  # all CSS here looks into shadow roots
    return ways.css(" ".join(chain))


def parts(selectors: Sequence[Selector] | str) -> list[str]:
    """Every selector of every alternative."""
    return [part for one in ([selectors] if isinstance(selectors, str) else selectors) for part in _chain(one)]


def kind_of_field(texts: Sequence[str], found: Sequence[Anchor]) -> str:
    """How a field is set, as far as its selectors tell: fill, choose, check or upload."""
    roles, tags = {way.role for way in found}, {ways.tag([way]) for way in found}
    if roles & set(_OPTION_ROLES) or "select" in tags:
        return "choose"
    if roles & {"checkbox", "radio"} or any(re.search(r"type=['\"]?(checkbox|radio)", text) for text in texts):
        return "check"
    if any(re.search(r"type=['\"]?file", text) for text in texts):
        return "upload"
    return "fill"
