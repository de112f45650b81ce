"""From foreign selectors to ways to find a thing, the most readable and stable first."""

import re
from collections.abc import Iterable

from bilagsbot.model.target import Anchor

_WORD = r"[A-Za-z_][\w-]*"
_TEXT = r"""(?:"([^"\\]+)"|'([^'\\]+)'|([\w-]+))"""
_ATTRIBUTE = re.compile(rf"(?:{_WORD}|\*)?\[\s*(name|title|placeholder|aria-label)\s*=\s*{_TEXT}\s*\]")
_XPATH_ATTRIBUTE = re.compile(rf"\(?//(?:{_WORD}|\*)\[@(name|title|placeholder|aria-label)={_TEXT}\]\)?(?:\[1\])?")
_POSITION = re.compile(r":nth-|:first|:last|>")
_MADE_UP = re.compile(r"""[#='"][\w:.-]*(?:\d{3,}|[0-9a-f]{8,}|:r\w+:)""")  # ids that a program made up
_ORDER = ("label", "role", "name", "text", "placeholder", "title", "css", "xpath")
_TAGS = {"button": "button", "a": "link", "textarea": "textbox"}


def label(text: str) -> list[Anchor]:
    """By its label, where there is one."""
    return [Anchor(label=folded)] if (folded := " ".join(text.split())) else []


def text(words: str) -> list[Anchor]:
    """By the text that it shows."""
    return [Anchor(text=folded)] if (folded := " ".join(words.split())) else []


def role(kind: str, named: str = "") -> list[Anchor]:
    """By its role and accessible name; a role that means nothing finds nothing."""
    if not kind or kind in ("generic", "none", "presentation"):
        return []
    return [Anchor(role=kind, named=" ".join(named.split()))]


def css(selector: str) -> list[Anchor]:
    """By a CSS selector, or by the one attribute that it names."""
    selector = selector.strip()
    if found := _ATTRIBUTE.fullmatch(selector):
        return _attribute(found)
    return [Anchor(css=selector)] if selector else []


def xpath(expression: str) -> list[Anchor]:
    """By an XPath expression, or by the one attribute that it names."""
    expression = expression.strip()
    if found := _XPATH_ATTRIBUTE.fullmatch(expression):
        return _attribute(found)
    # The first of several is nothing to find a thing by: it has to be the only one.
    plain = found[1] if (found := re.fullmatch(r"\((.*)\)\[1\]", expression)) else expression
    return [Anchor(xpath=plain)] if plain else []


def _attribute(found: re.Match[str]) -> list[Anchor]:
    attribute, value = found[1], next(part for part in found.groups()[1:] if part)
    return [Anchor(**{"label" if attribute == "aria-label" else attribute: value})]


def by_id(value: str) -> list[Anchor]:
    """By its id attribute."""
    if not value:
        return []
    return css(f"#{value}" if re.fullmatch(_WORD, value) else f"[id={quoted(value)}]")


def quoted(value: str) -> str:
    """A text within a CSS selector."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ") + '"'


def ranked(found: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """Each way once, best first: words of the screen, then the page's names, and positions last."""
    return tuple(sorted(dict.fromkeys(found), key=_rank))


def are_shaky(found: Iterable[Anchor]) -> bool:
    """Whether all ways are positions or made-up ids, which find another thing when the screen changes."""
    ranks = [_rank(way)[0] for way in found]
    return bool(ranks) and min(ranks) > 0


def _rank(way: Anchor) -> tuple[int, int]:
    value, shaky = str(getattr(way, way.way)), 0
    if way.way == "css":
        shaky = 2 if _POSITION.search(value) else 1 if _MADE_UP.search(value) else 0
    elif way.way == "xpath":
        words = re.search(r"\[[^\d\]]", value)  # a condition, such as a text or an attribute
        shaky = 2 if not words or re.search(r"\[\d+\]", value) else 1 if re.search(r"\w/|\]/", value) else 0
        shaky = max(shaky, 1 if _MADE_UP.search(value) else 0)
    elif way.way == "role" and not way.named:
        shaky = 1
    return shaky, _ORDER.index(way.way) if way.way in _ORDER else 99


def frame_name(found: Iterable[Anchor]) -> str:
    """The name of the frame that these ways find; empty where they do not tell it."""
    for way in found:
        if way.way == "name":
            return way.name
        if named := re.search(rf"\[@?name\s*=\s*{_TEXT}\s*\]", way.css or way.xpath):
            return next(part for part in named.groups() if part)
    return ""


def tag(found: Iterable[Anchor]) -> str:
    """The element's tag, where a selector ends with it."""
    for way in found:
        end = re.split(r"[\s>/]+", way.css or way.xpath)[-1]
        if word := re.match(r"[a-z]+(?=$|[.:#\[)])", end):
            return word[0]
    return ""


def role_of_tag(found: Iterable[Anchor]) -> str:
    """The role of a button, a link or a long text, where a selector tells that it is one."""
    return _TAGS.get(tag(found), "")


def is_file_field(selectors: Iterable[str]) -> bool:
    """Whether selectors speak of a field that takes files."""
    return any(re.search(r"type\s*=\s*['\"]?file|vedlegg|attach|upload|(?<![a-z])fil[e]?(?![a-z])", one, re.I)
               for one in selectors)  # fmt: skip
