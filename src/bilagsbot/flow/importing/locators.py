"""Playwright's locators, as codegen's JSON lines hold them: a chain of parts, each within the one before."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from bilagsbot.flow.importing import ways
from bilagsbot.model.target import Anchor

# What a role is in HTML, for parts that only narrow down where a thing is.
_HTML = {
    "button": "button, input[type=submit], input[type=button]", "link": "a", "listitem": "li", "list": "ul, ol",
    "row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th", "table": "table",
    "heading": "h1, h2, h3, h4, h5, h6", "form": "form", "navigation": "nav", "main": "main", "dialog": "dialog",
    "combobox": "select", "listbox": "select", "option": "option", "group": "fieldset", "article": "article",
    "paragraph": "p", "rowgroup": "tbody", "img": "img",
    "textbox": "textarea, input:not([type]), input[type=text], input[type=password], input[type=email]",
    "checkbox": "input[type=checkbox]", "radio": "input[type=radio]", "spinbutton": "input[type=number]",
}  # fmt: skip
_FIELDS = ("textbox", "checkbox", "radio", "combobox", "listbox", "spinbutton", "img")  # named by other than their text
Text = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else "")]  # a RegExp comes as {}


class Options(BaseModel):
    """What narrows a part of a locator down."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Text = ""
    exact: bool = False
    hasText: Text = ""  # noqa: N815  Playwright's own name


class Locator(BaseModel):
    """A part of a locator, and the one within it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: str
    body: Text = ""
    options: Options = Options()
    next: "Locator | None" = None

    def parts(self) -> "list[Locator]":
        """The whole chain."""
        return [self, *(self.next.parts() if self.next else [])]


def frames_and_rest(locator: Locator) -> tuple[list[list[Locator]], list[Locator]]:
    """The locators of the frames around an element, and that of the element in them."""
    frames, rest = list[list[Locator]](), list[Locator]()
    for part in locator.parts():
        if part.kind == "frame":
            frames, rest = [*frames, rest], []
        elif part.kind == "frame-locator":
            frames, rest = [*frames, [part.model_copy(update={"kind": "default"})]], []
        else:
            rest.append(part)
    return frames, rest


def chain_ways(parts: list[Locator], test_id: str) -> tuple[tuple[Anchor, ...], str]:
    """Ways to find what a chain finds, and what of it has no counterpart."""
    parts = [part for part in parts if part.kind not in ("visible", "any-frame")]  # only the visible count here anyway
    if len(parts) == 1:
        found = ways.ranked(_single(parts[0], test_id))
        return found, "" if found else _said(parts)
    if narrowed := _as_css(parts, test_id):
        return (Anchor(css=narrowed),), ""
    last = next((part for part in reversed(parts) if _single(part, test_id)), None)
    return ways.ranked(_single(last, test_id)) if last else (), _said(parts)


def _single(part: Locator, test_id: str) -> list[Anchor]:
    body = part.body
    match part.kind:
        case "role":
            return ways.role(body, part.options.name)
        case "label":
            return ways.label(body)
        case "text":
            # codegen shortens long texts, and then says that they are not the whole
            return ways.text(body) + ([] if part.options.exact else [Anchor(css=f":text({ways.quoted(body)})")])
        case "placeholder" | "title":
            return [Anchor(**{part.kind: body})] if body else []
        case "alt":
            return [Anchor(css=f"[alt={ways.quoted(body)}]")] if body else []
        case "test-id":
            return [Anchor(css=f"[{test_id}={ways.quoted(body)}]")] if body else []
        case "default" if not part.options.hasText:
            return ways.xpath(body.removeprefix("xpath=")) if _is_xpath(body) else _css(body)
    return []


def _css(body: str) -> list[Anchor]:
    own = body.startswith("internal:") or (">>" in body)  # an engine of Playwright's that is not told apart
    return [] if own else ways.css(body.removeprefix("css="))


def _is_xpath(body: str) -> bool:
    return body.startswith(("xpath=", "//", ".."))


def _as_css(parts: list[Locator], test_id: str) -> str:
    """The chain as one selector in Playwright's CSS; empty where a part of it is not to be said so."""
    css = ""
    for part in parts:
        if part.kind in ("first", "nth"):
            if part.body and not part.body.isdecimal():  # counted from the end
                return ""
            css = f":nth-match({css or '*'}, {int(part.body or 0) + 1})"
        elif part.kind == "has-text":
            css += f":has-text({ways.quoted(part.body)})"
        elif one := _part_css(part, test_id):
            css = f"{css} {one}".strip()
        else:
            return ""
    return css


def _part_css(part: Locator, test_id: str) -> str:
    if part.kind == "role" and part.body in _HTML and not (part.options.name and part.body in _FIELDS):
        named = f":has-text({ways.quoted(part.options.name)})" if part.options.name else ""
        return f":is({_HTML[part.body]}, [role={part.body}]){named}"
    if part.kind == "text":
        return f":text{'-is' if part.options.exact else ''}({ways.quoted(part.body)})"
    if part.kind in ("placeholder", "title", "alt"):
        return f"[{part.kind}={ways.quoted(part.body)}]"
    if part.kind == "test-id":
        return f"[{test_id}={ways.quoted(part.body)}]"
    if part.kind == "default" and not _is_xpath(part.body) and (single := _css(part.body)):
        within = f":has-text({ways.quoted(part.options.hasText)})" if part.options.hasText else ""
        body = part.body.removeprefix("css=") if single else ""
        return (f":is({body})" if "," in body else body) + within
    return ""


def _said(parts: list[Locator]) -> str:
    return " >> ".join(" ".join(filter(None, [part.kind, part.body, part.options.name])) for part in parts)
