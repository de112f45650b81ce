"""Selenium IDE's locators of elements and of options."""

import re
from collections.abc import Sequence

from bilagsbot.flow.importing import ways
from bilagsbot.model.target import Anchor

_PATH = re.compile(r"(?:[A-Za-z]:[\\/]|/|\\\\|\$\{\w+\}[\\/]).*\.\w{2,5}")


def ways_of(target: str, targets: Sequence[Sequence[str]]) -> tuple[Anchor, ...]:
    """Every alternative as a way, best first.

    Where the target is none of the alternatives, a person has changed it, and they find what it was before.
    """
    recorded = [one[0] for one in targets if one]
    return ways.ranked(way for one in (recorded if target in recorded else [target]) for way in _one(one))


def _one(locator: str) -> list[Anchor]:
    if locator.startswith(("//", "(//")):
        return ways.xpath(locator)
    kind, _, value = locator.partition("=")
    match kind:
        case "id":
            return ways.by_id(value)
        case "name":
            return [Anchor(name=value)] if value else []
        case "css":
            return ways.css(value)
        case "xpath":
            return ways.xpath(value)
        case "linkText" | "link":
            return ways.text(value.removeprefix("exact:"))
        case "partialLinkText":
            return [Anchor(css=f"a:has-text({ways.quoted(value)})")] if value else []
        case "class" | "className":
            return ways.css(f".{value}") if value else []
    return []


def option(locator: str) -> dict[str, str]:
    """A list's option: its label as the value, or its value; empty where only its place is told."""
    kind, mark, value = locator.partition("=")
    if not mark or kind == "label":
        plain = value if mark else locator
        return {"value": plain} if not re.match(r"(regexp|regexpi|glob):", plain) and plain else {}
    return {"option": value} if kind == "value" and value else {}


def is_upload(value: str, texts: Sequence[str]) -> bool:
    """Whether the path of a file is typed into a field that takes files."""
    return bool(_PATH.fullmatch(value)) and ways.is_file_field(texts)
