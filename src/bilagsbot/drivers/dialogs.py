"""The answers to a session's dialogs: as a step said, else a no that is remembered as a surprise."""

import time
from collections import deque

from bilagsbot.drivers.base import Answer
from bilagsbot.model.errors import Alerted, StepFailed

NO = Answer(accept=False)


class Dialogs:
    """What is armed, and what came unasked. `refusals`: an alert that no step armed means that the program refuses."""

    def __init__(self, refusals: bool) -> None:
        self.deadline = float("inf")  # Unix time; a process that was frozen past it must not say yes to a posting
        self._refusals = refusals
        self._armed: deque[Answer] = deque()
        self._surprises: list[tuple[str, str]] = []

    def arm(self, answer: Answer) -> None:
        """Answer the next dialog so."""
        self._armed.append(answer)

    def forget(self) -> None:
        """A new item: what was armed for the last one no longer holds."""
        self._armed.clear()
        self._surprises.clear()

    def reply(self, kind: str, message: str) -> Answer:
        """The answer to a dialog that came up: the armed one if it fits, else no."""
        words = " ".join(message.split())
        answer = self._armed.popleft() if self._armed else None
        if answer is None:
            self._surprises.append((kind, f"an unexpected {kind} said: {words}"))
        elif " ".join(answer.says.split()).casefold() not in words.casefold():
            self._surprises.append((kind, f"the {kind} said: {words}, not: {answer.says}"))
        elif answer.accept and time.time() > self.deadline:
            self._surprises.append((kind, f"it was too late to say yes to: {words}"))
        else:
            return answer
        if kind == "alert" and answer is None and self._refusals:
            self._surprises[-1] = ("refusal", words)
        return NO

    def in_time(self) -> None:
        """Raises StepFailed where it is too late by now to say yes."""
        if time.time() > self.deadline:
            raise StepFailed("it was too late to say yes, so the window was left as it is")

    def settle(self) -> None:
        """Raise what a surprise means: Alerted where the program refuses by alert(), else StepFailed."""
        if not self._surprises:
            return
        kind, words = self._surprises[0]
        self._surprises.clear()
        raise Alerted(words) if kind == "refusal" else StepFailed(words)
