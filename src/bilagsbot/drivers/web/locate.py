"""From a target's anchors to the one element on the page: ranked, unambiguous, and checked by its fingerprint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, FrameLocator, Locator, Page

from bilagsbot.drivers.web.pagescripts import LOOK
from bilagsbot.drivers.web.words import plain
from bilagsbot.model.target import TOP, Anchor, Fingerprint, Target

Place = Page | FrameLocator


def place(page: Page, target: Target) -> Place:
    """The page, or the frame in it, that holds the target."""
    found: Place = page
    for name in target.frame:
        if name != TOP:
            found = found.frame_locator(f"frame[name={_quoted(name)}], iframe[name={_quoted(name)}]")
    return found


def locator(where: Place, anchor: Anchor) -> Locator:
    """Playwright's locator of an anchor; it may fit several elements."""
    value = getattr(anchor, anchor.way)
    match anchor.way:
        case "name":
            return where.locator(f"[name={_quoted(value)}]:not([type=hidden])")
        case "label":
            return where.get_by_label(value, exact=True)
        case "cell":
            cell = f"self::td or self::th][normalize-space()={_xpath(value)}"
            field = "self::input[not(@type='hidden')] or self::select or self::textarea or self::button"
            return where.locator(f"xpath=//*[{cell}]/following-sibling::td[1]//*[{field}]")
        case "role":
            return where.get_by_role(value, name=anchor.named or None, exact=True)
        case "text":
            return where.get_by_text(value, exact=True)
        case "title":
            return where.get_by_title(value, exact=True)
        case "placeholder":
            return where.get_by_placeholder(value, exact=True)
        case "document":
            return where.locator(":root")
        case "xpath":
            return where.locator(f"xpath={value}")
        case _:
            return where.locator(f"css={value}")


@dataclass(frozen=True)
class Sight:
    """What one look at an anchor found: why it is not the target; or its type, what it shows, a list's options."""

    wrong: str
    kind: str = ""
    shown: str = ""
    options: tuple[tuple[str, str], ...] | None = None
    chosen: int = -1


def look(found: Locator, target: Target, anchor: Anchor, options: bool = False) -> Sight:
    """Whether this locator leads to exactly one element of the target's fingerprint, and what that shows."""
    try:
        return sight(target, found.evaluate_all(LOOK, asks(target, anchor, options)))
    except Error as error:  # its frame is not there, or is just being replaced
        return Sight(f"cannot be looked for: {plain(error.message)}")


def asks(target: Target, anchor: Anchor, options: bool = False) -> dict[str, object]:
    """What LOOK is to tell: long texts only where they are compared."""
    return {
        "document": anchor.document,
        "near": bool(target.is_.near),
        "text": bool(target.is_.text),
        "options": options,
    }


def sight(target: Target, elements: Sequence[Mapping[str, Any]]) -> Sight:
    """What LOOK told, judged."""
    if not elements:
        return Sight("finds nothing")
    if len(elements) > 1:
        return Sight(f"finds {len(elements)} elements")
    only = elements[0]
    if wrong := fits(target.is_, only):
        return Sight(f"finds something else: {wrong}")
    options = only["options"] and tuple((text, value) for text, value in only["options"])
    return Sight("", only["type"], only["shown"], options, only["chosen"])


def fits(fingerprint: Fingerprint, element: Mapping[str, Any]) -> str:
    """Why the element is not what the fingerprint says, or nothing where it is."""
    for part in ("tag", "type", "name", "text"):
        wanted = getattr(fingerprint, part)
        if wanted and " ".join(wanted.split()) != element[part]:
            return f"its {part} is {element[part]!r}, not {wanted!r}"
    if fingerprint.near and " ".join(fingerprint.near.split()) not in element["near"]:
        return f"{fingerprint.near!r} does not stand near it"
    return ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _xpath(text: str) -> str:
    if "'" not in text:
        return f"'{text}'"
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"
