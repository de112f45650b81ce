"""Chrome DevTools Recorder's steps as actions."""

import re

from bilagsbot.flow.importing import ways
from bilagsbot.flow.importing.chromeselectors import alternatives, kind_of_field, parts
from bilagsbot.flow.importing.chromesteps import Step
from bilagsbot.flow.importing.idlekeys import is_idle
from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.flow.importing.windows import BLANK, Windows
from bilagsbot.model.target import Anchor

IDLE = ("setViewport", "scroll", "hover", "emulateNetworkConditions")
_KEYS = ("Control", "Alt", "Meta", "Shift")
_SHOWS = ("value", "textContent", "innerText", "text")
_SAYS = re.compile(
    r"""\s*(?:return\s+)?document\.(?:(title)|querySelector\((["'])(.+?)\2\)\.(?:value|innerText|textContent)"""
    r"""(?:\.trim\(\))?)\s*===?\s*(["'])(.*)\4\s*;?\s*"""
)


class Chrome:
    """Maps the steps, one after the other."""

    def __init__(self, out: Outcome) -> None:
        self._out, self._windows = out, Windows(out)
        self._windows.number("main")
        self._held, self._focus = list[str](), dict[str, object]()  # the keys that are down, and where they go

    def take(self, steps: list[Step]) -> None:
        """Map them all."""
        for step in steps:
            self._out.begin(step.line)
            if step.type in IDLE:
                self._out.pass_over(step.type)
            elif step.type in ("keyDown", "keyUp"):
                self._key(step)
            else:
                self._does(step)
            if any(event.type == "navigation" for event in step.assertedEvents) and not step.frame:
                self._out.loaded()

    def _does(self, step: Step) -> None:
        if not self._windows.known(step.target):
            self._out.unmapped(f"target: {step.target}", "Chrome tells a new window and a foreign frame alike")
        out, window = self._out, self._windows.number(step.target)
        found = alternatives(step.selectors)
        at = {"window": window, "ways": found}
        if found:
            at["frame"] = tuple(self._windows.frame_name("", f"index={index}") for index in step.frame)
        if found or step.type in ("navigate", "close"):
            self._focus = at if found else {}
        match step.type:
            case "navigate" if step.url not in BLANK:
                out.add(action="open", window=window, url=step.url)
            case "navigate":
                out.pass_over("navigate without an address")
            case "close" if window:
                self._windows.close(window)
            case "close":
                out.pass_over("close of the first window")
            case "click" if step.button == "primary" and found:
                out.add(action="click", **at)
            case "change" if found:
                self._change(step, found, at)
            case "waitForElement" if found:
                self._expect(step, at)
            case "waitForExpression" if told := _SAYS.fullmatch(step.expression):
                ways_ = (Anchor(document="title"),) if told[1] else ways.ranked(ways.css(told[3]))
                out.typed(action="expect", value=told[5], window=window, ways=ways_)
            case _:
                out.unmapped(_said(step), where=at)

    def _change(self, step: Step, found: tuple[Anchor, ...], at: dict[str, object]) -> None:
        words = parts(step.selectors)
        kind = kind_of_field(words, found)
        if kind == "choose":
            self._out.typed(*words, action="choose", option=step.value, **at)  # Chrome tells the option's value only
        elif kind == "check":
            self._out.add(action="check", value=str(step.value.lower() in ("true", "on")).lower(), **at)
        elif kind == "upload":
            self._out.add(action="upload", value=step.value.removeprefix("C:\\fakepath\\"), **at)
        else:
            self._out.typed(*words, action="fill", value=step.value, **at)

    def _expect(self, step: Step, at: dict[str, object]) -> None:
        wanted = {**step.attributes, **step.properties}
        shown = [str(wanted[part]) for part in _SHOWS if part in wanted]
        fits = step.visible and (step.count, step.operator) in ((1, ">="), (1, "=="))
        if not fits or len(wanted) > 1 or len(shown) < len(wanted) or shown == [""]:
            self._out.unmapped(_said(step), where=at)
        elif shown:
            put = self._out.typed if "value" in wanted else self._out.add
            put(action="expect", value=shown[0], **at)
        else:
            self._out.add(action="expect", **at)

    def _key(self, step: Step) -> None:
        """A key that goes down is pressed; what is held down at that time goes with it."""
        if step.key in _KEYS or step.key == "Tab":
            self._out.pass_over(f"{step.type} {step.key}")
            self._held = [key for key in self._held if key != step.key]
            self._focus = {} if step.key == "Tab" else self._focus
            if step.type == "keyDown" and step.key in _KEYS:
                self._held.append(step.key)
        elif step.type == "keyDown":
            held, letter = [key for key in _KEYS if key in self._held], len(step.key) == 1
            if held == ["Shift"] and letter:
                held = []  # the key is told as the letter that it gives
            keys = "+".join([*held, step.key])
            if is_idle(keys):
                self._out.pass_over(f"keyDown {keys}")
                return
            put = self._out.typed if letter and not held else self._out.add
            window = self._windows.number(step.target)
            at = self._focus if self._focus.get("window") == window else {"window": window}
            put(action="press", value=keys, **at)


def _said(step: Step) -> str:
    said = {"click": f"{step.button} click" if step.button != "primary" else "click", "doubleClick": "double click"}
    wanted = ", ".join(f"{key}={value}" for key, value in {**step.attributes, **step.properties}.items())
    count = f"{step.operator}{step.count}" if step.type == "waitForElement" and step.count != 1 else ""
    hidden = "" if step.visible else "hidden"
    parts = [said.get(step.type, step.type), step.name, step.expression, wanted, count, hidden]
    return " ".join(part for part in parts if part)
