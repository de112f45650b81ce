"""Fold: from what was heard to what was meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bilagsbot.model.recording import Action, Element

TYPED = ("text", "search", "tel", "url", "email", "password", "number", "date", "month", "week", "time",
         "datetime-local", "textarea")  # fmt: skip


@dataclass
class Deed:
    """One thing that a person meant. `inner` is what was done in the window that it opened; `suggested` the entry of a
    list of suggestions that was taken; `dialogs` are those that it brought up."""

    verb: str
    action: Action
    inner: "list[Deed]" = field(default_factory=list)
    closes: bool = True
    dialogs: list[Action] = field(default_factory=list)
    suggested: Action | None = None
    twice: bool = False

    @property
    def element(self) -> Element:
        """What it was done to."""
        return self.action.element or Element()

    @property
    def chosen(self) -> Action:
        """Typing a few letters and taking an entry of the list that came up, as the one choice that it is."""
        assert self.suggested
        entry = self.suggested.element.text if self.suggested.element else ""
        return self.action.model_copy(update={"action": "choose", "value": entry, "loads": self.suggested.loads})

    @property
    def loads(self) -> bool:
        """Whether a page was loaded because of it."""
        return bool(self.action.loads)


def fold(actions: Sequence[Action]) -> list[Deed]:
    """What was meant, in order: no clicks that only give a field the focus, each field once, windows within the click
    that opened them, dialogs with what brought them up."""
    deeds = list(_deeds(list(actions), 0))
    return _without_noise(deeds)


def _deeds(actions: list[Action], window: int) -> Iterator[Deed]:
    """The deeds in one window; takes what it has read from the list."""
    last: Deed | None = None
    while actions:
        action = actions[0]
        if action.action == "closed" and action.window == window and window:
            break
        if window and action.window != window and action.action not in ("popup", "dialog", "closed", "download"):
            break
        actions.pop(0)
        match action.action:
            case "popup" if last is not None:
                yield from _in_window(last, actions, action.window)
                last = None
            case "dialog" if last is not None:
                last.dialogs.append(action)
            case "download" if last is not None:
                last.verb = "download"
            case "closed" | "popup" | "dialog" | "download":
                pass
            case _:
                if last is not None:
                    yield last
                last = Deed(action.action, action)
    if last is not None:
        yield last


def _in_window(opener: Deed, actions: list[Action], window: int) -> Iterator[Deed]:
    opener.inner = _without_noise(list(_deeds(actions, window)))
    opener.closes = bool(actions) and actions[0].action == "closed" and actions[0].window == window
    if opener.closes:
        actions.pop(0)
    opener.verb = "popup" if opener.inner else opener.verb
    yield opener


def _without_noise(deeds: list[Deed]) -> list[Deed]:
    return _suggestions(_once_each([deed for i, deed in enumerate(deeds) if not _is_noise(deed, deeds[i + 1 :])]))


def _is_noise(deed: Deed, later: Sequence[Deed]) -> bool:
    """A click that only gives a field the focus, or goes beside; one that opens a list to pick from does more."""
    if deed.verb == "click" and deed.element.tag in ("html", "body") and not deed.loads:
        return True
    if deed.verb != "click" or deed.action.submits:
        return False
    if not is_typed(deed.element):
        fills = bool(later) and later[0].verb == "fill" and bool(deed.action.ways)
        return fills and (deed.action.ways, deed.action.frame) == (later[0].action.ways, later[0].action.frame)
    opens = bool(later) and later[0].verb == "click" and not later[0].loads and _suggests(later[0].element)
    return not deed.loads and not deed.dialogs and not opens


def _once_each(deeds: list[Deed]) -> list[Deed]:
    """A field that was filled again before anything else happened counts once, as it was left at last."""
    kept: list[Deed] = []
    for deed in deeds:
        before = next((i for i, one in _stretch(kept) if one.verb == deed.verb and same_element(one, deed)), None)
        if before is not None and deed.verb in ("fill", "choose", "check", "upload"):
            kept[before] = deed
        elif before is not None and deed.verb == "click" and before == len(kept) - 1 and not kept[before].loads:
            kept[before] = deed
            deed.twice = True
        else:
            kept.append(deed)
    return kept


def _stretch(kept: Sequence[Deed]) -> Iterator[tuple[int, Deed]]:
    """What was done since a page was loaded or a button pressed, the last first; a button pressed just now too."""
    for i in range(len(kept) - 1, -1, -1):
        yield i, kept[i]
        if kept[i].loads or kept[i].verb not in ("fill", "choose", "check", "upload"):
            return


def _suggestions(deeds: list[Deed]) -> list[Deed]:
    """A few letters, and then an entry of the list that comes up for them."""
    kept: list[Deed] = []
    for deed in deeds:
        before = kept[-1] if kept else None
        typed = before.action.value.casefold() if before is not None and before.verb == "fill" else ""
        picks = deed.verb == "click" and _suggests(deed.element) and typed in deed.element.text.casefold()
        if before and typed and picks and not before.suggested:
            before.suggested = deed.action
            continue
        kept.append(deed)
    return kept


def _suggests(element: Element) -> bool:
    return element.role in ("option", "menuitem") or element.tag in ("li", "div", "td", "span", "b", "strong", "mark")


def is_typed(element: Element) -> bool:
    """Whether it is a field that one types into."""
    return element.tag in ("input", "textarea") and (element.type or "text") in TYPED


def same_element(one: Deed, other: Deed) -> bool:
    """Whether two deeds were done to one element of one page."""
    same_place = (one.action.window, one.action.frame) == (other.action.window, other.action.frame)
    return (
        same_place
        and _identity(one.element) == _identity(other.element)
        and one.action.ways[:1] == other.action.ways[:1]
    )


def _identity(element: Element) -> tuple[str, ...]:
    return element.tag, element.name, element.css, element.label, element.cell, element.text


def flat(deeds: Sequence[Deed]) -> Iterator[Action]:
    """The actions of deeds, in the order in which a flow does them."""
    for deed in deeds:
        yield deed.chosen if deed.suggested else deed.action
        yield from flat(deed.inner)
