"""alert, confirm and prompt: answered as a step said, else dismissed and remembered as a surprise."""

from collections import deque

from playwright.sync_api import Dialog

from bilagsbot.drivers.base import Answer
from bilagsbot.model.errors import Rejected, StepFailed


class Dialogs:
    """The dialogs of one session."""

    def __init__(self, refusals: bool) -> None:
        self._refusals = refusals
        self._armed: deque[Answer] = deque()
        self._surprises: list[tuple[str, str]] = []

    @property
    def surprised(self) -> bool:
        """Whether a dialog came that no step had armed."""
        return bool(self._surprises)

    def arm(self, answer: Answer) -> None:
        """Answer the next dialog so."""
        self._armed.append(answer)

    def forget(self) -> None:
        """A new item: what was armed for the last one no longer holds."""
        self._armed.clear()
        self._surprises.clear()

    def handle(self, dialog: Dialog) -> None:
        """Playwright's handler."""
        answer = self._armed.popleft() if self._armed and dialog.type != "beforeunload" else None
        if dialog.type == "beforeunload":
            dialog.accept()
        elif answer is None or answer.says.casefold() not in dialog.message.casefold():
            self._surprises.append((dialog.type, dialog.message))
            dialog.dismiss()
        elif answer.accept:
            dialog.accept(answer.text)
        else:
            dialog.dismiss()

    def settle(self) -> None:
        """Raise what an unexpected dialog means: Rejected where the program refuses by alert(), else StepFailed."""
        if not self._surprises:
            return
        kind, message = self._surprises[0]
        self._surprises.clear()
        if kind == "alert" and self._refusals:
            raise Rejected(" ".join(message.split()))
        raise StepFailed(f"an unexpected {kind} said: {' '.join(message.split())}")
