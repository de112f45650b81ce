"""What an imported action tells of its element: only by which words another tool would find it."""

from collections.abc import Sequence

from bilagsbot.model.recording import Action, Element


def with_elements(actions: Sequence[Action]) -> list[Action]:
    """The actions, each with an element; one that was recorded keeps its own.

    It has no tag: nobody has seen it, so it is for names and labels, and never for a fingerprint.
    """
    return [action if action.element or not action.ways else action.model_copy(update={"element": _element(action)})
            for action in actions]  # fmt: skip


def _element(action: Action) -> Element:
    said = {way: next((getattr(one, way) for one in action.ways if getattr(one, way)), "")
            for way in ("label", "named", "text", "name", "title", "placeholder", "role")}  # fmt: skip
    if action.action in ("fill", "choose", "check", "upload"):  # the accessible name of a field is its label
        said["label"] = said["label"] or said.pop("named")
        return Element(**{way: text for way, text in said.items() if way in Element.model_fields and way != "text"})
    return Element(**{**said, "text": said["text"] or said["named"]})
