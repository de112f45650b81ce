"""Desktop: what was heard in a desktop program's windows, as the drafting of web recordings takes it."""

from collections.abc import Iterator, Sequence

from bilagsbot.flow.drafting.windows import Windows
from bilagsbot.model.recording import Action, Element

COMES_AND_GOES = ("popup", "closed")


def flattened(actions: Sequence[Action], windows: Windows) -> list[Action]:
    """The actions without windows that come and go: a step finds its window by its title, whichever is in front. Each
    is on the screen that its window is, and a window that is opened again is the same."""
    there = [action for action in actions if action.action not in COMES_AND_GOES]
    return [_placed(action, windows) for action in _meant(there)]


def _meant(actions: Sequence[Action]) -> Iterator[Action]:
    """Without the click that gives a field the keyboard, and the Tab that takes it away: filling a field does both."""
    for i, action in enumerate(actions):
        before, after = actions[i - 1] if i else None, actions[i + 1] if i + 1 < len(actions) else None
        tab = action.action == "press" and action.value == "Tab" and before is not None and before.action == "fill"
        focus = action.action == "click" and after is not None and after.action == "fill" and _box(action)
        if not (tab and before and before.window == action.window) and not (focus and after and focus == _box(after)):
            yield action


def _box(action: Action) -> object:
    return (action.window, action.element.box) if action.element and action.element.box else None


def _placed(action: Action, windows: Windows) -> Action:
    """With its screen for a heading, and with what was read on it where the program tells of nothing."""
    known = action.element or Element()
    read = next((way.ocr for way in action.ways if way.ocr and not way.beside), "")
    text = known.text or ("" if known.type else read)
    element = known.model_copy(update={"heading": windows.screen(action), "text": text})
    there = action.element or action.action == "fill"
    return action.model_copy(update={"window": windows.first(action.window), "element": element if there else None})
