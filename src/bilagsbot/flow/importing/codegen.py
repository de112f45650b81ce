"""Playwright codegen's lines as actions."""

import re

from bilagsbot.flow.importing import ways
from bilagsbot.flow.importing.codegenlines import Line, Signal
from bilagsbot.flow.importing.idlekeys import is_idle
from bilagsbot.flow.importing.locators import Locator, chain_ways, frames_and_rest
from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.flow.importing.windows import BLANK, Windows
from bilagsbot.model.target import Anchor

_MODIFIERS = ((2, "Control"), (1, "Alt"), (4, "Meta"), (8, "Shift"))


class Codegen:
    """Maps the lines, one after the other."""

    def __init__(self, out: Outcome) -> None:
        self._out, self._windows, self._ended = out, Windows(out), False

    def take(self, lines: list[Line]) -> None:
        """Map them all."""
        for line in lines:
            self._out.begin(line.line)
            self._one(line)
            for signal in line.signals:
                self._signal(line, signal)

    def _one(self, line: Line) -> None:
        if line.name in ("openPage", "navigate"):
            self._opens(line)
        elif line.name == "closePage":
            self._closes(line)
        elif line.name == "hover":
            self._out.pass_over("hover")
        elif line.name == "press" and is_idle(_keys(line)):
            self._out.pass_over(f"press {_keys(line)}")
        else:
            self._does(line, self._windows.number(line.page))

    def _opens(self, line: Line) -> None:
        window = self._windows.number(line.page)
        if line.url not in BLANK:
            self._out.add(action="open", window=window, url=line.url)
        elif not window:
            self._out.pass_over(f"{line.name} without an address")

    def _closes(self, line: Line) -> None:
        window = self._windows.number(line.page)
        self._ended = self._ended or not window
        if self._ended:  # at the end codegen closes every window
            self._out.pass_over("closePage at the end")
        else:
            self._windows.close(window)

    def _does(self, line: Line, window: int) -> None:
        out = self._out
        frame, found = self._where(line)
        at = {"window": window, "frame": frame, "ways": found}
        match line.name:
            case "click" if line.clickCount == 1 and line.button == "left" and not line.modifiers:
                out.add(action="click", **at)
            case "fill":
                out.typed(line.selector, action="fill", value=line.text, **at)
            case "press":
                out.add(action="press", value=_keys(line), **at)
            case "check" | "uncheck":
                out.add(action="check", value=str(line.name == "check").lower(), **at)
            case "select" if len(line.options) == 1:
                out.typed(line.selector, action="choose", option=line.options[0], **at)
            case "setInputFiles" if len(line.files) == 1:
                out.add(action="upload", value=line.files[0], **at)
            case "assertText" if line.text:
                out.add(action="expect", value=line.text, **at)
            case "assertValue" if line.value:
                out.typed(line.selector, action="expect", value=line.value, **at)
            case "assertChecked":
                out.add(action="expect", value=str(line.checked).lower(), **at)
            case "assertVisible":
                out.add(action="expect", **at)
            case _:
                out.unmapped(_said(line), where=at)

    def _where(self, line: Line) -> tuple[tuple[str, ...], tuple[Anchor, ...]]:
        """The frames and the ways of a line's element; what they cannot say is noted."""
        locator = line.locator or Locator(kind="default", body=line.selector)
        frames, rest = frames_and_rest(locator)
        given = re.search(r"internal:testid=\[([\w-]+)=", line.selector)
        test_id = given[1] if given else "data-testid"
        names = list[str]()
        for parts in frames:
            found, _ = chain_ways(parts, test_id)
            said = " ".join(part.body or part.kind for part in parts)
            names.append(self._windows.frame_name(ways.frame_name(found), said))
        found, lost = chain_ways(rest, test_id)
        if lost:
            self._out.unmapped(f"locator: {lost}", "no way to find a thing says all of this")
        return tuple(names), found

    def _signal(self, line: Line, signal: Signal) -> None:
        window = self._windows.number(line.page)
        if signal.name == "popup":
            self._windows.number(signal.popupPageGuid or signal.popupAlias)
        elif signal.name == "download":
            self._out.add(action="download", window=window)
        elif signal.name == "dialog":
            self._out.add(action="dialog", window=window)
            self._out.unmapped("dialog", "codegen tells neither what it said nor how it was answered")
        elif signal.name == "navigation":
            self._out.loaded()


def _keys(line: Line) -> str:
    return "+".join([*(name for bit, name in _MODIFIERS if line.modifiers & bit), line.key])


def _said(line: Line) -> str:
    kind = "double click" if line.clickCount > 1 else f"{line.button} click" if line.button != "left" else line.name
    several = (*line.options, *line.files)
    what = ", ".join(several) or ("with a key held down" if line.name == "click" and line.modifiers else "")
    return f"{kind}{': ' if what else ''}{what}"
