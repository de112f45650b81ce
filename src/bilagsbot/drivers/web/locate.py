"""From a target's anchors to the one element on the page: ranked, unambiguous, and checked by its fingerprint."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import Error, Frame, Locator, Page

from bilagsbot.drivers.web.pagescripts import LEAVE_AND_LOOK, LOOK, LOOK_AT
from bilagsbot.drivers.web.words import plain
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import TOP, Anchor, Fingerprint, Target

# XPath: what holds a value, and what holds such.
_PRESSED = " or ".join(f"@type='{kind}'" for kind in ("submit", "button", "reset", "image"))
_VALUE = f"self::input[not(@type='hidden' or {_PRESSED})] or self::select or self::textarea"
_HOLDS = f".//*[{_VALUE}]"

Then = Literal["", "type", "leave", "click", "aim", "submit"]


def place(page: Page, target: Target) -> Frame:
    """The page's own frame, or the one in it, that holds the target. Raises StepFailed where it is not there."""
    found = page.main_frame
    for name in target.frame:
        if name != TOP:
            found = _inner(found, name)
    return found


def _inner(frame: Frame, name: str) -> Frame:
    inner = [child for child in frame.child_frames if child.name == name]
    if not inner:  # one that never loaded a page of its own has told no name yet
        quoted = _quoted(name)
        handles = frame.query_selector_all(f"frame[name={quoted}], iframe[name={quoted}]")
        inner = [held for handle in handles if (held := handle.content_frame())]
    if len(inner) != 1:
        raise StepFailed(f"there {'are several frames' if inner else 'is no frame'} {name!r}")
    return inner[0]


def locator(where: Frame, anchor: Anchor) -> Locator:
    """Playwright's locator of an anchor; it may fit several elements."""
    value = getattr(anchor, anchor.way)
    match anchor.way:
        case "name":
            return where.locator(f"[name={_quoted(value)}]:not([type=hidden])")
        case "label":
            return where.get_by_label(value, exact=True)
        case "cell":
            return where.locator(f"xpath={_cell(value)}")
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


def _native(anchor: Anchor) -> dict[str, str] | None:
    """How the page itself finds what `locator` does; None where only Playwright knows the way."""
    value = getattr(anchor, anchor.way)
    match anchor.way:
        case "name":
            return {"way": "css", "value": f"[name={_quoted(value)}]:not([type=hidden])"}
        case "title" | "placeholder":
            return {"way": "css", "value": f"[{anchor.way}={_quoted(value)}]"}
        case "cell":
            return {"way": "xpath", "value": _cell(value)}
        case "css" if ":is(" in value or ":where(" in value:
            return None  # within these a browser passes over what it does not know, such as Playwright's :has-text()
        case "label" | "document" | "css" | "xpath":
            return {"way": anchor.way, "value": value}
    return None


@dataclass(frozen=True)
class Sight:
    """What one look at an anchor found: why it is not the target; or its type, what it shows, a list's options.

    `ready` to be typed over; `point` is where a click hits it, in the window's coordinates; `uploads` tells of a page
    that holds a chosen file.
    """

    wrong: str
    kind: str = ""
    shown: str = ""
    options: tuple[tuple[str, str], ...] | None = None
    chosen: int = -1
    ready: bool = False
    point: tuple[float, float] | None = None
    uploads: bool = False


@dataclass(frozen=True)
class Ask:
    """One question about a target: by which of its anchors, and what `then` is done to the element.

    `deadline` is the Unix time in seconds after which the page drops the click.
    """

    target: Target
    anchor: int = 0
    then: Then = ""
    options: bool = False
    hidden: bool = False
    deadline: float = 0

    @property
    def way(self) -> Anchor:
        """The anchor asked by."""
        return self.target.find[self.anchor]

    @property
    def native(self) -> bool:
        """Whether the page itself can find it."""
        return _native(self.way) is not None

    def words(self) -> dict[str, Any]:
        """As the page is asked."""
        return {
            **(_native(self.way) or {"way": "", "value": ""}), "is": self.target.is_.model_dump(exclude_defaults=True),
            "then": self.then, "options": self.options, "hidden": self.hidden, "deadline": self.deadline * 1000,
        }  # fmt: skip


def look(where: Frame, ask: Ask) -> Sight:
    """Whether this anchor leads to exactly one element of the target's fingerprint, and what that shows."""
    try:
        (told,) = json.loads(where.evaluate(LOOK, json.dumps([ask.words()]))) if ask.native else (None,)
        if told is None:
            told = json.loads(element(where, ask).evaluate_all(LOOK_AT, json.dumps(ask.words())))
    except Error as error:  # its page is just being replaced
        return Sight(f"cannot be looked for: {plain(error.message)}")
    return sight(ask.target, told)


def element(where: Frame, ask: Ask) -> Locator:
    """Playwright's locator of what is asked about; only what can be seen, unless `hidden` is asked for too."""
    found = locator(where, ask.way)
    return found if ask.hidden or ask.way.document else found.filter(visible=True)


def look_at_all(where: Frame, asks: Sequence[Ask], leave: bool = False) -> list[Sight | None]:
    """Many looks in one round trip; None for each that only Playwright can answer. `leave`: the field in focus first,
    as with Tab."""
    native = [ask for ask in asks if ask.native]
    try:
        asked = json.dumps([ask.words() for ask in native])
        told = iter(json.loads(where.evaluate(LEAVE_AND_LOOK if leave else LOOK, asked)))
    except Error:
        return [None] * len(asks)
    answers = [next(told) if ask.native else None for ask in asks]
    return [answer and sight(ask.target, answer) for ask, answer in zip(asks, answers, strict=True)]


def sight(target: Target, told: Mapping[str, Any]) -> Sight:
    """What the page told, judged."""
    if told["count"] != 1:
        return Sight(f"finds {told['count']} elements" if told["count"] else "finds nothing")
    if odd := told.get("unlike"):
        return Sight(f"finds something else: {_unlike(target.is_, *odd)}")
    options = told.get("options")
    return Sight(
        "", told["kind"], told["shown"], options and tuple((text, value) for text, value in options),
        told.get("chosen", -1), bool(told.get("ready")), tuple(told.get("point") or ()) or None,
        bool(told.get("uploads")),
    )  # fmt: skip


def _unlike(fingerprint: Fingerprint, part: str, found: str) -> str:
    if part == "element":
        return "it is not the one that was aimed at"
    wanted = getattr(fingerprint, part)
    if part == "near":
        return f"{wanted!r} does not stand near it"
    return f"its {part} is {found!r}, not {wanted!r}"


def _cell(text: str) -> str:
    """The XPath of the field in the cell right of the one with this text, or of the button where it has no field.

    Not in a row that begins with a field: there the text may be what the field left of it is called.
    """
    cell = f"self::td or self::th][normalize-space()={_xpath(text)}"
    first = f"../*[{_HOLDS}][1][not(normalize-space() or preceding-sibling::*[normalize-space()])]"
    button = f"(self::button or self::input[{_PRESSED}]) and not(ancestor::td[1][{_HOLDS}])"
    return f"//*[{cell}][not({_HOLDS} or {first})]/following-sibling::td[1]//*[{_VALUE} or {button}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _xpath(text: str) -> str:
    if "'" not in text:
        return f"'{text}'"
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"
