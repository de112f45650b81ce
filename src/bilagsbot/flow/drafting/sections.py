"""Sections: what is done once a session, what once an item, and what asks the program whether it holds the item."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bilagsbot.flow.drafting.folding import Deed, same_element


@dataclass
class Sections:
    """The deeds of each section. `steps` is the first item, up to and with what tells of its posting; `again` are the
    same deeds for the items that were keyed after it. `guessed`: nobody said which click posts."""

    start: list[Deed] = field(default_factory=list)
    steps: list[Deed] = field(default_factory=list)
    again: list[list[Deed]] = field(default_factory=list)
    lookup: list[Deed] = field(default_factory=list)
    guessed: bool = False
    unposted: bool = False


def split(deeds: Sequence[Deed]) -> Sections:
    """Divide a folded recording. The login ends with the click that follows a secret and loads a page."""
    found = Sections()
    listed = [deed for deed in deeds if deed.verb != "done"]
    mark = next((i for i, deed in enumerate(listed) if deed.verb == "lookup"), len(listed))
    found.lookup = [deed for deed in listed[mark + 1 :] if deed.verb != "lookup"]
    keyed = listed[:mark]
    logged_in = _login_ends(keyed)
    found.start, keyed = keyed[:logged_in], keyed[logged_in:]
    if not any(deed.action.submits for deed in keyed):
        found.guessed, found.unposted = True, not _guess(keyed)
    passes = _passes(keyed)
    found.steps, found.again = passes[0], passes[1:]
    once = _once_a_session(found)
    found.start += found.steps[:once]
    found.steps = found.steps[once:]
    opening = _opening(found.lookup)
    found.start += found.lookup[:opening]
    found.lookup = found.lookup[opening:]
    return found


def _login_ends(deeds: Sequence[Deed]) -> int:
    """How many deeds open the program and log in."""
    secret = next((i for i, deed in enumerate(deeds) if deed.verb == "fill" and deed.action.secret), None)
    if secret is None:
        return next((i for i, deed in enumerate(deeds) if deed.verb != "open"), len(deeds))
    pressed = (i for i, deed in enumerate(deeds) if i > secret and deed.verb in ("click", "press") and deed.loads)
    return next(pressed, secret) + 1


def _guess(deeds: Sequence[Deed]) -> bool:
    """Take for the submit the last click before the confirmation, else the last that loads a page; False for none."""
    shown = next((i for i, deed in enumerate(deeds) if deed.verb == "confirm"), len(deeds))
    clicks = [deed for deed in deeds[:shown] if deed.verb == "click"]
    best = next((deed for deed in reversed(clicks) if deed.loads or deed.dialogs), clicks[-1] if clicks else None)
    if best is None:
        return False
    best.action = best.action.model_copy(update={"submits": True})
    return True


def _passes(deeds: Sequence[Deed]) -> list[list[Deed]]:
    """One list an item: each ends after its submit, with what was pointed at as its confirmation."""
    passes: list[list[Deed]] = [[]]
    posted = False
    for deed in deeds:
        if posted and deed.verb not in ("confirm", "expect"):
            passes.append([])
            posted = False
        passes[-1].append(deed)
        posted = posted or deed.action.submits
    if len(passes) > 1 and not any(deed.action.submits for deed in passes[-1]):
        passes.pop()  # what was begun and not posted tells nothing
    return passes


def _once_a_session(found: Sections) -> int:
    """How many of the first item's deeds are done once: those that the next item did without, or where there was none,
    clicks at the beginning that load nothing: they open a menu, and a second click would close it."""
    if not found.again:
        return _opening(found.steps)
    first = found.again[0][:1]
    return next((i for i, deed in enumerate(found.steps) if first and same_element(deed, first[0])), 0)


def _opening(deeds: Sequence[Deed]) -> int:
    """How many clicks at the beginning load nothing, before one that does."""
    leading = 0
    for deed in deeds:
        if deed.verb != "click" or deed.action.submits or deed.loads or deed.dialogs:
            break
        leading += 1
    return leading if leading < len(deeds) and deeds[leading].loads else 0
