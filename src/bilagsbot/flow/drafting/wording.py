"""Words: names that a person can read, from what the screen and the workbook call a thing."""

import re
import unicodedata
from difflib import SequenceMatcher

from bilagsbot.model.recording import Action, Element

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a", "ß": "ss"})
_MENU = re.compile(r"\b(meny|menu|nav|navigation|acc_menu|sidebar)\b")
LONGEST = 32  # characters of a name's part


def slug(text: str) -> str:
    """`Fakturadato (utstedt)` as `fakturadato_utstedt`."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    while len(words) > LONGEST and "_" in words:
        words = words.rpartition("_")[0]
    return words[:LONGEST]


def group(action: Action) -> str:
    """The screen that a thing is on: its heading, or `menu`."""
    element = action.element or Element()
    places = " ".join([*action.frame[-1:], element.heading]).casefold().replace("_", " ")
    if _MENU.search(places) or _MENU.search(" ".join(action.frame[-1:]).casefold()):
        return "menu"
    return slug(element.heading) or slug(action.title) or "page"


def part(element: Element) -> str:
    """What a person calls the thing."""
    pressed = element.role == "button" or element.tag in ("a", "button")
    own = ("", "") if pressed else (element.label, element.cell)
    said = next(filter(None, [*own, element.named, element.text, element.placeholder, element.title]), "")
    readable = slug(re.sub(r"[\d.,\s]+$", "", said)) or slug(element.name) or slug(element.id)
    return readable or element.role or element.tag or "thing"


def likeness(element: Element, header: str) -> float:
    """How much what stands at a field is like a column's header: 0 to 1."""
    said = (element.label, element.cell, element.placeholder, element.name, element.title, element.id)
    return max((_like(slug(text), slug(header)) for text in said if text), default=0.0)


def _like(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    words = set(one.split("_")) & set(other.split("_"))
    if words or one.startswith(other) or other.startswith(one):
        return 0.8
    return SequenceMatcher(None, one, other).ratio()
