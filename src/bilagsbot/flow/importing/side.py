"""Selenium IDE's .side files: a project of tests, each a list of commands."""

from bilagsbot.flow.importing.door import Foreign
from bilagsbot.flow.importing.idlekeys import is_idle
from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.flow.importing.secretwords import is_secret
from bilagsbot.flow.importing.sidedialogs import Dialogs
from bilagsbot.flow.importing.sideexpects import EXPECTS, expect
from bilagsbot.flow.importing.sidekeys import typed_keys
from bilagsbot.flow.importing.sideplaces import Places
from bilagsbot.flow.importing.sidetargets import is_upload, option, ways_of
from bilagsbot.model.target import Anchor

IDLE = {
    "", "setWindowSize", "pause", "setSpeed", "echo", "debugger", "mouseOver", "mouseOut", "mouseDown", "mouseDownAt",
    "mouseUp", "mouseUpAt", "mouseMove", "mouseMoveAt", "waitForPageToLoad", "windowMaximize", "windowFocus",
    "captureEntirePageScreenshot", "deleteAllVisibleCookies",
}  # fmt: skip
WHY = {
    "doubleClick": "a flow has no double click", "doubleClickAt": "a flow has no double click",
    "select": "only its place in the list is told, or a pattern",
    "submit": "click the form's button instead",
    "run": "import that test too, and include its flow",
}  # fmt: skip


class Command(Foreign):
    """One command."""

    command: str
    target: str = ""
    value: str = ""
    targets: tuple[tuple[str, ...], ...] = ()
    opensWindow: bool = False  # noqa: N815  Selenium IDE's own names
    windowHandleName: str = ""  # noqa: N815

    @property
    def said(self) -> str:
        """As it stands in the IDE."""
        return " | ".join(part for part in (self.command, self.target, self.value) if part)


class Side:
    """Maps a test's commands, one after the other."""

    def __init__(self, out: Outcome, url: str) -> None:
        self._out, self._dialogs, self._places = out, Dialogs(out), Places(out, url)
        self._hidden = set[str]()  # variables that are typed into secret fields

    def take(self, commands: list[Command]) -> None:
        """Map them all."""
        for one in commands:
            self._secret_variables(one)
        for one in commands:
            self._out.begin(one.line)
            if one.command.startswith("//"):
                self._out.pass_over("switched off with //")
            elif one.command in IDLE or _scrolls(one):
                self._out.pass_over(one.command or "an empty line")
            elif not (self._dialogs.take(one.command, one.target, one.value) or self._goes(one)):
                self._does(one)
        self._dialogs.end()

    def _secret_variables(self, one: Command) -> None:
        """What is stored under the name of a secret, or typed into its field from a variable, is one."""
        if one.command in ("type", "sendKeys", "editContent") and is_secret(one.target, *_texts(one)):
            self._hidden |= {one.value, *(text for _, text in typed_keys(one.value) if text)}
        if one.command == "store" and is_secret(one.value):
            self._hidden.add(f"${{{one.value}}}")

    def _goes(self, one: Command) -> bool:
        """Whether the command says where things are, and not what is done to them."""
        match one.command:
            case "open":
                self._places.open(one.target)
            case "selectFrame":
                self._places.frame(ways_of(one.target, one.targets), one.target)
            case "selectWindow":
                self._places.select(one.target)
            case "storeWindowHandle":
                self._places.known(one.target)
            case "close":
                self._places.close()
            case _:
                return False
        return True

    def _does(self, one: Command) -> None:
        out, found = self._out, ways_of(one.target, one.targets)
        at: dict[str, object] = {"window": self._places.window, "frame": self._places.path, "ways": found}
        match one.command:
            case "click" | "clickAt" if found:
                out.add(action="click", **at)
            case "check" | "uncheck" if found:
                out.add(action="check", value=str(one.command == "check").lower(), **at)
            case "type" | "editContent" | "sendKeys" if found:
                self._types(one, found, at)
            case "select" if found and (chosen := option(one.value)):
                out.typed(action="choose", **chosen, **at)
            case name if name in EXPECTS:
                expect(out, one.command, one.target, one.value, at)
            case _:
                self._left(one, at)
        if found and one.command not in EXPECTS:
            self._dialogs.acted(self._places.window)
            if one.opensWindow:
                self._places.opens(one.windowHandleName)

    def _types(self, one: Command, found: tuple[Anchor, ...], at: dict[str, object]) -> None:
        if is_upload(one.value, _texts(one)):
            self._out.add(action="upload", value=one.value, **at)
            return
        idle, before = list[str](), len(self._out.actions)
        for key, text in typed_keys(one.value) if one.command == "sendKeys" else [("", one.value)]:
            if is_idle(key):
                idle.append(key)
            elif key.startswith("${"):
                self._out.unmapped(f"{one.command} {key}", "there is no such key here", at)
            elif key:
                self._out.add(action="press", value=key, **at)
            elif text in self._hidden:
                self._out.secrets.add(text)
                self._out.add(action="fill", secret=True, **at)
            else:
                self._out.typed(action="fill", value=text, **at)
        if idle and len(self._out.actions) == before:
            self._out.pass_over(f"sendKeys {' '.join(idle)}")

    def _left(self, one: Command, at: dict[str, object]) -> None:
        if one.command == "store" and f"${{{one.value}}}" in self._hidden:
            self._out.secrets.add(one.target)
        hidden = bool(one.value) and one.command != "store" and is_secret(one.target)
        if hidden:
            self._out.secrets.add(one.value)
        self._out.unmapped(f"{one.command} | {one.target}" if hidden else one.said, WHY.get(one.command, ""), at)


def _texts(one: Command) -> list[str]:
    return [one.target, *(target[0] for target in one.targets if target)]


def _scrolls(one: Command) -> bool:
    return one.command in ("runScript", "executeScript") and one.target.strip().startswith("window.scroll")
