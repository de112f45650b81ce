"""Sections: what is done once a session, what once an item, and what asks the program whether it holds the item."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bilagsbot.flow.drafting.folding import Deed, same_element

FILLED = ("fill", "choose", "check")


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


def split(deeds: Sequence[Deed], desktop: bool = False) -> Sections:
    """Divide a folded recording. The login ends with the click that follows a secret and loads a page; a desktop
    program loads none."""
    found = Sections()
    listed = [deed for deed in deeds if deed.verb != "done"]
    mark = next((i for i, deed in enumerate(listed) if deed.verb == "lookup"), len(listed))
    found.lookup = [deed for deed in listed[mark + 1 :] if deed.verb != "lookup"]
    keyed = listed[:mark]
    logged_in = _login_ends(keyed, desktop)
    found.start, keyed = keyed[:logged_in], keyed[logged_in:]
    if not any(deed.action.submits for deed in keyed):
        found.guessed, found.unposted = True, not _guess(keyed, desktop)
    passes = _passes(keyed)
    follows = desktop and _with_what_follows(passes)
    if not desktop and len(passes) > 1 and not _posts(passes[-1]):
        passes.pop()  # what was begun and not posted tells nothing
    found.steps, found.again = passes[0], passes[1:]
    once = 0 if follows else _once_a_session(found)
    found.start += found.steps[:once]
    found.steps = found.steps[once:]
    opening = _opening(found.lookup)
    found.start += found.lookup[:opening]
    found.lookup = found.lookup[opening:]
    return found


def _login_ends(deeds: Sequence[Deed], desktop: bool) -> int:
    """How many deeds open the program and log in."""
    secret = next((i for i, deed in enumerate(deeds) if deed.verb == "fill" and deed.action.secret), None)
    if secret is None:
        return next((i for i, deed in enumerate(deeds) if deed.verb != "open"), len(deeds))
    loads = (i for i, deed in enumerate(deeds) if deed.loads or desktop)
    pressed = (i for i in loads if i > secret and deeds[i].verb in ("click", "press"))
    return next(pressed, secret) + 1


def _guess(deeds: Sequence[Deed], desktop: bool) -> bool:
    """Take for the submit the last click before the confirmation, else the last that loads a page, or on a desktop the
    first after the last field, in its window; False for none."""
    shown = next((i for i, deed in enumerate(deeds) if deed.verb == "confirm"), len(deeds))
    clicks = [deed for deed in deeds[:shown] if deed.verb == "click"]
    best = next((deed for deed in reversed(clicks) if deed.loads or deed.dialogs), clicks[-1] if clicks else None)
    if desktop and (filled := [i for i, deed in enumerate(deeds[:shown]) if deed.verb in FILLED]):
        after = [deed for deed in deeds[filled[-1] + 1 : shown] if deed.verb == "click"]
        best = next((deed for deed in after if deed.action.window == deeds[filled[-1]].action.window), best)
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
    return passes


def _with_what_follows(passes: list[list[Deed]]) -> bool:
    """What was done after the last item was posted, such as closing its dialog and saving, belongs to each item;
    whether there was something."""
    if len(passes) == 1 or _posts(passes[-1]):
        return False
    rest, alone = passes.pop(), True
    for before, after in pairwise(passes):
        if len(after) > len(rest) and all(same_element(*pair) for pair in zip(rest, after, strict=False)):
            before += after[: len(rest)]
            del after[: len(rest)]
            alone = False
    passes[-1] += rest
    if alone and len(passes) > 1:
        passes[0] += rest
    return True


def _posts(deeds: Sequence[Deed]) -> bool:
    return any(deed.action.submits for deed in deeds)


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
