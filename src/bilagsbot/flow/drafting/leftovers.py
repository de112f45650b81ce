"""Leftovers: what an item that stopped half keyed leaves open, in the way of the next one."""

from collections.abc import Sequence

from bilagsbot.flow.drafting.folding import Deed
from bilagsbot.flow.drafting.lines import Line
from bilagsbot.flow.drafting.targets import Targets

DROPS = "closes what an item left half keyed: is that dropped, and nothing asked?"


def closing(steps: Sequence[Deed], targets: Targets) -> list[Line]:
    """The steps before all others that close the windows which the flow opens before it posts. A dialog would keep
    the next item from the window below it."""
    posts = next((i for i, deed in enumerate(steps) if deed.action.submits), len(steps))
    first = steps[0].action.window if steps else 0
    opened = dict.fromkeys(deed.action.window for deed in steps[:posts] if deed.action.window != first)
    lines: list[Line] = []
    for window in reversed(opened):
        closes = [deed for deed in steps[posts + 1 :] if deed.action.window == window and deed.verb == "click"]
        if closes:
            name = targets.of(closes[-1].action)
            lines.append(Line("click", name, when=f"shows('{name}')", doubts={"": DROPS}))
        else:
            title = next(deed.action.title for deed in steps if deed.action.window == window)
            lines.append(Line("#", f"an item that stops half keyed leaves the window '{title}' open; close it first: "
                                   "- click: its button, with when: shows('its button')"))  # fmt: skip
    return lines
