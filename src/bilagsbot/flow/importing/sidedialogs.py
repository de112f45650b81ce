"""Selenium IDE's dialogs: announced before, asserted after, answered last; here one action after its cause."""

from dataclasses import dataclass

from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.model.recording import Action

# command -> kind, accepted
_BEFORE = {
    "chooseOkOnNextConfirmation": ("confirm", True), "chooseCancelOnNextConfirmation": ("confirm", False),
    "answerOnNextPrompt": ("prompt", True), "chooseCancelOnNextPrompt": ("prompt", False),
}  # fmt: skip
_SAYS = {"assertAlert": "alert", "verifyAlert": "alert", "assertConfirmation": "confirm",
         "verifyConfirmation": "confirm", "assertPrompt": "prompt", "verifyPrompt": "prompt"}  # fmt: skip
_NOW = {
    "acceptAlert": ("alert", True), "acceptConfirmation": ("confirm", True), "dismissConfirmation": ("confirm", False),
    "answerPrompt": ("prompt", True), "dismissPrompt": ("prompt", False),
    "webdriverChooseOkOnVisibleConfirmation": ("confirm", True),
    "webdriverChooseCancelOnVisibleConfirmation": ("confirm", False),
    "webdriverAnswerOnVisiblePrompt": ("prompt", True), "webdriverChooseCancelOnVisiblePrompt": ("prompt", False),
    "webdriverAnswerOnNextPrompt": ("prompt", True),
}  # fmt: skip


@dataclass
class _Announced:
    kind: str
    accept: bool
    text: str
    now: tuple[int, int]


class Dialogs:
    """Folds the commands about one dialog into one action."""

    def __init__(self, out: Outcome) -> None:
        self._out, self._next, self._window = out, list[_Announced](), 0

    def take(self, command: str, target: str, value: str) -> bool:
        """Whether the command is about a dialog."""
        if command in _BEFORE:
            kind, accept = _BEFORE[command]
            self._next.append(_Announced(kind, accept, target if kind == "prompt" and accept else "", self._out.now))
        elif command in _SAYS:
            kind = _SAYS[command]
            answer = {"accept": True} if kind == "alert" else {}
            self._out.amend(self._last(kind), dialog=kind, value=target, **answer)
        elif command in _NOW:
            kind, accept = _NOW[command]
            text = (value or target) if kind == "prompt" and accept else ""
            self._out.amend(self._last(kind), dialog=kind, accept=accept, **({"option": text} if text else {}))
        else:
            return False
        return True

    def acted(self, window: int) -> None:
        """Something was done: what was announced comes up now."""
        self._window = window
        for one in self._next:
            self._out.add(action="dialog", window=window, dialog=one.kind, accept=one.accept, option=one.text)
        self._next.clear()

    def end(self) -> None:
        """The test is over: what was announced never came."""
        for one in self._next:
            self._out.now = one.now
            self._out.unmapped(f"the answer to a {one.kind}", "nothing after it brings one up")

    def _last(self, kind: str) -> Action:
        """The dialog that the command is about: the last action, or one that nothing has told of yet."""
        last = self._out.actions[-1] if self._out.actions else None
        if last and last.action == "dialog" and last.dialog == kind:
            return last
        return self._out.add(action="dialog", window=self._window, dialog=kind)
