"""Finding: ranked ways to a recorded element, and what it must be when it is found."""

import re
from collections.abc import Iterator
from contextlib import suppress

from pydantic import ValidationError

from bilagsbot.model.recording import Action, Element
from bilagsbot.model.target import Anchor, Fingerprint

# An id or a class that the program makes anew at each load, or in each version.
_GENERATED = re.compile(r"\d{3,}|[0-9a-f]{8,}|^(ember|react|mui|radix|:r|ext-|gwt|yui|ctl\d|dijit|jsf)|--|:", re.I)
FIELDS = ("input", "select", "textarea")
BUTTONS = ("submit", "button", "reset", "image")


def is_field(element: Element) -> bool:
    """Whether it holds a value, rather than being pressed."""
    return element.tag in FIELDS and element.type not in BUTTONS


def ways(action: Action) -> list[Anchor]:
    """Ways to find what was acted upon, the steadiest first; each is to be tried on the recorded page."""
    element = action.element or Element()
    seen = _of_field(element) if is_field(element) else _of_thing(element, action.action)
    told = [*action.ways, *(seen if element.tag or not action.ways else ())]
    last = [{"css": element.css}] if element.css else []
    found: list[Anchor] = []
    for way in [*told, *last]:
        with suppress(ValidationError):  # one that no screen can have, such as an empty name
            anchor = way if isinstance(way, Anchor) else Anchor.model_validate(way)
            if anchor not in found:
                found.append(anchor)
    return found


def fingerprint(action: Action) -> Fingerprint:
    """What it must be, whatever way has found it. What is read from it is no part of that."""
    element = action.element or Element()
    if not element.tag and not element.type:
        return Fingerprint()  # nobody has seen it
    if action.action in ("confirm", "expect") and not is_field(element):
        return Fingerprint(tag=element.tag)
    kind = element.type if element.tag == "input" else ""
    said = element.text if not is_field(element) and len(element.text) <= 60 else ""
    called = (element.cell or element.label) if is_field(element) else ""
    return Fingerprint(tag=element.tag, type=kind, text=said, label=called)


def _of_field(element: Element) -> Iterator[dict[str, object]]:
    if element.name and not _GENERATED.search(element.name):
        yield {"name": element.name}
    if element.label:
        yield {"label": element.label}
    if element.cell:
        yield {"cell": element.cell}
    for way in ("placeholder", "title"):
        if getattr(element, way):
            yield {way: getattr(element, way)}
    yield from _by_id(element)
    if element.cell and "'" not in element.cell:
        row = f"//tr[*[self::td or self::th][normalize-space()='{element.cell}']]"
        yield {"xpath": f"{row}//{element.tag}[not(@type='hidden')]"}
    if element.label and "'" not in element.label and "*" not in element.label:
        yield {"xpath": f"//label[normalize-space()='{element.label}']/following::{element.tag}[1]"}


def _of_thing(element: Element, action: str) -> Iterator[dict[str, object]]:
    if action in ("confirm", "expect"):  # what it says is another thing each time
        yield from _by_id(element)
        return
    if element.role and element.named:
        yield {"role": element.role, "named": element.named}
    if element.text and element.tag != "input":
        yield {"text": element.text}
    if element.name and not _GENERATED.search(element.name):
        yield {"name": element.name}
    if element.title:
        yield {"title": element.title}
    yield from _by_id(element)
    if element.tag == "input" and element.text:
        yield {"css": f'input[type="{element.type}"][value="{_quoted(element.text)}"]'}
    if element.href and element.href != "#" and not _GENERATED.search(element.href):
        yield {"css": f'a[href="{_quoted(element.href)}"]'}


def _by_id(element: Element) -> Iterator[dict[str, object]]:
    if element.id and not _GENERATED.search(element.id) and re.fullmatch(r"[A-Za-z_][\w-]*", element.id):
        yield {"css": f"#{element.id}"}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
