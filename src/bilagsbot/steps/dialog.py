"""dialog: how to answer the next alert, confirm or prompt."""

from typing import ClassVar, Literal

from bilagsbot.drivers.base import Answer
from bilagsbot.steps.base import Scope, Step


class Dialog(Step):
    """Say how the next dialog is answered; it stands before the step that brings the dialog up.

    With `says`, a dialog that says something else is dismissed and fails the step.
    """

    verb: ClassVar[str] = "dialog"
    step: Literal["dialog"] = "dialog"
    answer: Literal["accept", "dismiss"]
    says: str = ""
    text: str = ""

    @classmethod
    def long(cls, short: object) -> object:
        if isinstance(short, str):
            return {"answer": short}
        return {"answer": "accept", **short} if isinstance(short, dict) else short

    def run(self, scope: Scope) -> None:
        accept = self.answer == "accept"
        scope.driver.answer(Answer(accept=accept, text=scope.render(self.text), says=scope.render(self.says)))
